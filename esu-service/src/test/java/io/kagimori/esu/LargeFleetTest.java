package io.kagimori.esu;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.EventType;
import io.kagimori.esu.domain.Ask;
import io.kagimori.esu.domain.Templates;
import io.kagimori.local.EventProbe;
import io.kagimori.local.StackResource;
import io.kagimori.stream.Ticker;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * 300,000 devices: the report beside the bare SQL, a filtered page, and a year turn while somebody
 * enrols. Prints what it measured.
 */
@Tag("bench")
@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = {
      @ResourceArg(name = "database", value = "esu_large"),
      @ResourceArg(name = "fresh", value = "true"),
      @ResourceArg(name = "fsync", value = "on")
    })
class LargeFleetTest {
  private static final Logger LOG = Logger.getLogger(LargeFleetTest.class);
  private static final int DEVICES = 300_000;
  private static final int ROUNDS = 9;
  private static final String API = "/api/v1";

  /** What the service's report comes to without any of its own: one scan, one count. */
  private static final String BARE =
      """
      select product, site, licensed @> date '2026-10-13', count(*) from esu_device
      group by 1, 2, 3
      """;

  private static final String FILL_DEVICES =
      """
      insert into esu_device (device_id, product, site, collection, licensed, platform,
        signed_in_on, first_covered_on, blocked, disputed, incidents)
      select ?::text || lpad(i::text, 6, '0'), 'windows-10', 'site-' || i %% 10, 'all',
        case when i %% 3 < 2 then datemultirange(daterange('2025-12-01', '2026-10-14')) else '{}' end,
        '{}', null,
        case when i %% 3 < 2 then date '2025-12-01' end,
        case when i %% 100 = 99 then 'BUILD_TOO_OLD' end, null,
        case when i %% 50 = 0 then 1 else 0 end
      from generate_series(1, %d) i
      """
          .formatted(DEVICES);

  /** Every twentieth device ran Windows 7 before. */
  private static final String FILL_FORMER =
      """
      with former as (
        insert into esu_device (device_id, product, licensed, platform, incidents, until)
        select device_id, 'windows-7', '{}', '{}', 0, '2024-03-01' from esu_device
        where right(device_id, 2) in ('00', '20', '40', '60', '80')
        returning device_id)
      update esu_device d set since = '2024-03-01' from former f where d.device_id = f.device_id
      """;

  private static final String ALL_COVERED =
      """
      update esu_device set licensed = datemultirange(daterange('2025-12-01', '2026-10-14')),
        first_covered_on = '2025-12-01', blocked = null
      where until = 'infinity'
      """;
  private static final String ALL_DUE =
      "insert into esu_due (device_id, due_on) select device_id, '2026-10-14' from esu_document";
  private static final String FILL_DOCUMENTS =
      """
      insert into esu_document (device_id, document)
      select device_id, replace(?::text, '"pc"', '"' || device_id || '"')::json from esu_device
      where until = 'infinity'
      """;
  private static final String FILL_YEARS =
      """
      insert into esu_year (device_id, program, year, product, held)
      select device_id, 'windows-10-esu', 1, 'windows-10', true from esu_device
      where first_covered_on is not null
      """;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String brokers;

  @Inject DataSource database;

  @Test
  @DisplayName("S3-19 S3-13 report, filtered page and year turn of 300,000 devices")
  void largeFleet() throws SQLException {
    String run = "large-" + UUID.randomUUID().toString().substring(0, 6) + "-";
    fill(run);
    long report = median(() -> get("/coverage/summary?asOf=2026-10-13"));
    long bare = median(() -> query(BARE));
    long past = median(() -> get("/coverage/summary?asOf=2024-02-29"));
    long page = median(() -> get("/coverage?asOf=2026-11-21&state=LAPSED&site=site-3&limit=100"));
    long rare = median(() -> get("/coverage?asOf=2026-11-21&state=BLOCKED&limit=100"));
    long none = median(() -> get("/coverage?asOf=2026-11-21&state=COVERED&limit=100"));
    LOG.infof(
        "MEASURED 300,000 devices: report %d ms, of a day before upgrades %d ms, bare SQL %d ms, page by site and state %d ms,"
            + " rare state %d ms, state that nobody has %d ms",
        report, past, bare, page, rare, none);
    turn(run);
    assertThat(report).isLessThanOrEqualTo(1_000);
    assertThat(past).isLessThanOrEqualTo(1_000);
    assertThat(page).isLessThanOrEqualTo(200);
    assertThat(rare).isLessThanOrEqualTo(200);
    assertThat(none).isLessThanOrEqualTo(200);
  }

  private void fill(String run) throws SQLException {
    try (Connection connection = database.getConnection()) {
      update(connection, FILL_DEVICES, run);
      update(connection, FILL_FORMER, null);
      update(connection, FILL_DOCUMENTS, Templates.coveredInYearOne());
      update(connection, FILL_YEARS, null);
      try (Statement statement = connection.createStatement()) {
        statement.execute("vacuum analyze esu_device");
        statement.execute("analyze esu_document");
        statement.execute("analyze esu_year");
      }
    }
  }

  private static void update(Connection connection, String sql, String value) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (value != null) {
        statement.setString(1, value);
      }
      statement.executeUpdate();
    }
  }

  /** All devices lapse; enrolments of others are answered meanwhile. */
  private void turn(String run) throws SQLException {
    try (Connection connection = database.getConnection()) {
      update(connection, ALL_COVERED, null);
      update(connection, ALL_DUE, null);
    }
    List<Long> enrolments = new ArrayList<>();
    try (EventProbe probe = new EventProbe(brokers, Topics.ACTIVATION_REQUESTS)) {
      Instant boundary = Instant.parse("2026-10-14T00:00:00Z");
      long begin = System.nanoTime();
      probe.send(Ticker.tick("esu-service", boundary, 0).toRecord());
      // Somebody enrols every second; what the sweep takes meanwhile is what is measured.
      Awaitility.await()
          .pollInterval(Duration.ofSeconds(1))
          .atMost(Duration.ofMinutes(4))
          .until(
              () -> {
                long asked = System.nanoTime();
                String device = run + "new" + enrolments.size();
                probe.send(
                    EventType.ESU_ENROLMENT_REQUESTED,
                    boundary,
                    Ask.windows10().device(device).year(1).event());
                probe.await(EventType.ACTIVATION_REQUESTED, device, ActivationRequested.class);
                enrolments.add(millis(asked));
                return left() == 0;
              });
      long turned = millis(begin);
      LOG.infof(
          "MEASURED year turn of 300,000 devices: %d ms; %d enrolments meanwhile, median %d ms,"
              + " slowest %d ms",
          turned,
          enrolments.size(),
          enrolments.stream().sorted().skip(enrolments.size() / 2).findFirst().orElse(0L),
          enrolments.stream().mapToLong(Long::longValue).max().orElse(0));
      assertThat(turned).isLessThanOrEqualTo(60_000);
      assertThat(
              count("select count(*) from outcome where event_type = 'io.kagimori.esu.lapsed.v1'"))
          .isEqualTo(DEVICES);
      assertThat(enrolments).allSatisfy(ms -> assertThat(ms).isLessThan(10_000));
    }
  }

  private long left() throws SQLException {
    return count("select count(*) from (select from esu_due limit 1) l");
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void query(String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        assertThat(rows.getLong(4)).isPositive();
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void get(String path) {
    given().get(API + path).then().statusCode(200);
  }

  private static long median(Runnable work) {
    work.run();
    return LongStream.range(0, ROUNDS)
        .map(
            round -> {
              long begin = System.nanoTime();
              work.run();
              return millis(begin);
            })
        .sorted()
        .skip(ROUNDS / 2)
        .findFirst()
        .orElseThrow();
  }

  private static long millis(long begin) {
    return (System.nanoTime() - begin) / 1_000_000;
  }
}
