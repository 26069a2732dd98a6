package io.kagimori.contracts.cloudevents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Reads times as RFC 3339 has them: text with an offset, years 0000 to 9999. Java would also take
 * bare numbers, of which nobody can tell seconds from milliseconds, and years that PostgreSQL
 * cannot hold; found by the database such a year would cost the batch a rollback.
 */
final class StorableTime extends StdDeserializer<Instant> {
  private static final long serialVersionUID = 1L;
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  StorableTime() {
    super(Instant.class);
  }

  /**
   * The time that a text says.
   *
   * @throws DateTimeException when it says none, or one outside the years 0000 to 9999
   */
  static Instant parse(String text) {
    Instant time = OffsetDateTime.parse(text).toInstant();
    if (!storable(time)) {
      throw new DateTimeException("year out of range");
    }
    return time;
  }

  /** Whether a time lies in the years 0000 to 9999, UTC. */
  static boolean storable(Instant time) {
    return !time.isBefore(FIRST) && time.isBefore(END);
  }

  @Override
  public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return (Instant) context.handleUnexpectedToken(Instant.class, parser);
    }
    String text = parser.getText();
    try {
      return parse(text);
    } catch (DateTimeException e) {
      return (Instant) context.handleWeirdStringValue(Instant.class, text, "not an RFC 3339 time");
    }
  }
}
