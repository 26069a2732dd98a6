package io.kagimori.agent.collect;

/**
 * A line with what it means.
 *
 * @param term the label or statement found, null for a line that was not understood
 * @param value text behind the label, empty for statements and for empty values
 * @param text the whole line
 * @param propertyStyle true where a label of several words is written as one word, as WMI does
 */
record Entry(Term term, String value, String text, boolean propertyStyle) {
  static Entry unknown(String text) {
    return new Entry(null, "", text, false);
  }

  boolean isKnown() {
    return term != null;
  }

  boolean isStatement() {
    return isKnown() && !term.value().isEmpty();
  }

  boolean isLabel(String fact) {
    return isKnown() && !isStatement() && term.fact().equals(fact);
  }
}
