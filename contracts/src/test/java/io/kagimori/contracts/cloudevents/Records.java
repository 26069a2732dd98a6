package io.kagimori.contracts.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.EventType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a consumer sees them, for tests; every {@code with} gives a changed copy. */
// Kafka's keys and values are arrays; nobody compares these records.
@SuppressWarnings("ArrayRecordComponent")
record Records(Headers headers, byte[] key, byte[] value, long timestamp) {
  static final UUID ID = UUID.fromString("0196f0c4-7a10-7001-8a5b-00005eed0001");
  static final long TIMESTAMP = 1_775_002_530_250L;
  static final String TOPIC = "activation.requests";

  /** Accepts every type there is. */
  static final EventDecoder DECODER = new EventDecoder(EnumSet.allOf(EventType.class));

  /** A record in binary mode with every attribute that a sender may set. */
  static Records binary(EventType type, String key, byte[] data) {
    return new Records(new RecordHeaders(), key.getBytes(UTF_8), data, TIMESTAMP)
        .with(CloudEventHeaders.SPEC_VERSION, "1.0")
        .with(CloudEventHeaders.ID, ID.toString())
        .with(CloudEventHeaders.SOURCE, "/kagimori/agent")
        .with(CloudEventHeaders.TYPE, type.typeName())
        .with(CloudEventHeaders.TIME, "2026-04-01T00:15:29Z")
        .with(CloudEventHeaders.SUBJECT, key)
        .with(CloudEventHeaders.CONTENT_TYPE, "application/json");
  }

  /** The same in structured mode. */
  static Records structured(EventType type, String key, String data) {
    return structured(
        key,
        """
        {"specversion":"1.0","id":"%s","source":"/kagimori/agent","type":"%s",
         "time":"2026-04-01T00:15:29Z","datacontenttype":"application/json","data":%s}
        """
            .formatted(ID, type.typeName(), data));
  }

  /** Any value in structured mode. */
  static Records structured(String key, String value) {
    return new Records(new RecordHeaders(), key.getBytes(UTF_8), value.getBytes(UTF_8), TIMESTAMP)
        .with(CloudEventHeaders.CONTENT_TYPE, CloudEventHeaders.STRUCTURED);
  }

  Records with(String header, String text) {
    return with(header, text.getBytes(UTF_8));
  }

  Records with(String header, byte[] bytes) {
    Headers changed = new RecordHeaders(headers.toArray());
    changed.remove(header);
    changed.add(header, bytes);
    return new Records(changed, key, value, timestamp);
  }

  Records without(String header) {
    Headers changed = new RecordHeaders(headers.toArray());
    changed.remove(header);
    return new Records(changed, key, value, timestamp);
  }

  Records withKey(byte[] otherKey) {
    return new Records(headers, otherKey, value, timestamp);
  }

  Records withValue(byte[] otherValue) {
    return new Records(headers, key, otherValue, timestamp);
  }

  Records withValue(String otherValue) {
    return withValue(otherValue.getBytes(UTF_8));
  }

  Records at(long otherTimestamp) {
    return new Records(headers, key, value, otherTimestamp);
  }

  ConsumerRecord<byte[], byte[]> consumed() {
    return consumed(TOPIC, timestamp, key, value, headers);
  }

  Decoded decoded() {
    return DECODER.decode(consumed());
  }

  Request request() {
    Decoded decoded = decoded();
    if (decoded instanceof BadRecord bad) {
      throw new AssertionError("dead letter " + bad.reason() + ": " + bad.detail());
    }
    return (Request) decoded;
  }

  BadRecord bad() {
    if (decoded() instanceof BadRecord bad) {
      return bad;
    }
    throw new AssertionError("was read");
  }

  static void refused(Records sent, DeadLetterReason reason, String detail) {
    BadRecord bad = sent.bad();
    assertThat(bad.reason()).isEqualTo(reason);
    assertThat(bad.detail()).isEqualTo(detail);
  }

  /** What a consumer gets of a published record. */
  static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> sent) {
    return consumed(sent.topic(), sent.timestamp(), sent.key(), sent.value(), sent.headers());
  }

  private static ConsumerRecord<byte[], byte[]> consumed(
      String topic, long timestamp, byte[] key, byte[] value, Headers headers) {
    return new ConsumerRecord<>(
        topic,
        3,
        1234,
        timestamp,
        TimestampType.CREATE_TIME,
        key == null ? -1 : key.length,
        value == null ? -1 : value.length,
        key,
        value,
        headers,
        Optional.empty());
  }
}
