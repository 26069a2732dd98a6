package io.kagimori.contracts.cloudevents;

import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * An event on its way out, down to its bytes: stored as it is published, so that a resend after a
 * crash cannot differ.
 *
 * @param topic where to
 * @param key record key
 * @param id event id
 * @param type event type
 * @param source who says it, such as {@code /kagimori/key-service}
 * @param time the record time the answer was decided for
 * @param body JSON
 */
// The body is compared byte by byte where it matters; copying it on every access would cost the
// batch.
@SuppressWarnings("ArrayRecordComponent")
public record Answer(
    String topic, String key, UUID id, EventType type, String source, Instant time, byte[] body) {

  /** An event as its service says it. */
  public static Answer of(EventType type, UUID id, String service, Instant time, Event event) {
    return new Answer(
        type.topic(),
        event.recordKey(),
        id,
        type,
        "/kagimori/" + service,
        time,
        EventJson.bytes(event));
  }

  /** The same on another topic; ticks need it, because each service has its own tick topic. */
  public Answer on(String otherTopic) {
    return new Answer(otherTopic, key, id, type, source, time, body);
  }

  /** The record to publish: CloudEvents 1.0, binary mode. */
  public ProducerRecord<byte[], byte[]> toRecord() {
    ProducerRecord<byte[], byte[]> out =
        new ProducerRecord<>(
            topic, null, time.toEpochMilli(), key.getBytes(StandardCharsets.UTF_8), body);
    Headers headers = out.headers();
    add(headers, CloudEventHeaders.SPEC_VERSION, "1.0");
    add(headers, CloudEventHeaders.ID, id.toString());
    add(headers, CloudEventHeaders.SOURCE, source);
    add(headers, CloudEventHeaders.TYPE, type.typeName());
    add(headers, CloudEventHeaders.TIME, time.toString());
    add(headers, CloudEventHeaders.SUBJECT, key);
    add(headers, CloudEventHeaders.CONTENT_TYPE, "application/json");
    return out;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
