package io.kagimori.activation.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Codes that the catalogue does not know, counted as they were printed. Not for several threads.
 */
public final class UnknownCodes {
  private final Map<String, Seen> seen = new TreeMap<>();

  /**
   * How often a code came in.
   *
   * @param code verbatim
   * @param count how often
   * @param firstAt record time of the first
   * @param lastAt record time of the newest
   * @param deviceId the device that printed it last
   */
  public record Seen(String code, long count, Instant firstAt, Instant lastAt, String deviceId) {}

  /** A code came in. */
  public void seen(String code, String deviceId, Instant at) {
    seen.merge(
        code,
        new Seen(code, 1, at, at, deviceId),
        (before, now) ->
            new Seen(code, before.count() + 1, before.firstAt(), now.lastAt(), deviceId));
  }

  /** How many came in, whichever they were. */
  public long count() {
    return seen.values().stream().mapToLong(Seen::count).sum();
  }

  /** Each code once, sorted. */
  public Collection<Seen> all() {
    return List.copyOf(seen.values());
  }
}
