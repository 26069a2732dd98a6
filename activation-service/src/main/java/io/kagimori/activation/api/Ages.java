package io.kagimori.activation.api;

import java.time.Duration;
import java.time.Instant;

/** How old a fact is. */
final class Ages {
  private Ages() {}

  /** Whole minutes since then, none for the future; null where no time is known. */
  static Long minutes(Instant at, Instant now) {
    return at == null ? null : Math.max(0, Duration.between(at, now).toMinutes());
  }
}
