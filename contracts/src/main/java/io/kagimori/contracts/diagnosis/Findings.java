package io.kagimori.contracts.diagnosis;

import io.kagimori.contracts.catalogue.FindingKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects findings with their facts in the order in which they were read. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();
  private final String source;
  private final Instant at;

  Findings(String source, Instant at) {
    this.source = source;
    this.at = at;
  }

  /**
   * Adds a finding.
   *
   * @param facts names and values in turns; absent values are left out
   */
  void add(FindingKind kind, Object... facts) {
    Map<String, Object> known = new LinkedHashMap<>();
    for (int i = 0; i < facts.length; i += 2) {
      if (facts[i + 1] != null) {
        known.put((String) facts[i], facts[i + 1]);
      }
    }
    all.add(new Finding(kind, known, source, at));
  }

  /** Adds a finding when it is so. */
  void when(boolean so, FindingKind kind, Object... facts) {
    if (so) {
      add(kind, facts);
    }
  }

  List<Finding> all() {
    return all;
  }
}
