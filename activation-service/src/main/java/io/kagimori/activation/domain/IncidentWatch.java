package io.kagimori.activation.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is watched of one kind of failure.
 *
 * @param kind what makes the failures alike
 * @param recent failures that are no incident yet, the newest of each device, oldest first
 * @param open the incident that goes on; null while there is none
 */
public record IncidentWatch(String kind, List<FailureSignal> recent, Incident open) {
  public IncidentWatch {
    recent = recent == null ? List.of() : List.copyOf(recent);
  }

  static IncidentWatch idle(String kind) {
    return new IncidentWatch(kind, List.of(), null);
  }

  /** Whether there is nothing left to remember. */
  public boolean isIdle() {
    return open == null && recent.isEmpty();
  }

  /** When a tick has to look at it; null when never. */
  public Instant dueAt(Duration window, Duration quiet) {
    if (open != null) {
      return open.lastAt().plus(quiet);
    }
    return recent.isEmpty() ? null : recent.get(recent.size() - 1).at().plus(window);
  }
}
