package io.kagimori.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Megabytes of slmgr text read in a second of processor time on one core. */
@Tag("bench")
class CollectorBenchTest {
  private static final int WARM_UP_ROUNDS = 2_000;
  private static final int ROUNDS = 4_000;
  private static final double MEGABYTES_PER_SECOND_MIN = 20;

  /** The build runs tests without the optimizing compiler, which starts faster and ends slower. */
  private static final double MEGABYTES_PER_SECOND_MIN_UNOPTIMIZED = 5;

  @Test
  @DisplayName("Listings of all languages are read at 20 MB/s and more, 5 unoptimized")
  void readsTwentyMegabytesPerSecond() throws IOException {
    List<byte[]> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/languages"))) {
      for (Path file : files.sorted().toList()) {
        texts.add(Files.readAllBytes(file));
      }
    }
    long facts = read(texts, WARM_UP_ROUNDS);

    long started = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    facts += read(texts, ROUNDS);
    double seconds =
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - started) / 1e9;

    double megabytes = texts.stream().mapToLong(text -> text.length).sum() * ROUNDS / 1e6;
    System.out.printf("%.1f MB/s, %d facts%n", megabytes / seconds, facts);
    assertThat(megabytes / seconds)
        .isGreaterThan(
            isOptimized() ? MEGABYTES_PER_SECOND_MIN : MEGABYTES_PER_SECOND_MIN_UNOPTIMIZED);
  }

  private static boolean isOptimized() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .noneMatch(argument -> argument.startsWith("-XX:TieredStopAtLevel"));
  }

  private static long read(List<byte[]> texts, int rounds) {
    long facts = 0;
    for (int round = 0; round < rounds; round++) {
      for (byte[] text : texts) {
        facts += Collector.read("bench", text).facts().size();
      }
    }
    return facts;
  }
}
