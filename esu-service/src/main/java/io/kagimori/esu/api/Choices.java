package io.kagimori.esu.api;

import io.kagimori.stream.api.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what a query says, or answers with the field that cannot be read. */
final class Choices {
  private Choices() {}

  /** A constant by its name, in any case; absent when nothing was said. */
  static <E extends Enum<E>> Optional<E> of(Class<E> type, String text, String field) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    String name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return Optional.of(constant);
      }
    }
    throw Problem.of(
            400, "INVALID_FIELD", field, "It is none of " + List.of(type.getEnumConstants()) + ".")
        .exception();
  }

  /** A day; today, UTC, when nothing was said. */
  static LocalDate day(String text) {
    if (text == null || text.isBlank()) {
      return Instant.now().atOffset(ZoneOffset.UTC).toLocalDate();
    }
    try {
      return LocalDate.parse(text.strip());
    } catch (DateTimeException e) {
      throw Problem.of(400, "INVALID_FIELD", "asOf", "It must be a day such as 2026-10-14.")
          .exception();
    }
  }
}
