package io.kagimori.agent.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that nobody can read, between requests on the same partition. */
class PoisonIT {
  /** Reasons whose detail is a name that senders rely on. */
  private static final Set<String> NAMING = Set.of("INVALID_EVENT", "UNKNOWN_TYPE", "ID_REUSED");

  private static final String REQUESTED = "io.kagimori.activation.requested.v1";

  private CrashStack stack;
  private KafkaProducer<byte[], byte[]> producer;
  private String label;

  /** A record, and the reason and detail of its dead letter. */
  private record Poison(ProducerRecord<byte[], byte[]> record, String reason, String detail) {
    String body() {
      return Wire.base64(record.value());
    }
  }

  @BeforeEach
  void well() {
    stack = CrashStack.single();
    label = Workload.label("poison");
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", stack.kafka(), "max.request.size", 2 << 20, "linger.ms", 50),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    producer.close();
  }

  @ParameterizedTest(
      name = "Poison at place {0} of 300 requests: a dead letter, neighbors answered")
  @ValueSource(ints = {0, 150, 300})
  void amongRequests(int place) throws Exception {
    Workload work = Workload.rush(stack, label, 300, 100);
    try (Scenario scenario = new Scenario(stack)) {
      List<Poison> poison = everyKind(work);
      List<ProducerRecord<byte[], byte[]>> burst =
          new ArrayList<>(work.asks().stream().map(ask -> onePartition(ask.record())).toList());
      burst.addAll(place, poison.stream().map(Poison::record).toList());

      List<RecordMetadata> places = publish(burst);

      scenario.audit(work, Map.of());
      letters(scenario, poison, places.subList(place, place + poison.size()));
    }
  }

  @Test
  @DisplayName("A burst of nothing but poison: dead letters, and the next request is answered")
  void nothingElse() throws Exception {
    Workload work = Workload.rush(stack, label, 1, 1);
    try (Scenario scenario = new Scenario(stack)) {
      List<Poison> poison = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        poison.addAll(everyKind(work));
      }
      List<RecordMetadata> places = publish(poison.stream().map(Poison::record).toList());
      publish(List.of(onePartition(work.asks().get(0).record())));

      scenario.audit(work, Map.of());
      letters(scenario, poison, places);
    }
  }

  @Test
  @DisplayName("An id used again for something else: a dead letter, and the first answer stands")
  void idReused() throws Exception {
    Workload work = Workload.rush(stack, label, 2, 2);
    Ask first = work.asks().get(0);
    Ask second = work.asks().get(1);
    Wire.Outgoing reused =
        new Wire.Outgoing(
            "activation.requests", second.device(), first.id(), REQUESTED, second.record().body());
    Poison poison = new Poison(onePartition(reused), "ID_REUSED", first.id().toString());
    try (Scenario scenario = new Scenario(stack)) {
      List<RecordMetadata> places =
          publish(
              List.of(
                  onePartition(first.record()), poison.record(), onePartition(second.record())));

      scenario.audit(work, Map.of());
      letters(scenario, List.of(poison), places.subList(1, 2));
    }
  }

  @Test
  @DisplayName("Device ids of emoji, up to 128 of them, are answered like any other")
  void emoji() throws Exception {
    Workload rush = Workload.rush(stack, label, 2, 2);
    List<Ask> asks = new ArrayList<>();
    for (String device : List.of("\uD83D\uDDA5-" + label, "\uD83D\uDD11".repeat(128))) {
      asks.add(
          new Ask(
              UUID.nameUUIDFromBytes(Wire.bytes(label + device)),
              device,
              rush.asks().get(0).installation(),
              Ask.Kind.NAMED,
              label,
              label));
    }
    Workload work = new Workload(0, asks, rush.purchased());
    try (Scenario scenario = new Scenario(stack);
        Fleet fleet = new Fleet(stack, work, 0, Fleet.Reporting.AT_ONCE)) {
      fleet.publish();
      fleet.awaitDone();
      assertThat(scenario.audit(fleet).counts()).containsEntry("activation.granted ", 2);
    }
  }

  /** One record of each kind that must end as a dead letter. */
  private List<Poison> everyKind(Workload work) {
    Ask neighbor = work.asks().get(0);
    String device = neighbor.device();
    String fine = neighbor.record().body();
    String tooLong = "d".repeat(129);
    List<Poison> all = new ArrayList<>();
    all.add(poison(device, "{", "INVALID_JSON", ""));
    all.add(poison(device, "\uD83D\uDD11\uD83D\uDC80", "INVALID_JSON", ""));
    all.add(poison(device, "[]", "INVALID_JSON", ""));
    all.add(poison(device, "{\"deviceId\":\"" + device + "\"}", "INVALID_EVENT", "product"));
    all.add(poison("other", fine, "INVALID_EVENT", "deviceId"));
    all.add(poison(tooLong, fine.replace(device, tooLong), "INVALID_EVENT", "deviceId"));
    all.add(poison(device, fine + " ".repeat(1 << 20), "TOO_LARGE", ""));
    Poison unknown = poison(device, fine, "UNKNOWN_TYPE", "io.kagimori.nonsense.v1");
    unknown.record().headers().remove("ce_type");
    unknown.record().headers().add("ce_type", Wire.bytes("io.kagimori.nonsense.v1"));
    all.add(unknown);
    Poison nameless = poison(device, fine, "INVALID_EVENT", "ce_id");
    nameless.record().headers().remove("ce_id");
    all.add(nameless);
    return all;
  }

  private static Poison poison(String key, String body, String reason, String detail) {
    return new Poison(
        onePartition(
            new Wire.Outgoing("activation.requests", key, UUID.randomUUID(), REQUESTED, body)),
        reason,
        detail);
  }

  private static ProducerRecord<byte[], byte[]> onePartition(Wire.Outgoing event) {
    ProducerRecord<byte[], byte[]> record = event.record();
    Headers headers = record.headers();
    return new ProducerRecord<>(record.topic(), 0, record.key(), record.value(), headers);
  }

  private List<RecordMetadata> publish(List<ProducerRecord<byte[], byte[]>> records)
      throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    records.forEach(record -> sent.add(producer.send(record)));
    producer.flush();
    List<RecordMetadata> places = new ArrayList<>();
    for (Future<RecordMetadata> one : sent) {
      places.add(one.get());
    }
    return places;
  }

  /** Exactly these dead letters, each with its reason and the bytes that arrived. */
  private static void letters(Scenario scenario, List<Poison> poison, List<RecordMetadata> places) {
    Map<String, String> expected = new HashMap<>();
    for (int i = 0; i < poison.size(); i++) {
      RecordMetadata place = places.get(i);
      String origin = place.topic() + "/" + place.partition() + "/" + place.offset();
      Poison sent = poison.get(i);
      expected.put(origin, sent.reason() + " " + sent.detail() + " " + sent.body());
    }
    Map<String, String> found = new HashMap<>();
    for (Wire.Incoming letter : scenario.newDeadLetters()) {
      String reason = letter.headers().get("dlq-reason");
      String named = NAMING.contains(reason) ? letter.headers().get("dlq-detail") : "";
      found.put(letter.origin(), reason + " " + named + " " + letter.body());
    }
    assertThat(found).isEqualTo(expected);
  }
}
