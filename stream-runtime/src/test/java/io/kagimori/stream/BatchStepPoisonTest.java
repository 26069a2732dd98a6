package io.kagimori.stream;

import static io.kagimori.stream.TallyChannel.answerId;
import static io.kagimori.stream.TallyChannel.answeredOnce;
import static io.kagimori.stream.TallyChannel.header;
import static io.kagimori.stream.TallyChannel.request;
import static io.kagimori.stream.TallyChannel.requests;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.stream.TallyChannel.Published;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad records among good ones. */
class BatchStepPoisonTest {
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

  @SuppressWarnings("unchecked") // arguments are untyped; the fourth is always the record
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
}
