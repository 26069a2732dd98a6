package io.kagimori.edition.domain;

import java.util.LinkedHashMap;
import java.util.Map;

/** Builds the details of an answer; absent values are left out. */
final class Details {
  private final Map<String, Object> map = new LinkedHashMap<>();

  static Map<String, Object> of(String name, Object value) {
    return new Details().with(name, value).map();
  }

  Details with(String name, Object value) {
    if (value != null) {
      map.put(name, value);
    }
    return this;
  }

  Map<String, Object> map() {
    return map;
  }
}
