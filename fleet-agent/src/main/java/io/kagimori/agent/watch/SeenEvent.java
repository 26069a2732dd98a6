package io.kagimori.agent.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.EventJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An event as it passed by.
 *
 * @param topic where
 * @param type CloudEvents type
 * @param id event id
 * @param time record time
 * @param data what it says; missing when it is no JSON
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SeenEvent(String topic, String type, String id, Instant time, JsonNode data) {

  static SeenEvent of(ConsumerRecord<byte[], byte[]> arrived) {
    return new SeenEvent(
        arrived.topic(),
        CloudEventHeaders.text(arrived.headers(), CloudEventHeaders.TYPE),
        CloudEventHeaders.text(arrived.headers(), CloudEventHeaders.ID),
        Instant.ofEpochMilli(arrived.timestamp()),
        json(arrived.value()));
  }

  /** Whether the record is about the device; the key says it. */
  static boolean isAbout(ConsumerRecord<byte[], byte[]> arrived, String deviceId) {
    return deviceId == null
        || (arrived.key() != null
            && deviceId.equals(new String(arrived.key(), StandardCharsets.UTF_8)));
  }

  /** One line for people: when, who, what, why. */
  String line() {
    StringBuilder line = new StringBuilder();
    line.append(time).append("  ").append(field("deviceId")).append("  ");
    line.append(data.hasNonNull("verdict") ? field("verdict") : field("decision"));
    for (String name : new String[] {"reason", "code", "keyId", "requestId"}) {
      if (data.hasNonNull(name)) {
        line.append("  ").append(field(name));
      }
    }
    return line.toString();
  }

  private String field(String name) {
    return data.path(name).asText("-");
  }

  private static JsonNode json(byte[] value) {
    try {
      return value == null ? MissingNode.getInstance() : EventJson.mapper().readTree(value);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
