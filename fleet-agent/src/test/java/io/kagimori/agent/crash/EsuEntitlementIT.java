package io.kagimori.agent.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationResultBuilder;
import io.kagimori.contracts.event.EsuEnrolmentRequested;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuVerdict;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.local.EventProbe;
import io.kagimori.local.LocalStack;
import io.kagimori.local.StackOptions;
import io.kagimori.local.Supervised;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * esu-service dies between the activation's result and the entitlement. The test plays
 * activation-service, so that broker, database and the one service are the whole stack.
 */
class EsuEntitlementIT {
  private static final int DEVICES = 120;
  private static final String FOLDER = "esu-crash-stack";

  private LocalStack stack;
  private Supervised service;
  private final Map<String, ActivationRequested> asked = new LinkedHashMap<>();
  private final Map<String, String> activationIds = new HashMap<>();

  @BeforeEach
  void start() {
    Path project = CrashStack.project();
    Map<String, Integer> services = new LinkedHashMap<>(Map.of("esu", 0));
    stack =
        LocalStack.start(
            StackOptions.usual(project)
                .withServices(services)
                .withSettings(
                    Map.of(
                        "mp.messaging.connector.smallrye-kafka.session.timeout.ms", "4000",
                        "mp.messaging.connector.smallrye-kafka.heartbeat.interval.ms", "1000"))
                .withData(project.resolve(Path.of("fleet-agent", "target", FOLDER)))
                .withFresh(true)
                .onFreePorts());
    stack.awaitReady(CrashStack.SOON);
    service = stack.service("esu");
  }

  @AfterEach
  void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  @DisplayName("esu-service killed between activation result and entitlement: nothing is lost")
  void killedBetweenResultAndEntitlement() throws SQLException {
    try (EventProbe probe =
        new EventProbe(stack.kafka(), Topics.ESU_RESULTS, Topics.ACTIVATION_REQUESTS)) {
      for (int i = 0; i < DEVICES; i++) {
        probe.send(EventType.ESU_ENROLMENT_REQUESTED, Instant.now(), enrolment("crash-" + i));
      }
      probe
          .await(DEVICES, r -> EventProbe.isType(r, EventType.ACTIVATION_REQUESTED))
          .forEach(this::remember);
      asked.keySet().forEach(device -> answer(probe, device, Verdict.GRANTED));
      probe.await(DEVICES, r -> EventProbe.isType(r, EventType.ESU_ACCEPTED));

      killInTransaction(probe);
      // And once more while the answers go out.
      probe.await(1, r -> EventProbe.isType(r, EventType.ESU_ENTITLED));
      service.kill();

      Map<String, EsuResult> entitled = new HashMap<>();
      Map<String, String> bodies = new HashMap<>();
      List<ConsumerRecord<byte[], byte[]>> seen = List.of();
      while (entitled.size() < DEVICES) {
        // Resends come in between, so as many records as devices are not enough.
        seen = probe.await(seen.size() + 1, r -> EventProbe.isType(r, EventType.ESU_ENTITLED));
        for (ConsumerRecord<byte[], byte[]> each : seen) {
          EsuResult result = EventJson.read(each.value(), EsuResult.class);
          String body = new String(each.value(), StandardCharsets.UTF_8);
          assertThat(bodies.merge(EventProbe.id(each), body, (first, again) -> first))
              .isEqualTo(body);
          entitled.put(result.deviceId(), result);
        }
      }
      assertThat(entitled.keySet()).isEqualTo(asked.keySet());
      assertThat(bodies).as("one entitlement a device").hasSize(DEVICES);
      assertThat(entitled.values()).allMatch(r -> r.verdict() == EsuVerdict.ENTITLED);
      assertThat(count("select count(*) from esu_year where held")).isEqualTo(DEVICES);
      assertThat(count("select count(*) from enrolment where state = 'ENTITLED'"))
          .isEqualTo(DEVICES);
    }
  }

  /** Holds the service's transaction at a lock, kills it there, and lets go. */
  private void killInTransaction(EventProbe probe) throws SQLException {
    try (Connection lock = database();
        Statement statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      statement.execute("lock table outcome in share mode");
      asked.keySet().forEach(device -> answer(probe, device, Verdict.CONFIRMED));
      await("a batch at the lock").atMost(CrashStack.SOON).until(this::batchWaits);
      service.kill();
      lock.rollback();
    }
  }

  private boolean batchWaits() throws SQLException {
    return count(
            """
            select count(*) from pg_locks w join pg_locks h using (pid)
            where not w.granted and w.relation = 'outcome'::regclass
              and h.granted and h.relation = 'esu_document'::regclass
              and h.mode = 'RowExclusiveLock'
            """)
        > 0;
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = database();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private Connection database() throws SQLException {
    return DriverManager.getConnection(stack.jdbcUrl("esu"), "esu", stack.jdbcPassword("esu"));
  }

  private void remember(ConsumerRecord<byte[], byte[]> record) {
    ActivationRequested request = EventJson.read(record.value(), ActivationRequested.class);
    asked.put(request.deviceId(), request);
    activationIds.put(request.deviceId(), EventProbe.id(record));
  }

  /** What activation-service would say. */
  private void answer(EventProbe probe, String device, Verdict verdict) {
    ActivationRequested request = asked.get(device);
    String id = activationIds.get(device);
    probe.send(
        EventType.of(verdict),
        EventIds.answer(UUID.fromString(id), "activation-service", verdict.name()),
        Instant.now(),
        ActivationResultBuilder.builder()
            .requestId(id)
            .deviceId(device)
            .product(request.product())
            .edition(request.edition())
            .channel(request.channel())
            .verdict(verdict)
            .keyId("esu-key")
            .partialKey("AAAAA")
            .steps(verdict == Verdict.GRANTED ? List.of("slmgr /ipk {key:esu-key}") : null)
            .activationId(request.activationId())
            .initiator(request.initiator())
            .decidedAt(Instant.now())
            .build());
  }

  private static EsuEnrolmentRequested enrolment(String device) {
    String activationId =
        Catalogue.get().esuPrograms().find("windows-10", 1).stream()
            .flatMap(year -> year.activationId().stream())
            .findFirst()
            .orElseThrow();
    return new EsuEnrolmentRequested(
        device,
        "windows-10",
        "Enterprise",
        "22H2",
        "19045.6456",
        null,
        List.of("KB5072653"),
        null,
        activationId,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
