package io.kagimori.agent.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagimori.agent.simulation.EditionRun;
import io.kagimori.agent.simulation.EditionSummary;
import io.kagimori.agent.simulation.Progress;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.local.LocalStack;
import io.kagimori.local.StackOptions;
import io.kagimori.local.Supervised;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * edition-service dies again and again while a campaign runs. The suite plays a small fleet; {@code
 * -Dcrash.devices=10000} plays a large one and {@code -Dcrash.kills=5} kills more often.
 */
class EditionKillsIT {
  private static final int DEVICES = Integer.getInteger("crash.devices", 600);
  private static final int KILLS = Integer.getInteger("crash.kills", 3);
  private static final Duration SOON = Duration.ofMinutes(1).plusMillis(12L * DEVICES);
  private static final Duration ALL = Duration.ofMinutes(4).plusMillis(12L * DEVICES);

  /**
   * Silence is judged after longer than a killed service needs to come back, and than a large fleet
   * needs to be heard.
   */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "mp.messaging.connector.smallrye-kafka.session.timeout.ms", "4000",
          "mp.messaging.connector.smallrye-kafka.heartbeat.interval.ms", "1000",
          "kagimori.edition.work-limit", 25 + DEVICES / 200 + "S",
          "kagimori.edition.stalled-limit", "5S");

  @Test
  @DisplayName(
      "S0-30 killed during a campaign: every upgrade ends, each device is activated or seen")
  void killedDuringCampaign() throws Exception {
    Map<String, Integer> services = new LinkedHashMap<>();
    List.of("key", "activation", "edition").forEach(name -> services.put(name, 0));
    Path project = CrashStack.project();
    StackOptions options =
        StackOptions.usual(project)
            .withServices(services)
            .withSettings(SETTINGS)
            .withData(project.resolve(Path.of("fleet-agent", "target", "edition-crash-stack")))
            .withFresh(true)
            .onFreePorts();
    try (LocalStack stack = LocalStack.start(options);
        ExecutorService runner = Executors.newSingleThreadExecutor()) {
      stack.awaitReady(Duration.ofMinutes(2));
      Future<EditionSummary> run =
          runner.submit(
              () ->
                  new EditionRun(
                          stack.kafka(),
                          URI.create(stack.serviceUrl("key")),
                          URI.create(stack.serviceUrl("edition")),
                          DEVICES,
                          Seed.next(),
                          true,
                          new Progress(false, line -> {}))
                      .run());
      Supervised edition = stack.service("edition");
      for (int kill = 1; kill <= KILLS; kill++) {
        int due = kill * DEVICES / (KILLS + 2);
        await("moment of kill " + kill)
            .pollInterval(Duration.ofMillis(20))
            .atMost(SOON)
            .until(() -> run.isDone() || begun(stack) >= due);
        await("victim runs").atMost(SOON).until(edition::isRunning);
        edition.kill();
      }
      EditionSummary summary = run.get(ALL.toSeconds(), TimeUnit.SECONDS);

      System.out.println(
          "killed %d times: %s"
              .formatted(edition.restarts(), EventJson.mapper().writeValueAsString(summary)));

      assertThat(summary.findings()).isNull();
      assertThat(summary.lost()).isZero();
      assertThat(summary.good()).isTrue();
      assertThat(edition.restarts()).isEqualTo(KILLS);
    }
  }

  /** Changes that have left their queue; more with each moment of the campaign. */
  private static int begun(LocalStack stack) {
    try (Connection connection =
            DriverManager.getConnection(
                stack.jdbcUrl("edition"), "edition", stack.jdbcPassword("edition"));
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select count(*) from device_change where state <> 'QUEUED'")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new AssertionError("the database of edition-service does not answer", e);
    }
  }
}
