package io.kagimori.edition.domain;

import io.kagimori.contracts.event.EditionState;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How many changes of a campaign stand where, wave by wave. */
public final class CampaignCount {
  private final TreeMap<Integer, Map<EditionState, Long>> waves = new TreeMap<>();

  /** Puts in a number as it was read. */
  public void loaded(int wave, EditionState state, long changes) {
    waves.computeIfAbsent(wave, w -> new TreeMap<>()).merge(state, changes, Long::sum);
  }

  long of(EditionState state) {
    return waves.values().stream().mapToLong(states -> states.getOrDefault(state, 0L)).sum();
  }

  /** Ends that nobody wanted, and devices that are stuck. */
  long failures() {
    return of(EditionState.FAILED) + of(EditionState.NEEDS_ACTIVATION) + of(EditionState.STALLED);
  }

  long successes() {
    return of(EditionState.COMPLETED);
  }

  /** The first wave that has changes waiting. */
  Optional<Integer> nextWave() {
    return waves.entrySet().stream()
        .filter(wave -> wave.getValue().getOrDefault(EditionState.QUEUED, 0L) > 0)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether everything before a wave has come to an end. */
  boolean isEndedBefore(int wave) {
    return waves.headMap(wave).values().stream()
        .flatMap(states -> states.entrySet().stream())
        .allMatch(entry -> entry.getValue() == 0 || DeviceChange.isEnd(entry.getKey()));
  }
}
