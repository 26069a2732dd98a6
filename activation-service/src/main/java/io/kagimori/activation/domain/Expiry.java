package io.kagimori.activation.domain;

import java.time.Duration;
import java.time.Instant;

/**
 * When a license ends.
 *
 * @param kind permanent, at a date, or not known
 * @param at the date; null unless the kind is {@code DATE}
 */
public record Expiry(Kind kind, Instant at) {
  public static final Expiry PERMANENT = new Expiry(Kind.PERMANENT, null);
  public static final Expiry UNKNOWN = new Expiry(Kind.UNKNOWN, null);

  /** Longer than any license lasts; keeps nonsense from running out of the calendar. */
  private static final long MINUTES_MAX = Duration.ofDays(36_525).toMinutes();

  /** What is known of the end. */
  public enum Kind {
    PERMANENT,
    DATE,
    UNKNOWN
  }

  public static Expiry at(Instant at) {
    return new Expiry(Kind.DATE, at);
  }

  /** The end that is so many minutes away. */
  static Expiry after(Instant from, long minutes) {
    return at(from.plus(Duration.ofMinutes(Math.min(minutes, MINUTES_MAX))));
  }
}
