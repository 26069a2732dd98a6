package io.kagimori.contracts.cloudevents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Reads a day as RFC 3339 writes it, {@code 2026-10-14}, and nothing else. */
final class PlainDate extends StdDeserializer<LocalDate> {
  private static final long serialVersionUID = 1L;
  private static final int LENGTH = 10;

  PlainDate() {
    super(LocalDate.class);
  }

  @Override
  public LocalDate deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return (LocalDate) context.handleUnexpectedToken(LocalDate.class, parser);
    }
    String text = parser.getText();
    try {
      if (text.length() == LENGTH) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeException e) {
      // Falls through to the one answer for all that is no day.
    }
    return (LocalDate) context.handleWeirdStringValue(LocalDate.class, text, "not a day");
  }
}
