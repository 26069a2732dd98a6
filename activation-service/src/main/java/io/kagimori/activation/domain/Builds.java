package io.kagimori.activation.domain;

import java.util.Optional;

/** Compares builds of Windows as tools print them: {@code 17763.5458}, {@code 10.0.17763}. Pure. */
final class Builds {
  private Builds() {}

  /** Whether a build is at least another one; empty where what is told does not decide it. */
  static Optional<Boolean> reached(String build, String least) {
    if (build == null || least == null) {
      return Optional.empty();
    }
    String[] have = parts(build);
    String[] want = parts(least);
    for (int i = 0; i < want.length; i++) {
      if (i >= have.length || !isNumber(have[i]) || !isNumber(want[i])) {
        return Optional.empty();
      }
      int difference = Integer.compare(Integer.parseInt(have[i]), Integer.parseInt(want[i]));
      if (difference != 0) {
        return Optional.of(difference > 0);
      }
    }
    return Optional.of(true);
  }

  /** What was said last, unless it is the same build without the revision that was known before. */
  static String exacter(String before, String said) {
    boolean lessExact = said == null || (before != null && before.startsWith(said + "."));
    return lessExact ? before : said;
  }

  /** Without the leading {@code 10.0.} of some tools. */
  private static String[] parts(String build) {
    String stripped = build.strip();
    return (stripped.startsWith("10.0.") ? stripped.substring(5) : stripped).split("\\.", -1);
  }

  private static boolean isNumber(String part) {
    return part.matches("\\d{1,9}");
  }
}
