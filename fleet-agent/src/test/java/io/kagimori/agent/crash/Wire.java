package io.kagimori.agent.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Records as they travel, read and written by hand: the crash tests share no codec with the
 * services they judge.
 */
final class Wire {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Wire() {}

  /** An event to publish, CloudEvents 1.0 in binary mode. */
  record Outgoing(String topic, String key, UUID id, String type, String body) {
    ProducerRecord<byte[], byte[]> record() {
      ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, bytes(key), bytes(body));
      record
          .headers()
          .add("ce_specversion", bytes("1.0"))
          .add("ce_id", bytes(id.toString()))
          .add("ce_source", bytes("/kagimori/crash-test"))
          .add("ce_type", bytes(type))
          .add("ce_subject", bytes(key))
          .add("content-type", bytes("application/json"));
      return record;
    }
  }

  /** A record that was read. */
  record Incoming(
      String topic,
      int partition,
      long offset,
      String key,
      Map<String, String> headers,
      String body) {

    static Incoming of(ConsumerRecord<byte[], byte[]> record) {
      Map<String, String> headers = new TreeMap<>();
      for (Header header : record.headers()) {
        headers.put(header.key(), text(header.value()));
      }
      return new Incoming(
          record.topic(),
          record.partition(),
          record.offset(),
          text(record.key()),
          headers,
          base64(record.value()));
    }

    String id() {
      return headers.getOrDefault("ce_id", "");
    }

    /** The last words of the event type: {@code activation.granted}. */
    String type() {
      return headers
          .getOrDefault("ce_type", "")
          .replaceFirst("^io\\.kagimori\\.", "")
          .replaceFirst("\\.v1$", "");
    }

    JsonNode json() {
      try {
        return JSON.readTree(Base64.getDecoder().decode(body));
      } catch (IOException e) {
        throw new UncheckedIOException("an answer that is not JSON: " + topic + " " + offset, e);
      }
    }

    String requestId() {
      return json().path("requestId").asText();
    }

    /** Which record a dead letter was: topic, partition and offset. */
    String origin() {
      return headers.get("dlq-topic")
          + "/"
          + headers.get("dlq-partition")
          + "/"
          + headers.get("dlq-offset");
    }

    /** Everything that must be the same when the answer is published again. */
    String sameness() {
      return key + " " + headers + " " + body;
    }
  }

  /** Bytes as text that can be compared and printed. */
  static String base64(byte[] value) {
    return value == null ? "" : Base64.getEncoder().encodeToString(value);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
