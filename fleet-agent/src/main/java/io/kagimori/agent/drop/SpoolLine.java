package io.kagimori.agent.drop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.EventType;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * An event as one line of text: checksum, blank, CloudEvent in structured mode. The body is kept
 * byte for byte, since a resend has to be byte-equal.
 */
final class SpoolLine {
  private static final ObjectMapper JSON = EventJson.mapper();
  private static final int CHECKSUM = 8;

  private SpoolLine() {}

  static String of(Answer event) {
    ObjectNode node = JSON.createObjectNode();
    node.put("specversion", "1.0");
    node.put("id", event.id().toString());
    node.put("source", event.source());
    node.put("type", event.type().typeName());
    node.put("time", event.time().toString());
    node.put("subject", event.key());
    node.put("topic", event.topic());
    node.put("data_base64", Base64.getEncoder().encodeToString(event.body()));
    String json = node.toString();
    return checksum(json) + " " + json + "\n";
  }

  /** The event of a line; empty for a damaged one. */
  static Optional<Answer> read(String line) {
    if (line.length() <= CHECKSUM
        || !line.substring(0, CHECKSUM).equals(checksum(line.substring(CHECKSUM + 1)))) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(line.substring(CHECKSUM + 1));
      EventType type = EventType.named(node.path("type").asText()).orElseThrow();
      return Optional.of(
          new Answer(
              node.path("topic").asText(),
              node.path("subject").asText(),
              UUID.fromString(node.path("id").asText()),
              type,
              node.path("source").asText(),
              Instant.parse(node.path("time").asText()),
              Base64.getDecoder().decode(node.path("data_base64").asText())));
    } catch (JsonProcessingException
        | IllegalArgumentException
        | DateTimeException
        | NoSuchElementException e) {
      return Optional.empty();
    }
  }

  private static String checksum(String json) {
    CRC32 crc = new CRC32();
    crc.update(json.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
