package io.kagimori.stream;

import static io.kagimori.stream.TallyChannel.answerId;
import static io.kagimori.stream.TallyChannel.answeredOnce;
import static io.kagimori.stream.TallyChannel.header;
import static io.kagimori.stream.TallyChannel.request;
import static io.kagimori.stream.TallyChannel.requests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.stream.TallyChannel.Published;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
  @DisplayName("a batch as large as the table finds its rows by their keys")
  void noReadingFromEndToEnd() {
    List<ProducerRecord<byte[], byte[]>> batch = requests(500);
    channel.process(batch);
    channel.process(batch);
    // A connection tells what it read when it is closed.
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(channel.outcomesRead()).isEqualTo("500 by key, 0 from end to end"));
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
    ProducerRecord<byte[], byte[]> bad = request("pc");
    bad.headers().remove("ce_id");
    batch.add(0, bad);
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
  void realConsumer() {
    List<ProducerRecord<byte[], byte[]>> batch = requests(500);
    channel.send(batch);
    try (KafkaConsumer<byte[], byte[]> consumer =
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
