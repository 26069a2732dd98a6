package io.kagimori.agent.keys;

import java.time.LocalDate;
import java.time.ZoneOffset;

/** Days as people write them, as instants that the services read. */
public final class Days {
  private Days() {}

  /** The first moment of a day, UTC; null stays null. */
  public static String start(LocalDate day) {
    return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant().toString();
  }

  /** The last second of a day, UTC; null stays null. */
  public static String end(LocalDate day) {
    return day == null
        ? null
        : day.plusDays(1).atStartOfDay(ZoneOffset.UTC).minusSeconds(1).toInstant().toString();
  }
}
