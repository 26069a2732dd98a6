package io.kagimori.edition.domain;

import java.util.Locale;

/** What an EditionID says by itself. */
final class Editions {
  private static final String EVALUATION = "eval";
  private static final String CORE = "cor";

  private Editions() {}

  static boolean same(String one, String other) {
    return one != null && one.equalsIgnoreCase(other);
  }

  /** Whether it is an evaluation version. */
  static boolean isEvaluation(String edition) {
    return edition.toLowerCase(Locale.ROOT).contains(EVALUATION);
  }

  /** Whether it is a Server Core installation. */
  static boolean isCore(String edition) {
    return edition.toLowerCase(Locale.ROOT).endsWith(CORE);
  }
}
