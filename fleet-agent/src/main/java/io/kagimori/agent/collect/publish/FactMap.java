package io.kagimori.agent.collect.publish;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Facts by name, absent ones as null, which is how events leave a field out. */
record FactMap(Map<String, Object> facts) {
  String text(String name) {
    Object value = facts.get(name);
    return value == null ? null : value.toString();
  }

  Integer integer(String name) {
    return facts.get(name) instanceof Number number ? number.intValue() : null;
  }

  Long number(String name) {
    return facts.get(name) instanceof Number number ? number.longValue() : null;
  }

  boolean isTrue(String name) {
    return Boolean.TRUE.equals(facts.get(name));
  }

  /** A list of texts, null where there is none. */
  List<String> texts(String name) {
    return facts.get(name) instanceof List<?> list
        ? list.stream().map(Object::toString).toList()
        : null;
  }

  /** A list of fact maps, empty where there is none. */
  List<FactMap> maps(String name) {
    return facts.get(name) instanceof List<?> list
        ? list.stream().filter(Map.class::isInstance).map(FactMap::of).toList()
        : List.of();
  }

  /** A fact map within this one. */
  Optional<FactMap> map(String name) {
    return facts.get(name) instanceof Map<?, ?> map ? Optional.of(of(map)) : Optional.empty();
  }

  @SuppressWarnings("unchecked") // facts hold maps of facts only, see Collected#facts
  private static FactMap of(Object map) {
    return new FactMap((Map<String, Object>) map);
  }
}
