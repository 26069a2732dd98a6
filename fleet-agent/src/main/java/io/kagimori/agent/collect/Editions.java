package io.kagimori.agent.collect;

/** EditionIDs as DISM prints them: one word such as {@code ServerStandardEval}. */
final class Editions {
  private static final int LONGEST = 60;

  private Editions() {}

  static boolean isId(String text) {
    if (text.length() < 3 || text.length() > LONGEST || Values.isMasked(text, 3)) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 128 || !(Character.isLetterOrDigit(c) || c == '_' || c == '-')) {
        return false;
      }
    }
    return Character.isLetter(text.charAt(0));
  }
}
