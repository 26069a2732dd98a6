package io.kagimori.agent.simulation;

import io.kagimori.contracts.event.EsuResult;
import java.util.List;
import java.util.Map;

/**
 * What was seen of an ESU run from outside.
 *
 * @param results every result about our devices, each event once, in the order it was seen
 * @param firstSeen when the first answer to each request was seen, in nanoseconds
 * @param faults resends that differ, and dead letters
 * @param leaks places where a full product key was seen
 * @param resent results received again
 * @param consumed seats consumed of each key
 * @param coverage state of each device after the run
 */
record EsuObserved(
    List<EsuResult> results,
    Map<String, Long> firstSeen,
    List<String> faults,
    List<String> leaks,
    int resent,
    Map<String, Long> consumed,
    Map<String, String> coverage) {
  EsuObserved {
    results = List.copyOf(results);
    firstSeen = Map.copyOf(firstSeen);
    faults = List.copyOf(faults);
    leaks = List.copyOf(leaks);
    consumed = Map.copyOf(consumed);
    coverage = Map.copyOf(coverage);
  }
}
