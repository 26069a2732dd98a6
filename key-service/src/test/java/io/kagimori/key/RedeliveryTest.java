package io.kagimori.key;

import static io.kagimori.key.domain.Given.result;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationRequestedBuilder;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyBlockRequested;
import io.kagimori.contracts.event.KeyDecision;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyRegistrationRequested;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.local.EventProbe;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Everything comes twice, the second time in another order. */
@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "key"))
class RedeliveryTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String SERVER = "windows-server-2019";
  private static final List<String> IN =
      List.of(Topics.KEY_REQUESTS, Topics.ACTIVATION_REQUESTS, Topics.ACTIVATION_RESULTS);
  private static final int REQUESTS = 300;
  private static final Duration SOON = Duration.ofSeconds(60);

  @Inject AgroalDataSource database;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String brokers;

  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
  private EventProbe probe;

  @Test
  @DisplayName(
      "the same records in another order change no row, and every answer is the same bytes")
  void everythingTwice() throws Exception {
    try (EventProbe open = new EventProbe(brokers, Topics.KEY_VERDICTS)) {
      probe = open;
      Random random = new Random(4711);
      register();
      settled();
      ask(random);
      List<ConsumerRecord<byte[], byte[]>> first = probe.await(REQUESTS, this::ours);
      assertThat(first).hasSize(REQUESTS);
      confirm(first, random);
      settled();
      Map<String, String> tables = tables();
      assertThat(tables).hasSizeGreaterThan(5);
      reasonsSeen(first);

      List<ProducerRecord<byte[], byte[]>> again = new ArrayList<>(sent);
      Collections.shuffle(again, random);
      again.forEach(probe::send);

      Map<String, Set<String>> valuesById =
          probe.await(2 * REQUESTS, this::ours).stream()
              .collect(groupingBy(EventProbe::id, mapping(RedeliveryTest::bytes, toSet())));
      settled();
      assertThat(tables()).isEqualTo(tables);
      assertThat(valuesById)
          .hasSize(REQUESTS)
          .allSatisfy((id, values) -> assertThat(values).hasSize(1));
    }
  }

  @Test
  @DisplayName("a poll whose offsets a rebalance refused comes again, and is committed then")
  void rebalanced() throws Exception {
    try (EventProbe open = new EventProbe(brokers, Topics.KEY_VERDICTS);
        Connection holder = database.getConnection()) {
      probe = open;
      register();
      settled();
      holder.setAutoCommit(false);
      try (Consumer<byte[], byte[]> joining = member();
          Consumer<byte[], byte[]> silent = member();
          Statement lock = holder.createStatement()) {
        await("second member").atMost(SOON).until(() -> assigned(silent) > 0);
        await("all partitions back").atMost(SOON).until(() -> assignedToChannel() > 0);
        lock.execute("lock table outcome in share mode");
        send(EventType.ACTIVATION_REQUESTED, request("large", key("pc"), "ServerStandard", null));
        await("the poll waits for the table").atMost(SOON).until(() -> waitingForLocks() > 0);
        // The group stays between two generations, because one member does not answer.
        joining.poll(Duration.ofSeconds(1));
        await("partitions taken").atMost(SOON).until(() -> assignedToChannel() == 0);
        holder.rollback();
        assertThat(probe.await(1, this::ours)).hasSize(1);
      }
      assertThat(probe.await(2, this::ours)).hasSize(2);
      settled();
    }
  }

  /** One more instance, as the group sees it; it reads what nobody sends. */
  private Consumer<byte[], byte[]> member() {
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", brokers, "group.id", "key-service"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(Topics.KEY_REQUESTS));
    return consumer;
  }

  private static int assigned(Consumer<byte[], byte[]> member) {
    member.poll(Duration.ofMillis(200));
    return member.assignment().size();
  }

  private static int assignedToChannel() throws JMException {
    Object partitions =
        ManagementFactory.getPlatformMBeanServer()
            .getAttribute(
                new ObjectName(
                    "kafka.consumer:type=consumer-coordinator-metrics,"
                        + "client-id=kafka-consumer-activation-requests"),
                "assigned-partitions");
    return ((Double) partitions).intValue();
  }

  private int waitingForLocks() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from pg_locks where not granted")) {
      row.next();
      return row.getInt(1);
    }
  }

  private void send(EventType type, Event event) {
    ProducerRecord<byte[], byte[]> record =
        Answer.of(type, EventIds.request(), "test", NOON, event).toRecord();
    sent.add(record);
    probe.send(record);
  }

  private String key(String name) {
    return run + "-" + name;
  }

  private void register() {
    register("large", KeyKind.MAK, 1000, null);
    register("small", KeyKind.MAK, 20, null);
    register("ended", KeyKind.MAK, 20, NOON);
    register("blocked", KeyKind.MAK, 20, null);
    register("retail", KeyKind.RETAIL, 1, null);
    register("esu", KeyKind.ESU_MAK, 15, null);
    register("small", KeyKind.OEM, 20, null);
    send(EventType.KEY_BLOCK_REQUESTED, new KeyBlockRequested(key("blocked"), true, null));
    send(EventType.KEY_BLOCK_REQUESTED, new KeyBlockRequested(key("nobody"), true, null));
  }

  private void register(String name, KeyKind kind, long purchased, Instant expiresAt) {
    send(
        EventType.KEY_REGISTRATION_REQUESTED,
        new KeyRegistrationRequested(
            key(name),
            kind,
            "fingerprint of " + key(name),
            "BBBBB",
            List.of(new KeyProduct(SERVER, List.of("ServerStandard"))),
            null,
            purchased,
            run,
            expiresAt,
            null,
            null));
  }

  /** Requests of many kinds from fewer devices than requests, so that seats are shared. */
  private void ask(Random random) {
    List<String> names =
        List.of("large", "small", "ended", "blocked", "retail", "esu", "none", "pool", "setup");
    for (int i = 0; i < REQUESTS; i++) {
      String name = names.get(i % names.size());
      send(
          EventType.ACTIVATION_REQUESTED,
          request(
              name,
              key("pc-" + random.nextInt(120)),
              random.nextInt(12) == 0 ? "ServerDatacenter" : "ServerStandard",
              random.nextBoolean() ? "7".repeat(54) : null));
    }
  }

  private ActivationRequested request(
      String name, String device, String edition, String installationId) {
    boolean kms = name.equals("setup");
    return ActivationRequestedBuilder.builder()
        .deviceId(device)
        .product(SERVER)
        .edition(edition)
        .channel(kms ? Channel.KMS : Channel.MAK)
        .keyId(kms || name.equals("pool") ? null : key(name))
        .site(run)
        .installationId(installationId)
        .kms(kms ? new ActivationRequested.Kms("kms", null, device) : null)
        .activationId(name.equals("esu") ? "sku" : null)
        .build();
  }

  private void confirm(List<ConsumerRecord<byte[], byte[]>> verdicts, Random random) {
    List<Verdict> ends = List.of(Verdict.CONFIRMED, Verdict.FAILED, Verdict.EXPIRED);
    for (ConsumerRecord<byte[], byte[]> record : verdicts) {
      KeyVerdict granted = verdict(record);
      if (granted.verdict() == KeyDecision.ACCEPTED && random.nextInt(4) > 0) {
        settle(granted, Verdict.GRANTED);
        settle(granted, ends.get(random.nextInt(ends.size())));
      }
    }
  }

  private void settle(KeyVerdict granted, Verdict verdict) {
    send(EventType.of(verdict), result(granted, verdict));
  }

  private boolean ours(ConsumerRecord<byte[], byte[]> record) {
    return EventProbe.key(record).startsWith(run);
  }

  private static KeyVerdict verdict(ConsumerRecord<byte[], byte[]> record) {
    return EventJson.read(record.value(), KeyVerdict.class);
  }

  private static String bytes(ConsumerRecord<byte[], byte[]> record) {
    return record.timestamp()
        + List.of(record.headers().toArray()).toString()
        + new String(record.value(), StandardCharsets.UTF_8);
  }

  /** The mixture is worth its name. */
  private static void reasonsSeen(List<ConsumerRecord<byte[], byte[]>> verdicts) {
    Set<String> reasons =
        verdicts.stream().map(r -> String.valueOf(verdict(r).reason())).collect(toSet());
    assertThat(reasons)
        .contains(
            "null",
            "KEY_UNKNOWN",
            "KEY_EXPIRED",
            "KEY_BLOCKED",
            "EDITION_MISMATCH",
            "KEY_IN_USE",
            "MAK_EXHAUSTED",
            "NO_KEY");
  }

  /** Waits until the service has committed all that was sent. */
  private void settled() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      Map<TopicPartition, OffsetSpec> latest =
          admin.describeTopics(IN).allTopicNames().get().values().stream()
              .flatMap(
                  topic ->
                      topic.partitions().stream()
                          .map(p -> new TopicPartition(topic.name(), p.partition())))
              .collect(toMap(partition -> partition, partition -> OffsetSpec.latest()));
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(
              () -> {
                Map<TopicPartition, Long> committed = new LinkedHashMap<>();
                Map<TopicPartition, Long> ends = new LinkedHashMap<>();
                Map<TopicPartition, OffsetAndMetadata> offsets =
                    admin
                        .listConsumerGroupOffsets("key-service")
                        .partitionsToOffsetAndMetadata()
                        .get();
                admin
                    .listOffsets(latest)
                    .all()
                    .get()
                    .forEach((p, end) -> ends.put(p, end.offset()));
                ends.values().removeIf(end -> end == 0);
                ends.keySet()
                    .forEach(
                        p ->
                            committed.put(p, offsets.get(p) == null ? 0 : offsets.get(p).offset()));
                assertThat(committed).isEqualTo(ends);
              });
    }
  }

  /** A fingerprint of every table. */
  private Map<String, String> tables() throws SQLException {
    Map<String, String> tables = new LinkedHashMap<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      List<String> names = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      for (String name : names) {
        String all = "select count(*) || ' ' || md5(string_agg(t::text, ';' order by t::text))";
        try (ResultSet row = statement.executeQuery(all + " from " + name + " t")) {
          row.next();
          tables.put(name, row.getString(1));
        }
      }
    }
    return tables;
  }
}
