package io.kagimori.stream;

import static io.kagimori.stream.TallyChannel.answerId;
import static io.kagimori.stream.TallyChannel.header;
import static io.kagimori.stream.TallyChannel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.stream.TallyChannel.Published;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The batch step on a real broker and a real database: one poll in, everything published out. */
class BatchStepTest {
  private TallyChannel channel;

  @BeforeEach
  void open() {
    TallyChannel.prepare();
    channel = TallyChannel.open();
  }

  @AfterEach
  void close() {
    channel.close();
  }

  private static List<ProducerRecord<byte[], byte[]>> requests(int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(i -> request("pc-" + i)).toList());
  }

  /** Each request answered once, under the id that follows from its own. */
  private static void answeredOnce(
      Published published, List<ProducerRecord<byte[], byte[]>> requests) {
    assertThat(published.answers())
        .extracting(answer -> header(answer, CloudEventHeaders.ID))
        .containsExactlyInAnyOrderElementsOf(
            requests.stream().map(TallyChannel::answerId).toList());
  }

  private static ProducerRecord<byte[], byte[]> with(
      ProducerRecord<byte[], byte[]> record, byte[] key, byte[] value) {
    return new ProducerRecord<>(
        record.topic(), null, record.timestamp(), key, value, record.headers());
  }

  private static ProducerRecord<byte[], byte[]> saying(UnaryOperator<String> change) {
    ProducerRecord<byte[], byte[]> good = request("pc");
    String json = new String(good.value(), StandardCharsets.UTF_8);
    return with(good, good.key(), change.apply(json).getBytes(StandardCharsets.UTF_8));
  }

  private static ProducerRecord<byte[], byte[]> headed(String name, String value) {
    ProducerRecord<byte[], byte[]> record = request("pc");
    record.headers().remove(name);
    if (value != null) {
      record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
    return record;
  }

  private static ProducerRecord<byte[], byte[]> valued(byte[] value) {
    ProducerRecord<byte[], byte[]> good = request("pc");
    return with(good, good.key(), value);
  }

  private static Arguments spoiled(
      String name, String reason, String detail, ProducerRecord<byte[], byte[]> record) {
    return Arguments.of(name, reason, detail, record);
  }

  static List<Arguments> poison() {
    byte[] large = new byte[1 << 20];
    java.util.Arrays.fill(large, (byte) 'x');
    return List.of(
        spoiled("no value", "INVALID_JSON", "no value", valued(null)),
        spoiled("empty value", "INVALID_JSON", "no value", valued(new byte[0])),
        spoiled("no JSON", "INVALID_JSON", null, saying(json -> json.substring(1))),
        spoiled("an array", "INVALID_JSON", null, saying(json -> "[" + json + "]")),
        spoiled("deep", "INVALID_JSON", null, saying(json -> "[".repeat(50_000))),
        spoiled("not UTF-8", "INVALID_JSON", null, valued(new byte[] {'{', '"', -1, -2, '"'})),
        spoiled("1 MB", "TOO_LARGE", "1048576 of 262144 bytes", valued(large)),
        spoiled("no id", "INVALID_EVENT", "ce_id", headed("ce_id", null)),
        spoiled("no UUID", "INVALID_EVENT", "ce_id", headed("ce_id", "1-1-1-1-1")),
        spoiled("no type", "INVALID_EVENT", "ce_type", headed("ce_type", null)),
        spoiled(
            "another type",
            "UNKNOWN_TYPE",
            "io.kagimori.key.state.v1",
            headed("ce_type", "io.kagimori.key.state.v1")),
        spoiled("no time", "INVALID_EVENT", "ce_time", headed("ce_time", "yesterday")),
        spoiled("129 characters", "INVALID_EVENT", "deviceId", request("x".repeat(129))),
        spoiled("129 emoji", "INVALID_EVENT", "deviceId", request("🔑".repeat(129))),
        spoiled(
            "NUL", "INVALID_EVENT", "site", saying(json -> json.replace("tokyo", "to\\u0000kyo"))),
        spoiled(
            "half a surrogate pair",
            "INVALID_EVENT",
            "site",
            saying(json -> json.replace("tokyo", "to\\ud83dkyo"))),
        spoiled(
            "no product",
            "INVALID_EVENT",
            "product",
            saying(json -> json.replace("\"product\"", "\"prodict\""))),
        spoiled(
            "unknown channel",
            "INVALID_EVENT",
            "channel",
            saying(json -> json.replace("MAK", "CARRIER_PIGEON"))),
        spoiled(
            "another key",
            "INVALID_EVENT",
            "deviceId",
            with(request("pc"), "other".getBytes(StandardCharsets.UTF_8), request("pc").value())),
        spoiled(
            "no key",
            "INVALID_EVENT",
            "deviceId",
            with(request("pc"), null, request("pc").value())),
        spoiled(
            "refused by the database",
            "INVALID_EVENT",
            "not storable (SQLSTATE 23514)",
            request(EventIds.request(), "culprit", TallyRule.UNSTORABLE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("poison")
  @DisplayName("one bad record becomes one dead letter; neighbours before and after are answered")
  void poison(String name, String reason, String detail, ProducerRecord<byte[], byte[]> poison) {
    for (int place : List.of(0, 2, 4)) {
      List<ProducerRecord<byte[], byte[]>> good = requests(4);
      List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>(good);
      batch.add(place, poison);

      channel.process(batch);

      Published published = channel.published();
      answeredOnce(published, good);
      assertThat(published.letters()).hasSize(1);
      ConsumerRecord<byte[], byte[]> letter = published.letters().get(0);
      assertThat(header(letter, "dlq-reason")).isEqualTo(reason);
      if (detail != null) {
        assertThat(header(letter, "dlq-detail")).isEqualTo(detail);
      }
      assertThat(header(letter, "dlq-topic")).isEqualTo(TallyChannel.REQUESTS);
      assertThat(header(letter, "dlq-partition")).isEqualTo("0");
      assertThat(header(letter, "dlq-offset")).isEqualTo(Integer.toString(place));
      assertThat(letter.key()).isEqualTo(poison.key());
      assertThat(letter.value()).isEqualTo(poison.value());
      poison.headers().forEach(h -> assertThat(letter.headers()).contains(h));
    }
    assertThat(channel.count("pc-0")).isEqualTo(3);
    assertThat(channel.outcomes()).isEqualTo(12);
  }

  @Test
  @DisplayName("a whole batch of poison: as many dead letters, no answer, nothing stored")
  void nothingButPoison() {
    List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>();
    poison().forEach(arguments -> batch.add(poisonOf(arguments)));

    channel.process(batch);

    Published published = channel.published();
    assertThat(published.answers()).isEmpty();
    assertThat(published.facts()).isEmpty();
    assertThat(published.letters())
        .extracting(letter -> Integer.parseInt(header(letter, "dlq-offset")))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, batch.size()).boxed().toList());
    assertThat(channel.outcomes()).isZero();
    double counted =
        channel.meters.find("kagimori.deadletter").counters().stream()
            .mapToDouble(io.micrometer.core.instrument.Counter::count)
            .sum();
    assertThat(counted).isEqualTo(batch.size());
  }

  @SuppressWarnings("unchecked")
  private static ProducerRecord<byte[], byte[]> poisonOf(Arguments arguments) {
    return (ProducerRecord<byte[], byte[]>) arguments.get()[3];
  }

  @Test
  @DisplayName("of a large batch only the records the database refuses are dead letters")
  void halves() {
    List<ProducerRecord<byte[], byte[]>> good = requests(100);
    List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>(good);
    for (int place : List.of(3, 40, 41, 102)) {
      batch.add(place, request(EventIds.request(), "culprit-" + place, TallyRule.UNSTORABLE));
    }

    channel.process(batch);

    Published published = channel.published();
    answeredOnce(published, good);
    assertThat(published.letters())
        .extracting(letter -> new String(letter.key(), StandardCharsets.UTF_8))
        .containsExactlyInAnyOrder("culprit-3", "culprit-40", "culprit-41", "culprit-102");
    assertThat(channel.count("pc-99")).isEqualTo(1);
    assertThat(channel.count("culprit-3")).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"端末-壱", "🔑", "ディスク'; drop table tally; --", "{\"a\":[1]}", "\\"})
  @DisplayName("device ids in any writing are answered under the same key")
  void anyWriting(String device) {
    ProducerRecord<byte[], byte[]> request = request(device);
    channel.process(List.of(request));
    Published published = channel.published();
    answeredOnce(published, List.of(request));
    assertThat(published.answers().get(0).key()).isEqualTo(request.key());
    assertThat(published.facts().get(0).key()).isEqualTo(request.key());
  }

  @Test
  @DisplayName("128 characters are a device id, counted as people count them")
  void longest() {
    List<ProducerRecord<byte[], byte[]>> requests =
        List.of(request("x".repeat(128)), request("🔑".repeat(128)));
    channel.process(requests);
    answeredOnce(channel.published(), requests);
  }

  @Test
  @DisplayName("a record that no broker takes again still ends as a dead letter, cut short")
  void tooLargeToTravel() {
    byte[] huge = new byte[(16 << 20) + 1];
    List<ProducerRecord<byte[], byte[]>> good = requests(2);
    ProducerRecord<byte[], byte[]> smaller = valued(new byte[300 * 1024]);
    channel.process(List.of(good.get(0), valued(huge), smaller, good.get(1)));

    Published published = channel.published();
    assertThat(published.valuesById())
        .containsOnlyKeys(answerId(good.get(0)), answerId(good.get(1)));
    Map<String, List<ConsumerRecord<byte[], byte[]>>> letters =
        published.letters().stream()
            .collect(java.util.stream.Collectors.groupingBy(r -> header(r, "dlq-offset")));
    assertThat(letters).containsOnlyKeys("1", "2");
    ConsumerRecord<byte[], byte[]> cut = letters.get("1").get(0);
    assertThat(cut.value()).isNull();
    assertThat(header(cut, "dlq-reason")).isEqualTo("TOO_LARGE");
    assertThat(header(cut, "dlq-cut")).isEqualTo(Integer.toString(huge.length));
    assertThat(header(cut, "ce_id")).isNotNull();
    assertThat(letters.get("2").get(0).value()).hasSize(300 * 1024);
    assertThat(channel.health.waitingFor()).isEmpty();
  }

  @Test
  @DisplayName("the same batch again: the same bytes, no row changed, the rule not asked")
  void again() {
    List<ProducerRecord<byte[], byte[]>> batch = requests(50);
    batch.addAll(IntStream.range(0, 50).mapToObj(i -> request("pc-" + i)).toList());
    channel.process(batch);
    Published first = channel.published();
    String tables = channel.tables();
    int decided = channel.rule.decided.size();

    List<ProducerRecord<byte[], byte[]>> shuffled = new ArrayList<>(batch);
    Collections.shuffle(shuffled, new java.util.Random(1));
    channel.process(shuffled);

    Published second = channel.published();
    assertThat(first.valuesById()).hasSize(100).allSatisfy((id, v) -> assertThat(v).hasSize(1));
    assertThat(second.valuesById()).containsExactlyInAnyOrderEntriesOf(first.valuesById());
    assertThat(headersById(second)).isEqualTo(headersById(first));
    assertThat(channel.tables()).isEqualTo(tables);
    assertThat(channel.rule.decided).hasSize(decided);
    assertThat(channel.meters.get("kagimori.redelivered").counter().count()).isEqualTo(100);
  }

  private static Map<String, String> headersById(Published published) {
    return published.answers().stream()
        .collect(
            java.util.stream.Collectors.toMap(
                answer -> header(answer, "ce_id"),
                answer ->
                    answer.timestamp()
                        + List.of(answer.headers().toArray()).toString()
                        + new String(answer.key(), StandardCharsets.UTF_8)));
  }

  @Test
  @DisplayName("the same request twice in one batch is decided once and answered twice alike")
  void twiceInOneBatch() {
    ProducerRecord<byte[], byte[]> request = request("pc");
    channel.process(List.of(request, request("other"), request));
    Published published = channel.published();
    assertThat(published.valuesById().get(answerId(request))).hasSize(2);
    assertThat(published.valuesById().get(answerId(request)))
        .containsOnly(published.valuesById().get(answerId(request)).get(0));
    assertThat(channel.count("pc")).isEqualTo(1);
    assertThat(channel.rule.decided).hasSize(2);
  }

  @Test
  @DisplayName("an id used again with other content is a dead letter, in one batch and in the next")
  void idReused() {
    UUID id = EventIds.request();
    ProducerRecord<byte[], byte[]> first = request(id, "pc", "tokyo");
    ProducerRecord<byte[], byte[]> other = request(id, "pc", "osaka");
    ProducerRecord<byte[], byte[]> otherDevice = request(id, "pc-2", "tokyo");
    channel.process(List.of(first, other));
    channel.process(List.of(otherDevice));

    Published published = channel.published();
    answeredOnce(published, List.of(first));
    assertThat(published.letters())
        .hasSize(2)
        .allSatisfy(
            letter -> {
              assertThat(header(letter, "dlq-reason")).isEqualTo("ID_REUSED");
              assertThat(header(letter, "dlq-detail")).isEqualTo(id.toString());
            });
    assertThat(channel.count("pc")).isEqualTo(1);
    assertThat(channel.count("pc-2")).isZero();
  }

  @Test
  @DisplayName("what does not concern the rule is passed over and leaves no outcome")
  void notConcerned() {
    channel.process(List.of(request(EventIds.request(), "pc", "elsewhere")));
    assertThat(channel.published().records()).isEmpty();
    assertThat(channel.outcomes()).isZero();
  }

  @Test
  @DisplayName("of several changes of one fact in a poll the newest is published, once")
  void facts() {
    channel.process(List.of(request("pc"), request("pc"), request("other"), request("pc")));
    List<ConsumerRecord<byte[], byte[]>> facts = channel.published().facts();
    assertThat(facts)
        .extracting(fact -> new String(fact.key(), StandardCharsets.UTF_8))
        .containsExactlyInAnyOrder("pc", "other");
    assertThat(facts)
        .filteredOn(fact -> new String(fact.key(), StandardCharsets.UTF_8).equals("pc"))
        .singleElement()
        .satisfies(
            fact ->
                assertThat(new String(fact.value(), StandardCharsets.UTF_8))
                    .contains("\"version\":3"));
  }

  @Test
  @DisplayName("a defect in the rule: the poll fails whole, nothing is published, nothing is kept")
  void defect() {
    List<ProducerRecord<byte[], byte[]>> batch = requests(5);
    batch.add(3, request(EventIds.request(), "pc", "defect"));
    batch.add(0, valued(new byte[] {1}));
    assertThatThrownBy(() -> channel.process(batch))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a defect in the rule");
    assertThat(channel.published().records()).isEmpty();
    assertThat(channel.outcomes()).isZero();
    assertThat(channel.count("pc-0")).isZero();
    assertThat(channel.health.waitingFor()).isEmpty();
  }

  @Test
  @DisplayName("a statement that is wrong is a defect of ours and no fault of the record")
  void wrongStatement() {
    channel.rule.afterStore =
        () -> {
          throw Failures.of(new java.sql.SQLException("relation missing", "42P01"));
        };
    assertThatThrownBy(() -> channel.process(requests(2)))
        .hasMessage("statement refused (SQLSTATE 42P01)");
    assertThat(channel.published().records()).isEmpty();
    assertThat(channel.outcomes()).isZero();
  }

  @Test
  @DisplayName("a real consumer hands over many records a poll and its offsets follow each one")
  void realConsumer() throws Exception {
    List<ProducerRecord<byte[], byte[]>> batch = requests(500);
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", TallyChannel.brokers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of(
                    "bootstrap.servers",
                    TallyChannel.brokers(),
                    "group.id",
                    "tally-" + UUID.randomUUID(),
                    "auto.offset.reset",
                    "earliest",
                    "enable.auto.commit",
                    "false",
                    "max.poll.records",
                    1000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      batch.forEach(producer::send);
      producer.flush();
      consumer.subscribe(List.of(TallyChannel.REQUESTS));
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (channel.outcomes() < 500) {
        assertThat(System.nanoTime()).as("time").isLessThan(deadline);
        ConsumerRecords<byte[], byte[]> poll = consumer.poll(Duration.ofMillis(200));
        channel.step.process(poll);
        consumer.commitSync();
      }
    }
    answeredOnce(channel.published(), batch);
    assertThat(channel.meters.get("kagimori.batch.size").summary().max()).isGreaterThan(1);
    assertThat(channel.meters.get("kagimori.batch.size").summary().totalAmount()).isEqualTo(500);
    assertThat(
            channel.meters.get("kagimori.records").tag("outcome", "KEY_ACCEPTED").counter().count())
        .isEqualTo(500);
  }
}
