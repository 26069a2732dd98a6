package io.kagimori.key.domain;

import io.kagimori.contracts.event.Warning;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When a pool is to be called low. Either limit may be absent.
 *
 * @param percent warn when fewer than this share of the purchased seats is available
 * @param seats warn when fewer than this many seats are available
 */
public record LowPool(Integer percent, Long seats) {

  /** The warning {@code LOW_POOL}, when the pool is below a limit. */
  public Optional<Warning> warning(Pool pool) {
    boolean belowShare = percent != null && pool.available() < share(pool.purchased(), percent);
    boolean belowSeats = seats != null && pool.available() < seats;
    if (!belowShare && !belowSeats) {
      return Optional.empty();
    }
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("available", pool.available());
    detail.put("purchased", pool.purchased());
    if (percent != null) {
      detail.put("percent", percent);
    }
    if (seats != null) {
      detail.put("seats", seats);
    }
    return Optional.of(new Warning("LOW_POOL", detail));
  }

  /** Rounded up, and without a product that a very large purchase would overflow. */
  private static long share(long purchased, int percent) {
    return purchased / 100 * percent + Math.ceilDiv(purchased % 100 * percent, 100);
  }
}
