package io.kagimori.contracts.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way for our own form says the same as the parser for all forms. */
class StorableTimeTest {
  private static final long YEARS_TO_9999 = 253_402_300_799L;
  private static final long FROM_YEAR_0 = 62_167_219_200L;

  @Test
  @DisplayName("every time in every form that services write is read back as it was")
  void sameAsTheGeneralParser() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      long second = random.nextLong(-FROM_YEAR_0, YEARS_TO_9999 + 1);
      int nanos =
          switch (i % 4) {
            case 0 -> 0;
            case 1 -> random.nextInt(1_000) * 1_000_000;
            case 2 -> random.nextInt(1_000_000) * 1_000;
            default -> random.nextInt(1_000_000_000);
          };
      Instant time = Instant.ofEpochSecond(second, nanos);
      assertThat(StorableTime.parse(time.toString())).isEqualTo(time);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-04-01T00:15:29Z",
        "2026-04-01T00:15:29.1Z",
        "2026-04-01T00:15:29.123456789Z",
        "2024-02-29T23:59:59Z",
        "2026-04-01T09:15:29+09:00",
        "2026-04-01T00:15Z",
        "0000-01-01T00:00:00Z"
      })
  void readLikeTheGeneralParser(String text) {
    assertThat(StorableTime.parse(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-04-01T00:15:29",
        "2026-04-01 00:15:29Z",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-04-01T24:00:00Z",
        "2026-04-01T00:60:00Z",
        "2026-04-01T00:00:60Z",
        "2026-04-01T00:00:00.1234567890Z",
        "2026-04-01T00:00:0xZ",
        "+10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z"
      })
  void refusedLikeByTheGeneralParser(String text) {
    assertThatThrownBy(() -> StorableTime.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
