package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one reader found in a text. */
final class Reading {
  private final Kind kind;
  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final List<Map<String, Object>> products = new ArrayList<>();
  private final List<Map<String, Object>> events = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Term> wordings = new ArrayList<>();
  private final List<String> unrecognized = new ArrayList<>();

  Reading(Kind kind) {
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** Facts of the machine or of the text as a whole. */
  Map<String, Object> facts() {
    return facts;
  }

  /** Facts of each license listed. */
  List<Map<String, Object>> products() {
    return products;
  }

  /** Facts of each event logged. */
  List<Map<String, Object>> events() {
    return events;
  }

  List<Finding> findings() {
    return findings;
  }

  /** Wordings met, which tell the language. */
  List<Term> wordings() {
    return wordings;
  }

  /** Pieces within the reader's own part that it does not know. */
  List<String> unrecognized() {
    return unrecognized;
  }

  boolean isEmpty() {
    return facts.isEmpty() && products.isEmpty() && events.isEmpty();
  }

  /** Keeps a fact unless the value is absent or the fact is known already. */
  void put(String fact, Object value) {
    if (value != null) {
      facts.putIfAbsent(fact, value);
    }
  }
}
