package io.kagimori.agent.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes note of what holds and what does not, with a few examples of the latter. */
final class Invariants {
  private static final int EXAMPLES = 5;

  private final Map<String, Boolean> held = new LinkedHashMap<>();
  private final Map<String, Integer> broken = new LinkedHashMap<>();
  private final List<String> findings = new ArrayList<>();

  /** An invariant that is checked even where nothing was found to check it on. */
  void checked(String name) {
    held.putIfAbsent(name, true);
  }

  /** Notes one check of an invariant; {@code what} says what was found. */
  void check(String name, boolean ok, String what) {
    checked(name);
    if (ok) {
      return;
    }
    held.put(name, false);
    if (broken.merge(name, 1, Integer::sum) <= EXAMPLES) {
      findings.add(name + ": " + what);
    }
  }

  Map<String, Boolean> held() {
    return held;
  }

  List<String> findings() {
    return findings;
  }
}
