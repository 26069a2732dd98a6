package io.kagimori.activation.domain;

import java.time.Instant;
import java.util.List;

/**
 * Those of the updates on a device that something needs; a device has hundreds of others, which no
 * rule asks for.
 *
 * @param numbers KB numbers, as {@code KB4490628}
 * @param at when they were listed
 */
public record InstalledUpdates(List<String> numbers, Instant at) {
  public InstalledUpdates {
    numbers = numbers == null ? List.of() : List.copyOf(numbers);
  }
}
