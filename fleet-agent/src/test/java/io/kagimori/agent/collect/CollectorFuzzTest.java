package io.kagimori.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are: an answer, no exception, in time linear to their number. */
class CollectorFuzzTest {
  private static final long SEED = 20061120L;
  private static final List<byte[]> TEXTS = new ArrayList<>();

  @BeforeAll
  static void load() throws IOException {
    for (String folder : List.of("samples", "languages", "outputs")) {
      try (Stream<Path> files = Files.walk(Path.of("src/test/resources", folder))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          TEXTS.add(Files.readAllBytes(file));
        }
      }
    }
  }

  @Test
  @DisplayName("Every prefix of a text is answered")
  void answersTruncations() {
    Random random = new Random(SEED);
    for (byte[] text : TEXTS) {
      for (int i = 0; i < 40; i++) {
        answers(Arrays.copyOf(text, random.nextInt(text.length + 1)), i);
      }
    }
  }

  @Test
  @DisplayName("Mixed, shuffled and damaged texts are answered")
  void answersMixtures() throws IOException {
    Random random = new Random(SEED + 1);
    for (int i = 0; i < 2_000; i++) {
      ByteArrayOutputStream mixture = new ByteArrayOutputStream();
      for (int part = 0; part < 3; part++) {
        byte[] text = TEXTS.get(random.nextInt(TEXTS.size()));
        int from = random.nextInt(text.length);
        mixture.write(text, from, random.nextInt(text.length - from));
      }
      byte[] bytes = mixture.toByteArray();
      for (int damage = 0; damage < bytes.length / 50; damage++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      answers(bytes, i);
    }
  }

  @Test
  @DisplayName("Random bytes are answered")
  void answersRandomBytes() {
    Random random = new Random(SEED + 2);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      answers(bytes, i);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<",
        ">",
        ":",
        "|",
        " ",
        "\n",
        "\r",
        "*",
        "-",
        "X",
        "(",
        "Name: ",
        "Name:\n",
        "A-",
        "ー",
        "Name: Windows\nDescription: x\n",
        "0",
        "\t=",
        "あ",
        "\u0301",
        "ABCDE-",
        "License Status: ",
        "Requests with License Status ",
        "Installation ID: 0\n",
        "\"",
        "\\_",
        "<br",
        "<Event>",
        "<a LicenseStatus=\"",
        "</",
        "LicenseStatus>/>",
        "{\"a\":",
        "[",
        "{\"LicenseStatus\":1}\n",
        "LicenseStatus : 1\n",
        "LicenseStatus=1\n\n",
        "Name,LicenseStatus,ID\n",
        "\",",
        "Event ID: 12288\n",
        "0x0,",
        "Info:\n0x00000000, ",
        "OS Name: Windows\n",
        "[01]: KB1234567\n",
        "DISM Version: 1.1\n",
        "Current Edition : A\n",
        "---- ----\n",
        "ESU 1 年目 ",
        "windows_os_info{a=\"b\"} ",
        "select a from v_GS_SOFTWARE_LICENSING_PRODUCT ",
        "[LicenseStatus] INT NULL ",
        "Error: "
      })
  @DisplayName("A megabyte of one thing takes no longer than a megabyte of text")
  void staysLinear(String piece) {
    byte[] text = piece.repeat(1_000_000 / piece.length()).getBytes(StandardCharsets.UTF_8);

    long started = System.nanoTime();
    Collected collected = Collector.read("long", text);

    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    assertThat(collected.kind()).isNotNull();
  }

  /**
   * Goes on for {@code -Dfuzz.seconds}, some seconds where nobody says: mixed, cut, damaged and
   * random texts, each answered soon, and no memory kept.
   */
  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @DisplayName("Minutes of fuzzing end without an exception, a hang or memory growth")
  void staysWellForMinutes() throws IOException {
    long seconds = Long.getLong("fuzz.seconds", 6);
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    Random random = new Random(seed);
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    long rounds = 0;
    long slowest = 0;
    long usedAtFirst = 0;
    while (System.nanoTime() < end) {
      byte[] bytes = anything(random);
      long started = System.nanoTime();
      Collected collected = Collector.read("fuzz", bytes);
      slowest = Math.max(slowest, System.nanoTime() - started);
      assertThat(collected.kind() == Kind.UNKNOWN)
          .as("seed %d, round %d", seed, rounds)
          .isEqualTo(collected.reason().isPresent());
      if (++rounds == 500) {
        usedAtFirst = usedMemory();
      }
    }
    long grown = usedMemory() - usedAtFirst;
    System.out.printf(
        "%d texts in %d s, seed %d, slowest %d ms, %d KiB more in use%n",
        rounds, seconds, seed, slowest / 1_000_000, grown / 1024);
    assertThat(Duration.ofNanos(slowest)).as("seed %d", seed).isLessThan(Duration.ofSeconds(5));
    assertThat(grown).as("seed %d", seed).isLessThan(32 << 20);
  }

  private static byte[] anything(Random random) throws IOException {
    if (random.nextInt(8) == 0) {
      byte[] bytes = new byte[random.nextInt(20_000)];
      random.nextBytes(bytes);
      return bytes;
    }
    ByteArrayOutputStream mixture = new ByteArrayOutputStream();
    int parts = 1 + random.nextInt(5);
    for (int part = 0; part < parts; part++) {
      byte[] text = TEXTS.get(random.nextInt(TEXTS.size()));
      int from = random.nextInt(4) == 0 ? random.nextInt(text.length) : 0;
      int length = random.nextInt(4) == 0 ? random.nextInt(text.length - from) : text.length - from;
      mixture.write(text, from, length);
    }
    byte[] bytes = mixture.toByteArray();
    int damages = random.nextInt(3) == 0 ? bytes.length / (1 + random.nextInt(200)) : 0;
    for (int damage = 0; damage < damages; damage++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void answers(byte[] bytes, int round) {
    assertThatCode(
            () -> {
              Collected collected = Collector.read("fuzz", bytes);
              assertThat(collected.kind() == Kind.UNKNOWN)
                  .isEqualTo(collected.reason().isPresent());
            })
        .as("seed %d, round %d", SEED, round)
        .doesNotThrowAnyException();
  }
}
