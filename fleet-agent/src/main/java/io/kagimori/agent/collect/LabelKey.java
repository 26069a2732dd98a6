package io.kagimori.agent.collect;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The form under which labels are looked up: letters and digits only, lower case, no accents, full
 * width as half width, without articles and prepositions. So folding, spacing, hyphens, apostrophes
 * and the many ways of joining nouns in Romance languages need no spelling of their own.
 */
final class LabelKey {
  /** Longer texts are no labels; the limit keeps a line of any length cheap. */
  static final int LONGEST = 240;

  private static final char DROPPED = 0;
  private static final char SEPARATOR = ' ';
  private static final char[] FOLDED = new char[0x250];

  static {
    for (char c = 0; c < FOLDED.length; c++) {
      FOLDED[c] = foldSlowly(c);
    }
  }

  private LabelKey() {}

  /** The key of {@code text[from, to)}, empty where nothing is left or the text is too long. */
  static String of(CharSequence text, int from, int to) {
    if (to - from > LONGEST) {
      return "";
    }
    char[] key = new char[2 * (to - from)];
    int length = 0;
    int token = 0;
    for (int i = from; i < to; i++) {
      char c = fold(text.charAt(i));
      if (c == SEPARATOR) {
        length = isStopWord(key, token, length) ? token : length;
        token = length;
      } else if (c != DROPPED) {
        key[length++] = c;
        if (text.charAt(i) == 'ß') {
          key[length++] = 's';
        }
      }
    }
    length = isStopWord(key, token, length) ? token : length;
    return length == 0 ? "" : new String(key, 0, length);
  }

  static String of(String text) {
    return of(text, 0, text.length());
  }

  /** One word in lower case without accents, be it a stop word or not. */
  static String folded(CharSequence word) {
    StringBuilder out = new StringBuilder(word.length() + 1);
    for (int i = 0; i < word.length(); i++) {
      char c = fold(word.charAt(i));
      if (c != DROPPED && c != SEPARATOR) {
        out.append(c);
      }
      if (word.charAt(i) == 'ß') {
        out.append('s');
      }
    }
    return out.toString();
  }

  private static char fold(char c) {
    if (c < FOLDED.length) {
      return FOLDED[c];
    }
    if (c >= 0xFF01 && c <= 0xFF5E) {
      return FOLDED[c - 0xFEE0];
    }
    // Long-vowel mark and genitive particles come and go between releases of the same text.
    if (c == 'ー' || c == 'の' || c == '的' || (c >= 0x300 && c <= 0x36F)) {
      return DROPPED;
    }
    return Character.isLetterOrDigit(c) ? c : SEPARATOR;
  }

  private static char foldSlowly(char c) {
    if (c == 'ß') {
      return 's';
    }
    if (c == 'ł' || c == 'Ł') {
      return 'l';
    }
    if (!Character.isLetterOrDigit(c)) {
      return SEPARATOR;
    }
    char base = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKD).charAt(0);
    String lower = String.valueOf(base).toLowerCase(Locale.ROOT);
    return lower.charAt(0);
  }

  private static boolean isStopWord(char[] key, int from, int to) {
    int length = to - from;
    if (length < 1 || length > 5 || "adeilot".indexOf(key[from]) < 0) {
      return false;
    }
    return switch (new String(key, from, length)) {
      case "a", "o", "d", "l" -> true;
      case "de", "do", "da", "di", "du", "la", "le", "el", "lo", "il", "of" -> true;
      case "dos",
          "das",
          "del",
          "dei",
          "des",
          "les",
          "los",
          "las",
          "der",
          "die",
          "dem",
          "den",
          "the" ->
          true;
      case "dell", "degli", "della", "dello", "delle" -> true;
      default -> false;
    };
  }
}
