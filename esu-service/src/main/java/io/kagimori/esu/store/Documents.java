package io.kagimori.esu.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kagimori.contracts.cloudevents.EventJson;
import java.nio.charset.StandardCharsets;

/** Domain records as the JSON documents of their rows. */
final class Documents {
  private Documents() {}

  static String write(Object value) {
    return new String(EventJson.bytes(value), StandardCharsets.UTF_8);
  }

  static <T> T read(String document, Class<T> type) {
    try {
      return EventJson.mapper().readValue(document, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored document is not a " + type.getSimpleName(), e);
    }
  }
}
