package io.kagimori.activation.domain;

import java.time.Duration;
import java.util.UUID;

/**
 * How long an agent waits before it tries again what may pass by itself: twice as long after each
 * failure, up to a limit, and a share more or less so that devices that failed together do not come
 * back together. The share is drawn from the report's id: the same report gives the same answer.
 */
final class Retries {
  private static final Duration FIRST = Duration.ofMinutes(2);
  private static final Duration LONGEST = Duration.ofHours(4);

  /** A fifth more or less. */
  private static final double JITTER = 0.2;

  private Retries() {}

  /**
   * Seconds until the next try.
   *
   * @param failures failed attempts so far, this one included
   * @param cause id of the event that told of the failure
   */
  static long afterSeconds(int failures, UUID cause) {
    int doublings = Math.min(Math.max(failures, 1) - 1, 16);
    long seconds = Math.min(LONGEST.toSeconds(), FIRST.toSeconds() << doublings);
    double draw = Math.floorMod(cause.hashCode(), 10_000) / 9_999.0;
    return Math.round((double) seconds * (1 - JITTER + 2 * JITTER * draw));
  }
}
