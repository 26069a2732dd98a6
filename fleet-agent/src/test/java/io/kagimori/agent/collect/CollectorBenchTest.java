package io.kagimori.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Megabytes of slmgr text read in a second on one core, measured by JMH in a JVM of its own. */
@Tag("bench")
class CollectorBenchTest {
  private static final double MEGABYTES_PER_SECOND_MIN = 20;

  @Test
  @DisplayName("Listings of all languages are read at 20 MB/s and more on one core")
  void readsTwentyMegabytesPerSecond() throws IOException, RunnerException {
    long bytes = 0;
    for (Path file : CollectorBenchmark.files()) {
      bytes += Files.size(file);
    }
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(CollectorBenchmark.class.getName())
                    .threads(1)
                    .forks(1)
                    .jvmArgs("-Xmx512m", "-XX:+UseSerialGC")
                    .build())
            .run();

    for (RunResult result : results) {
      String name = result.getPrimaryResult().getLabel();
      double megabytes = result.getPrimaryResult().getScore() * bytes / 1e6;
      System.out.printf("%s: %.1f MB/s%n", name, megabytes);
      if (name.equals("collect")) {
        assertThat(megabytes).isGreaterThan(MEGABYTES_PER_SECOND_MIN);
      }
    }
    assertThat(results).hasSize(2);
  }
}
