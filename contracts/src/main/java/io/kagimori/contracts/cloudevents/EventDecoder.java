package io.kagimori.contracts.cloudevents;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns any bytes into a request or a bad record with a reason; it never throws. Reads CloudEvents
 * 1.0 in binary mode (attributes in headers) and in structured mode (attributes in the value).
 * Stateless, safe for many threads.
 */
public final class EventDecoder {
  /** Largest value that is read, in bytes. */
  public static final int VALUE_BYTES_MAX = 256 * 1024;

  private static final ObjectMapper JSON = EventJson.mapper();

  private static final Map<EventType, ObjectReader> READERS =
      Arrays.stream(EventType.values())
          .collect(
              Collectors.toMap(
                  Function.identity(),
                  type -> JSON.readerFor(type.data()),
                  (one, other) -> one,
                  () -> new EnumMap<>(EventType.class)));

  private final Set<EventType> accepted;

  /**
   * @param accepted the types that the topic carries; others are {@code UNKNOWN_TYPE}
   */
  public EventDecoder(Set<EventType> accepted) {
    this.accepted = Set.copyOf(accepted);
  }

  /** Attributes and data of one event, before they are checked. */
  private record Envelope(String id, String type, String time, JsonNode data) {}

  /** A record that cannot be read, on its way to the one place that answers so. */
  private static final class Unreadable extends Exception {
    private final transient DeadLetterReason reason;

    Unreadable(DeadLetterReason reason, String detail) {
      super(detail, null, false, false);
      this.reason = reason;
    }
  }

  /** Reads one record. */
  public Decoded decode(ConsumerRecord<byte[], byte[]> source) {
    try {
      Request quick = readAtOnce(source);
      return quick == null ? read(source) : quick;
    } catch (Unreadable e) {
      return new BadRecord(e.reason, shortened(e.getMessage()), source);
    }
  }

  /**
   * The usual case, in one pass over the bytes: binary mode and nothing wrong. Returns null for
   * everything else, which {@link #read} then takes apart and names.
   */
  private Request readAtOnce(ConsumerRecord<byte[], byte[]> source) throws Unreadable {
    byte[] value = source.value();
    if (value == null
        || value.length > VALUE_BYTES_MAX
        || structured(CloudEventHeaders.text(source.headers(), CloudEventHeaders.CONTENT_TYPE))) {
      return null;
    }
    EventType type =
        EventType.named(CloudEventHeaders.text(source.headers(), CloudEventHeaders.TYPE))
            .filter(accepted::contains)
            .orElse(null);
    if (type == null || StorableText.mayOffend(value)) {
      return null;
    }
    Event event;
    byte[] canonical;
    try {
      event = READERS.get(type).readValue(value);
      if (event == null) {
        return null;
      }
      canonical = EventJson.bytes(event);
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
    Instant now = now(source.timestamp());
    UUID id = id(CloudEventHeaders.text(source.headers(), CloudEventHeaders.ID));
    Instant claimed = time(CloudEventHeaders.text(source.headers(), CloudEventHeaders.TIME));
    check(event, source.key());
    return new Request(id, type, claimed, now, event, contentId(type, canonical), source);
  }

  private Request read(ConsumerRecord<byte[], byte[]> source) throws Unreadable {
    byte[] value = source.value();
    if (value == null || value.length == 0) {
      throw new Unreadable(DeadLetterReason.INVALID_JSON, "no value");
    }
    if (value.length > VALUE_BYTES_MAX) {
      throw new Unreadable(
          DeadLetterReason.TOO_LARGE, value.length + " of " + VALUE_BYTES_MAX + " bytes");
    }
    Instant now = now(source.timestamp());
    Envelope envelope = envelope(source, object(value));
    UUID id = id(envelope.id());
    EventType type = type(envelope.type());
    Instant claimed = time(envelope.time());
    Event event = event(envelope.data(), type.data());
    check(event, source.key());
    return new Request(
        id, type, claimed, now, event, contentId(type, EventJson.bytes(event)), source);
  }

  private static Instant now(long timestamp) throws Unreadable {
    Instant now = Instant.ofEpochMilli(timestamp);
    // Kafka says -1 where a record has no time; rules need one, and so does the answer.
    if (timestamp < 0 || !StorableTime.storable(now)) {
      throw new Unreadable(DeadLetterReason.INVALID_EVENT, "timestamp");
    }
    return now;
  }

  private static JsonNode object(byte[] value) throws Unreadable {
    try {
      JsonNode node = JSON.readTree(value);
      if (node == null || !node.isObject()) {
        throw new Unreadable(DeadLetterReason.INVALID_JSON, "not a JSON object");
      }
      return node;
    } catch (IOException e) {
      throw new Unreadable(DeadLetterReason.INVALID_JSON, reasonOf(e));
    }
  }

  private static Envelope envelope(ConsumerRecord<byte[], byte[]> source, JsonNode value)
      throws Unreadable {
    if (!structured(CloudEventHeaders.text(source.headers(), CloudEventHeaders.CONTENT_TYPE))) {
      return new Envelope(
          CloudEventHeaders.text(source.headers(), CloudEventHeaders.ID),
          CloudEventHeaders.text(source.headers(), CloudEventHeaders.TYPE),
          CloudEventHeaders.text(source.headers(), CloudEventHeaders.TIME),
          value);
    }
    return new Envelope(
        value.path("id").asText(null),
        value.path("type").asText(null),
        value.path("time").asText(null),
        structuredData(value));
  }

  /** Parameters such as {@code charset} follow the media type and change nothing: JSON is UTF-8. */
  private static boolean structured(String contentType) {
    return contentType != null
        && contentType
            .split(";", 2)[0]
            .strip()
            .toLowerCase(Locale.ROOT)
            .equals(CloudEventHeaders.STRUCTURED);
  }

  private static JsonNode structuredData(JsonNode value) throws Unreadable {
    JsonNode data = value.get("data");
    if (data == null && value.hasNonNull("data_base64")) {
      return object(bytes(value.get("data_base64")));
    }
    if (data == null || !data.isObject()) {
      throw new Unreadable(DeadLetterReason.INVALID_EVENT, "data");
    }
    return data;
  }

  private static byte[] bytes(JsonNode base64) throws Unreadable {
    try {
      if (base64.isTextual()) {
        return base64.binaryValue();
      }
    } catch (IOException e) {
      // Falls through to the one answer for all unusable data.
    }
    throw new Unreadable(DeadLetterReason.INVALID_EVENT, "data_base64");
  }

  private static UUID id(String id) throws Unreadable {
    try {
      // UUID.fromString also takes signs, short groups and long ones; one id has one spelling.
      UUID uuid = UUID.fromString(Objects.requireNonNullElse(id, ""));
      if (uuid.toString().equalsIgnoreCase(id)) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one answer for all unusable ids.
    }
    throw new Unreadable(DeadLetterReason.INVALID_EVENT, CloudEventHeaders.ID);
  }

  private EventType type(String type) throws Unreadable {
    if (type == null || type.isBlank()) {
      throw new Unreadable(DeadLetterReason.INVALID_EVENT, CloudEventHeaders.TYPE);
    }
    return EventType.named(type)
        .filter(accepted::contains)
        .orElseThrow(() -> new Unreadable(DeadLetterReason.UNKNOWN_TYPE, type));
  }

  private static Instant time(String time) throws Unreadable {
    if (time == null) {
      return null;
    }
    try {
      return StorableTime.parse(time);
    } catch (DateTimeException e) {
      throw new Unreadable(DeadLetterReason.INVALID_EVENT, CloudEventHeaders.TIME);
    }
  }

  private static Event event(JsonNode data, Class<? extends Event> type) throws Unreadable {
    Optional<String> unstorable = StorableText.firstOffender(data);
    if (unstorable.isPresent()) {
      throw new Unreadable(
          DeadLetterReason.INVALID_EVENT, unstorable.filter(f -> !f.isEmpty()).orElse("data"));
    }
    try {
      return JSON.treeToValue(data, type);
    } catch (JsonMappingException e) {
      throw new Unreadable(DeadLetterReason.INVALID_EVENT, path(e));
    } catch (JacksonException e) {
      throw new Unreadable(DeadLetterReason.INVALID_JSON, reasonOf(e));
    }
  }

  private static void check(Event event, byte[] key) throws Unreadable {
    Fields fields = new Fields();
    event.check(fields);
    Optional<String> invalid = fields.invalid();
    if (invalid.isPresent()) {
      throw new Unreadable(DeadLetterReason.INVALID_EVENT, invalid.get());
    }
    if (!Arrays.equals(key, event.recordKey().getBytes(StandardCharsets.UTF_8))) {
      throw new Unreadable(DeadLetterReason.INVALID_EVENT, event.recordKeyField());
    }
  }

  /** Unknown fields and the sender's spelling are no content, so it is the event as we write it. */
  private static UUID contentId(EventType type, byte[] canonical) {
    byte[] name = type.typeName().getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(name, name.length + 1 + canonical.length);
    System.arraycopy(canonical, 0, all, name.length + 1, canonical.length);
    return UUID.nameUUIDFromBytes(all);
  }

  private static String path(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "data" : path;
  }

  private static String reasonOf(IOException e) {
    return e instanceof JacksonException parsing && parsing.getLocation() != null
        ? "not JSON at line "
            + parsing.getLocation().getLineNr()
            + ", column "
            + parsing.getLocation().getColumnNr()
        : "not JSON";
  }

  /** Field names and types come from the sender, up to the size of a value; headers stay small. */
  private static String shortened(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200);
  }
}
