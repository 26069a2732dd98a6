package io.kagimori.agent.collect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The edition as several outputs of one machine name it: {@code systeminfo} in words, slmgr in the
 * license name, DISM by EditionID. Where they differ nobody guesses.
 */
final class EditionEvidence {
  /** The word of an edition wherever it is named; the longer of two overlapping words first. */
  private static final Map<String, String> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("datacenter", "Datacenter");
    WORDS.put("standard", "Standard");
    WORDS.put("essentials", "Essentials");
    WORDS.put("solution", "Essentials");
    WORDS.put("foundation", "Foundation");
    WORDS.put("enterprise", "Enterprise");
    WORDS.put("education", "Education");
    WORDS.put("ultimate", "Ultimate");
    WORDS.put("business", "Business");
    WORDS.put("professional", "Professional");
    WORDS.put(" pro", "Professional");
    WORDS.put("home", "Home");
    WORDS.put("core edition", "Home");
  }

  private EditionEvidence() {}

  /** The finding for a text whose outputs name different editions. */
  static Optional<Finding> conflict(Map<String, Object> facts, List<Map<String, Object>> products) {
    Map<String, String> named = new LinkedHashMap<>();
    name(named, "os_name", facts.get("os_name"));
    name(named, "current_edition", facts.get("current_edition"));
    Object license =
        products.size() == 1
            ? products.get(0).get("name")
            : products.isEmpty() ? facts.get("name") : null;
    if (license != null && license.toString().startsWith("Windows")) {
      name(named, "name", license);
    }
    return named.values().stream().distinct().count() > 1
        ? Optional.of(new Finding(Finding.EVIDENCE_CONFLICT, named.toString()))
        : Optional.empty();
  }

  private static void name(Map<String, String> named, String fact, Object value) {
    if (value == null) {
      return;
    }
    String lower = value.toString().toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> word : WORDS.entrySet()) {
      if (lower.contains(word.getKey())) {
        named.put(fact, word.getValue());
        return;
      }
    }
  }
}
