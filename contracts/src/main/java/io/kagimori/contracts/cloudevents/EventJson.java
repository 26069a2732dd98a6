package io.kagimori.contracts.cloudevents;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kagimori.contracts.event.Event;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The one JSON mapping of all events: lowerCamelCase, absent fields left out, times as RFC 3339
 * UTC, unknown fields ignored. Writing the same event twice gives the same bytes.
 */
public final class EventJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          // After JavaTimeModule, whose own reading of times and dates it replaces.
          .addModule(
              new SimpleModule()
                  .addDeserializer(Instant.class, new StorableTime())
                  .addDeserializer(LocalDate.class, new PlainDate()))
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          // A hole in a list is nobody's meaning; here it is named, in a rule it would be a crash.
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          // Otherwise Jackson writes each emoji as two escapes, three times its size in UTF-8.
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          // Maps of details come in any order, and Map.of in another one in each process.
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private EventJson() {}

  /** The shared mapper, for documents that are not events. Do not configure it further. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The bytes of an event, or of anything else in the events' style. */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + value.getClass(), e);
    }
  }

  /** Reads an event from bytes that are known to be good, such as our own stored answers. */
  public static <E extends Event> E read(byte[] bytes, Class<E> type) {
    try {
      return MAPPER.readValue(bytes, type);
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException("not a " + type.getSimpleName(), e);
    }
  }
}
