package io.kagimori.agent.simulation;

import java.util.Map;

/** What came of a run, as its auditor saw it. */
public interface Audited {
  /** Requests that miss an answer. */
  int lost();

  /** Whether each invariant holds. */
  Map<String, Boolean> invariants();

  /** Whether nothing is lost and every invariant holds. */
  default boolean good() {
    return lost() == 0 && invariants().values().stream().allMatch(ok -> ok);
  }
}
