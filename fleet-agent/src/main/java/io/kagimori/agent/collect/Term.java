package io.kagimori.agent.collect;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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

  /** The term of the languages of both; empty where they differ in meaning. */
  Optional<Term> and(Term other) {
    if (!fact.equals(other.fact) || !value.equals(other.value)) {
      return Optional.empty();
    }
    Set<String> both = new TreeSet<>(languages);
    both.addAll(other.languages);
    return Optional.of(new Term(fact, value, both));
  }

  boolean in(String language) {
    return languages.contains(language);
  }
}
