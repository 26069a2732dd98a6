package io.kagimori.contracts.cloudevents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Reads times as RFC 3339 has them: text with an offset, years 0000 to 9999. Java would also take
 * bare numbers, of which nobody can tell seconds from milliseconds, and years that PostgreSQL
 * cannot hold; found by the database such a year would cost the batch a rollback.
 */
final class StorableTime extends StdDeserializer<Instant> {
  private static final long serialVersionUID = 1L;
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private static final String FORM = "0000-00-00T00:00:00";
  private static final int SECONDS_END = FORM.length();
  private static final int NANO_DIGITS = 9;

  StorableTime() {
    super(Instant.class);
  }

  /**
   * The time that a text says.
   *
   * @throws DateTimeException when it says none, or one outside the years 0000 to 9999
   */
  static Instant parse(String text) {
    if (isPlain(text)) {
      return plain(text);
    }
    Instant time = OffsetDateTime.parse(text).toInstant();
    if (!storable(time)) {
      throw new DateTimeException("year out of range");
    }
    return time;
  }

  /**
   * Whether it is the form that services write, {@code 2026-04-01T00:15:29.123Z} with any number of
   * decimals or none. Stored documents are full of it, and the parser for all forms costs them more
   * than the rest of their JSON.
   */
  private static boolean isPlain(String text) {
    int last = text.length() - 1;
    if (last < SECONDS_END || last > SECONDS_END + 1 + NANO_DIGITS || text.charAt(last) != 'Z') {
      return false;
    }
    for (int i = 0; i < last; i++) {
      char wanted = i < SECONDS_END ? FORM.charAt(i) : i == SECONDS_END ? '.' : '0';
      char c = text.charAt(i);
      if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
        return false;
      }
    }
    return last != SECONDS_END + 1;
  }

  private static Instant plain(String text) {
    LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    LocalTime time =
        LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, SECONDS_END));
    int nanos = 0;
    for (int i = SECONDS_END + 1; i <= SECONDS_END + NANO_DIGITS; i++) {
      nanos = nanos * 10 + (i < text.length() - 1 ? text.charAt(i) - '0' : 0);
    }
    return Instant.ofEpochSecond(day.toEpochSecond(time, ZoneOffset.UTC), nanos);
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
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
