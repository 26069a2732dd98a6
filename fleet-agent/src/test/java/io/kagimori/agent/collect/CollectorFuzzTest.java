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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are: an answer, no exception, in time linear to their number. */
class CollectorFuzzTest {
  private static final long SEED = 20061120L;
  private static final List<byte[]> TEXTS = new ArrayList<>();

  @BeforeAll
  static void load() throws IOException {
    for (String folder : List.of("samples", "languages")) {
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
