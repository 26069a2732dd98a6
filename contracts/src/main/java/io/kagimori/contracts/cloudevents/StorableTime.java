package io.kagimori.contracts.cloudevents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
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

  StorableTime() {
    super(Instant.class);
  }

  /**
   * The time that a text says.
   *
   * @throws DateTimeException when it says none, or one outside the years 0000 to 9999
   */
  static Instant parse(String text) {
    Instant usual = inUtc(text);
    Instant time = usual == null ? OffsetDateTime.parse(text).toInstant() : usual;
    if (!storable(time)) {
      throw new DateTimeException("year out of range");
    }
    return time;
  }

  /**
   * A time in the form in which events carry it, {@code 2026-10-14T00:00:00.123Z}; null in any
   * other. The general parser takes longer for the times of an event than for all else it says.
   */
  private static Instant inUtc(String text) {
    int end = text.length() - 1;
    boolean isUsual =
        end >= 19
            && end <= 29
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':'
            && (end == 19 || (text.charAt(19) == '.' && end > 20))
            && text.charAt(end) == 'Z';
    if (!isUsual) {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int nano = end == 19 ? 0 : number(text, 20, end);
    if ((year | month | day | hour | minute | second | nano) < 0) {
      return null;
    }
    for (int digits = end - 20; end > 19 && digits < 9; digits++) {
      nano *= 10;
    }
    return LocalDateTime.of(year, month, day, hour, minute, second, nano).toInstant(ZoneOffset.UTC);
  }

  /** The number that ASCII digits say; negative when there are other characters. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int at = from; at < to; at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
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
