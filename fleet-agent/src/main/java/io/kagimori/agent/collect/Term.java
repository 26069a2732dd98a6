package io.kagimori.agent.collect;

import java.util.Set;

/**
 * What a wording means.
 *
 * @param fact the fact it names; {@code -} for wordings that are known and carry no fact kept here
 * @param value for statements and value words the value they assert, otherwise empty
 * @param languages the languages that word it so
 */
record Term(String fact, String value, Set<String> languages) {
  boolean isKnownOnly() {
    return fact.equals("-");
  }

  boolean in(String language) {
    return languages.contains(language);
  }
}
