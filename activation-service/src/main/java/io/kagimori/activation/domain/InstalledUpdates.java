package io.kagimori.activation.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Those of the updates on a device that something needs, and the newest of all; a device has
 * hundreds of others, which no rule asks for.
 *
 * @param numbers KB numbers, as {@code KB4490628}
 * @param at when they were listed
 * @param newest the highest KB number of the list; null where none was listed
 */
public record InstalledUpdates(List<String> numbers, Instant at, String newest) {
  /** Longer numbers are higher ones. */
  static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  public InstalledUpdates {
    numbers = numbers == null ? List.of() : List.copyOf(numbers);
  }
}
