package io.kagimori.contracts.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationResultBuilder;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyBlockRequested;
import io.kagimori.contracts.event.Verdict;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerTest {
  private static final Instant TIME = Instant.parse("2026-04-01T00:20:01.500Z");

  static List<Sample> samples() {
    return Sample.all();
  }

  private static Answer answer(Sample sample, Event event) {
    return Answer.of(sample.type(), Records.ID, "key-service", TIME, event);
  }

  @Test
  void recordIsACloudEventInBinaryMode() {
    Sample sample = new Sample(EventType.ACTIVATION_GRANTED, "full");
    ProducerRecord<byte[], byte[]> sent = answer(sample, sample.event()).toRecord();

    assertThat(sent.topic()).isEqualTo("activation.results");
    assertThat(sent.partition()).isNull();
    assertThat(sent.timestamp()).isEqualTo(TIME.toEpochMilli());
    assertThat(new String(sent.key(), UTF_8)).isEqualTo("大阪支社-サーバー-07");
    assertThat(new String(sent.value(), UTF_8)).isEqualTo(sample.canonical());
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : sent.headers()) {
      assertThat(headers.put(header.key(), new String(header.value(), UTF_8))).isNull();
    }
    assertThat(headers)
        .containsExactly(
            Map.entry("ce_specversion", "1.0"),
            Map.entry("ce_id", "0196f0c4-7a10-7001-8a5b-00005eed0001"),
            Map.entry("ce_source", "/kagimori/key-service"),
            Map.entry("ce_type", "io.kagimori.activation.granted.v1"),
            Map.entry("ce_time", "2026-04-01T00:20:01.500Z"),
            Map.entry("ce_subject", "大阪支社-サーバー-07"),
            Map.entry("content-type", "application/json"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whatIsPublishedIsReadAsItWasMeant(Sample sample) {
    Event event = sample.event();
    Request request =
        (Request)
            Records.DECODER.decode(
                Records.consumed(answer(sample, event).on("some.topic").toRecord()));

    assertThat(request.event()).isEqualTo(event);
    assertThat(request.id()).isEqualTo(Records.ID);
    assertThat(request.type()).isEqualTo(sample.type());
    assertThat(request.claimedTime()).isEqualTo(TIME);
    assertThat(request.now()).isEqualTo(TIME);
  }

  @Test
  void detailsInAnyOrderGiveTheSameBytes() {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("required", 25);
    one.put("count", Map.of("clients", 20, "servers", 4, "hosts", List.of("b", "a")));
    Map<String, Object> other = new LinkedHashMap<>();
    other.put("count", Map.of("hosts", List.of("b", "a"), "servers", 4, "clients", 20));
    other.put("required", 25);

    assertThat(EventJson.bytes(refused(one))).isEqualTo(EventJson.bytes(refused(other)));
  }

  private static ActivationResult refused(Map<String, Object> detail) {
    return ActivationResultBuilder.builder()
        .requestId("r-1")
        .deviceId("pc-1")
        .verdict(Verdict.REFUSED)
        .reason("BELOW_THRESHOLD")
        .detail(detail)
        .decidedAt(TIME)
        .build();
  }

  /** Emoji take two chars; the writer's buffer may end between them. */
  @Test
  void emojiAtEveryPlaceInTheWritersBuffer() {
    for (int shift = 0; shift < 8; shift++) {
      String comment = "x".repeat(shift) + "🔑鍵a".repeat(9000);
      byte[] bytes = EventJson.bytes(new KeyBlockRequested("k", true, comment));

      assertThat(new String(bytes, UTF_8)).contains("\"" + comment + "\"");
      assertThat(EventJson.read(bytes, KeyBlockRequested.class).comment()).isEqualTo(comment);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyVerdictHasItsResultType(Verdict verdict) {
    EventType type = EventType.of(verdict);

    assertThat(type.typeName())
        .isEqualTo("io.kagimori.activation." + verdict.name().toLowerCase(Locale.ROOT) + ".v1");
    assertThat(type.topic()).isEqualTo(Topics.ACTIVATION_RESULTS);
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeIsFoundByItsName(EventType type) {
    assertThat(EventType.named(type.typeName())).contains(type);
    assertThat(EventType.named(type.name())).isEmpty();
    if (type != EventType.CLOCK_TICKED) {
      assertThat(Topics.all()).extracting(Topics.Topic::name).contains(type.topic());
    }
  }

  @Test
  void answerIdsNeverChange() {
    UUID granted = EventIds.answer(Records.ID, "activation-service", "GRANTED");

    // A change here would give every answer published so far a second id on its next resend.
    assertThat(granted).hasToString("f3d7194b-2af9-5002-a246-fbded23de768");
    assertThat(granted.version()).isEqualTo(5);
    assertThat(EventIds.answer(Records.ID, "activation-service", "GRANTED")).isEqualTo(granted);
    assertThat(
            Arrays.asList(
                EventIds.answer(Records.ID, "activation-service", "REFUSED"),
                EventIds.answer(Records.ID, "key-service", "GRANTED"),
                EventIds.answer(new UUID(1, 2), "activation-service", "GRANTED")))
        .doesNotContain(granted)
        .doesNotHaveDuplicates();
  }

  @Test
  void requestIdsAreOrderedByTime() {
    UUID first = EventIds.request();
    UUID second = EventIds.request();

    assertThat(first.version()).isEqualTo(7);
    assertThat(first.toString()).isLessThan(second.toString());
  }
}
