package io.kagimori.esu.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.esu.domain.Conclusion;
import io.kagimori.esu.domain.Coverage;
import io.kagimori.esu.domain.CoverageState;
import io.kagimori.esu.domain.EsuBatch;
import io.kagimori.esu.domain.EsuDevice;
import io.kagimori.esu.domain.RandomDevices;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The database and the rule say the same of every device on every day. */
@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "esu"))
class CoverageReportTest {
  private static final int DEVICES = 400;
  private static final List<LocalDate> DAYS =
      List.of(
          LocalDate.parse("2019-06-01"),
          LocalDate.parse("2020-01-13"),
          LocalDate.parse("2020-01-14"),
          LocalDate.parse("2021-01-12"),
          LocalDate.parse("2021-01-13"),
          LocalDate.parse("2023-01-10"),
          LocalDate.parse("2023-01-11"),
          LocalDate.parse("2024-10-09"),
          LocalDate.parse("2025-10-15"),
          LocalDate.parse("2026-10-13"),
          LocalDate.parse("2026-10-14"),
          LocalDate.parse("2027-10-13"),
          LocalDate.parse("2028-10-11"));

  @Inject EsuStore store;
  @Inject CoverageReport report;
  @Inject DataSource database;

  @Test
  @DisplayName("S3-19 the report says of each device and day what the rule says")
  void sameAsTheRule() throws SQLException {
    String run = UUID.randomUUID().toString().substring(0, 8) + "-";
    String collection = run + "all";
    Map<String, EsuDevice> devices = new HashMap<>();
    EsuBatch batch = new EsuBatch();
    for (int i = 0; i < DEVICES; i++) {
      EsuDevice device = RandomDevices.of(run + i, i, collection);
      devices.put(device.deviceId(), device);
      batch.apply(new Conclusion(device, List.of(), List.of(), Optional.empty()));
    }
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      store.save(connection, batch);
      connection.commit();
    }
    List<LocalDate> days = new ArrayList<>(DAYS);
    // Days on both sides of an overdue sign-in.
    devices.values().stream()
        .filter(device -> device.platform() != null && device.platform().signedInOn() != null)
        .filter(device -> atRisk(device, device.platform().signedInOn().plusDays(23)))
        .limit(3)
        .map(device -> device.platform().signedInOn())
        .forEach(signedIn -> List.of(22, 23, 30, 31).forEach(n -> days.add(signedIn.plusDays(n))));
    Map<CoverageState, Integer> seen = new EnumMap<>(CoverageState.class);
    for (LocalDate day : days) {
      List<CoverageReport.Line> lines =
          report.after("", filter(collection, Optional.empty()), day, DEVICES + 1);
      assertThat(lines).hasSize(DEVICES);
      for (CoverageReport.Line line : lines) {
        Coverage rule = Coverage.of(devices.get(line.deviceId()), store.plan(), day);
        assertThat(line.state()).as("%s on %s", line.deviceId(), day).isEqualTo(rule.state());
        assertThat(line.year()).as("%s on %s", line.deviceId(), day).isEqualTo(rule.year());
        assertThat(line.discrepancy()).as(line.deviceId()).isEqualTo(rule.disputed());
        assertThat(line.program()).isEqualTo(rule.program());
        assertThat(line.site()).isEqualTo(rule.facts().site());
        assertThat(line.failingUpdates()).isEqualTo(rule.incidents().size());
        seen.merge(line.state(), 1, Integer::sum);
      }
      assertThat(report.summary(filter(collection, Optional.empty()), day))
          .containsExactlyInAnyOrderElementsOf(counted(lines));
      for (CoverageState state : CoverageState.values()) {
        assertThat(report.after("", filter(collection, Optional.of(state)), day, DEVICES + 1))
            .hasSize((int) lines.stream().filter(line -> line.state() == state).count());
      }
    }
    assertThat(seen.keySet()).as("every state occurs").contains(CoverageState.values());
  }

  private static List<CoverageReport.Group> counted(List<CoverageReport.Line> lines) {
    Map<List<Object>, List<CoverageReport.Line>> groups = new HashMap<>();
    for (CoverageReport.Line line : lines) {
      groups
          .computeIfAbsent(
              Arrays.asList(
                  line.program(), line.year(), line.site(), line.collection(), line.state()),
              key -> new ArrayList<>())
          .add(line);
    }
    return groups.values().stream()
        .map(
            same ->
                new CoverageReport.Group(
                    same.getFirst().program(),
                    same.getFirst().year(),
                    same.getFirst().site(),
                    same.getFirst().collection(),
                    same.getFirst().state(),
                    same.size(),
                    same.stream().filter(CoverageReport.Line::discrepancy).count(),
                    same.stream().filter(line -> line.failingUpdates() > 0).count()))
        .toList();
  }

  private boolean atRisk(EsuDevice device, LocalDate day) {
    return Coverage.of(device, store.plan(), day).state() == CoverageState.AT_RISK;
  }

  private static CoverageReport.Filter filter(String collection, Optional<CoverageState> state) {
    return new CoverageReport.Filter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(collection),
        state,
        Optional.empty(),
        Optional.empty());
  }
}
