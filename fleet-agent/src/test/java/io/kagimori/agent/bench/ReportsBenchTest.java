package io.kagimori.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kagimori.local.LocalStack;
import io.kagimori.local.StackOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsBenchTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @TempDir private static Path data;

  @Test
  @DisplayName("Rates are reports by seconds, ratios the medians of the rounds")
  void countsRatesAndRatios() {
    ReportsReport report =
        ReportsReport.of(
            1000,
            List.of(
                new ReportsReport.Round(0.5, 1.0, 2.0, 1000),
                new ReportsReport.Round(0.5, 2.0, 2.5, 1000),
                new ReportsReport.Round(1.0, 1.0, 4.0, 1000)),
            Map.of());

    assertThat(report.producerPerSecond()).containsExactly(2000.0, 2000.0, 1000.0);
    assertThat(report.insertPerSecond()).containsExactly(1000.0, 500.0, 1000.0);
    assertThat(report.storedPerSecond()).containsExactly(500.0, 400.0, 250.0);
    assertThat(report.ratioToProducer()).isEqualTo(0.25);
    assertThat(report.ratioToInsert()).isEqualTo(0.5);
    assertThat(report.complete()).isTrue();
  }

  @Test
  @DisplayName("A round of which a row is missing is not complete")
  void noticesMissingRows() {
    ReportsReport report =
        ReportsReport.of(10, List.of(new ReportsReport.Round(1, 1, 1, 9)), Map.of());

    assertThat(report.complete()).isFalse();
  }

  @Test
  @DisplayName("Reports of a small run are all stored")
  void storesAllReports() throws SQLException {
    Path jar = HOME.resolve("activation-service/target/quarkus-app/quarkus-run.jar");
    assumeTrue(Files.exists(jar), "activation-service is not built");
    StackOptions usual = StackOptions.usual(HOME);
    Map<String, Integer> services = new LinkedHashMap<>(usual.services());
    services.keySet().retainAll(Set.of("activation"));
    List<String> notes = new ArrayList<>();
    try (LocalStack stack =
        LocalStack.start(
            usual.withServices(services).withData(data.resolve("stack")).onFreePorts())) {
      stack.awaitReady(Duration.ofMinutes(3));
      try (ReportsBench bench = new ReportsBench(stack, notes::add)) {
        ReportsReport report = bench.measure(1500, 2);

        assertThat(report.stored()).containsExactly(1500L, 1500L);
        assertThat(report.storedPerSecond()).allSatisfy(rate -> assertThat(rate).isPositive());
        assertThat(notes).containsExactly("warming up", "round 1 of 2", "round 2 of 2");
      }
    }
  }
}
