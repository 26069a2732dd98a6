package io.kagimori.edition.domain;

import io.kagimori.contracts.event.Event;
import java.util.List;

/**
 * What an event makes of a change.
 *
 * @param change the change afterwards
 * @param said what is to be published, in order
 */
public record Step(DeviceChange change, List<Event> said) {
  public Step {
    said = List.copyOf(said);
  }

  static Step quiet(DeviceChange change) {
    return new Step(change, List.of());
  }
}
