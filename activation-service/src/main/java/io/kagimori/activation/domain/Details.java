package io.kagimori.activation.domain;

import java.util.LinkedHashMap;
import java.util.Map;

/** Builds the figures of a reason in a fixed order, so that the same answer has the same bytes. */
final class Details {
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Adds a value; an absent one is left out. */
  Details with(String name, Object value) {
    if (value != null) {
      values.put(name, value);
    }
    return this;
  }

  /** Adds all values of another detail; null adds none. */
  Details withAll(Map<String, Object> others) {
    if (others != null) {
      values.putAll(others);
    }
    return this;
  }

  Map<String, Object> map() {
    return values;
  }
}
