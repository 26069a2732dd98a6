package io.kagimori.contracts.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTimeTest {
  private static final String CHARACTERS = "0123456789-:.TZtz+ \uff11";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-10-14T00:00:00Z",
        "2026-10-14T23:59:59.1Z",
        "2026-10-14T23:59:59.123456789Z",
        "2026-10-14T23:59:59.123456Z",
        "0000-01-01T00:00:00Z",
        "2024-02-29T12:00:00Z",
        "2026-10-14T09:00:00+09:00",
        "2026-10-14T00:00:00z",
        "2026-10-14t00:00:00Z",
        "2026-10-14T00:00Z",
        "2023-02-29T12:00:00Z",
        "2026-10-14T24:00:00Z",
        "2026-10-14T23:59:60Z",
        "2026-13-01T00:00:00Z",
        "2026-10-14T00:00:00.Z",
        "2026-10-14T00:00:00.1234567890Z",
        "2026-10-14T00:00:00",
        "+2026-10-14T00:00:0Z",
        "2026-10-14T00:00:+1Z",
        "2026-10-14T00:00:00.-5Z",
        "",
        "Z"
      })
  void agreesWithTheGeneralParser(String text) {
    assertThat(read(text)).isEqualTo(generally(text));
  }

  @Test
  void agreesWithTheGeneralParserOnAnyTime() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      Instant time =
          Instant.ofEpochSecond(random.nextLong(-62_167_219_200L, 253_402_300_800L))
              .plusNanos(random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000_000));
      assertThat(read(time.toString())).hasValue(time);
    }
  }

  @Test
  void agreesWithTheGeneralParserOnMisspelledTimes() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("2026-10-14T23:59:59.123456Z");
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        int at = random.nextInt(text.length());
        char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, other);
          case 1 -> text.deleteCharAt(at);
          default -> text.insert(at, other);
        }
      }
      assertThat(read(text.toString())).as("%s", text).isEqualTo(generally(text.toString()));
    }
  }

  private static Optional<Instant> read(String text) {
    try {
      return Optional.of(StorableTime.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> generally(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(StorableTime::storable);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
