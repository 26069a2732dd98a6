package io.kagimori.agent.collect;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * The form under which labels are looked up: letters and digits only, lower case, no accents, full
 * width as half width, without articles and prepositions. So folding, spacing, hyphens, apostrophes
 * and the many ways of joining nouns in Romance languages need no spelling of their own.
 */
final class LabelKey {
  /** Longer texts are no labels; the limit keeps a line of any length cheap. */
  static final int LONGEST = 240;

  private static final int STOP_WORD_MAX = 5;

  /** Articles and prepositions, each as the number that its letters make. */
  private static final long[] STOP_WORDS =
      packed(
          "a", "o", "d", "l", "de", "do", "da", "di", "du", "la", "le", "el", "lo", "il", "of",
          "dos", "das", "del", "dei", "des", "les", "los", "las", "der", "die", "dem", "den", "the",
          "dell", "degli", "della", "dello", "delle");

  private static final char DROPPED = 0;
  private static final char SEPARATOR = ' ';
  private static final char[] FOLDED = new char[0x250];

  static {
    for (char c = 0; c < FOLDED.length; c++) {
      FOLDED[c] = foldSlowly(c);
    }
  }

  private LabelKey() {}

  /**
   * Writes the key of {@code text[from, to)} to the beginning of a buffer.
   *
   * @param key at least twice as long as the text
   * @return length of the key, 0 where nothing is left or the text is too long
   */
  static int write(String text, int from, int to, char[] key) {
    int count = to - from;
    if (count > LONGEST || count <= 0) {
      return 0;
    }
    // The text stands in the second half while the key grows in the first.
    text.getChars(from, to, key, count);
    int length = 0;
    int token = 0;
    for (int i = count; i < 2 * count; i++) {
      char raw = key[i];
      char c = fold(raw);
      if (c == SEPARATOR) {
        length = isStopWord(key, token, length) ? token : length;
        token = length;
      } else if (c != DROPPED) {
        key[length++] = c;
        if (raw == 'ß') {
          key[length++] = 's';
        }
      }
    }
    return isStopWord(key, token, length) ? token : length;
  }

  /** A buffer for {@link #write}. */
  static char[] buffer(int from, int to) {
    return new char[Math.clamp(2L * (to - from), 0, 2 * LONGEST)];
  }

  /** The key of {@code text[from, to)}, empty where nothing is left or the text is too long. */
  static String of(String text, int from, int to) {
    char[] key = buffer(from, to);
    return new String(key, 0, write(text, from, to, key));
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
    if (c >= 0x370 && c <= 0x52F) {
      return foldGreekOrCyrillic(c);
    }
    if (c >= 0xFF01 && c <= 0xFF5E) {
      return FOLDED[c - 0xFEE0];
    }
    // Long-vowel mark and genitive particles come and go between releases of the same text.
    if (c == 'ー' || c == 'の' || c == '的' || (c >= 0x300 && c <= 0x36F)) {
      return DROPPED;
    }
    // Korean Windows writes the word for license in two ways.
    if (c == '센') {
      return '선';
    }
    return Character.isLetterOrDigit(c) ? c : SEPARATOR;
  }

  private static char foldGreekOrCyrillic(char c) {
    char lower = Character.toLowerCase(c);
    if (lower == 'ё') {
      return 'е';
    }
    return Character.isLetterOrDigit(lower) ? lower : SEPARATOR;
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
    if (length < 1 || length > STOP_WORD_MAX || "adeilot".indexOf(key[from]) < 0) {
      return false;
    }
    long packed = 0;
    for (int i = from; i < to; i++) {
      packed = (packed << 8) | (key[i] & 0xFF);
    }
    return Arrays.binarySearch(STOP_WORDS, packed) >= 0 && isAscii(key, from, to);
  }

  private static boolean isAscii(char[] key, int from, int to) {
    for (int i = from; i < to; i++) {
      if (key[i] >= 128) {
        return false;
      }
    }
    return true;
  }

  private static long[] packed(String... words) {
    long[] packed = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      for (char c : words[i].toCharArray()) {
        packed[i] = (packed[i] << 8) | c;
      }
    }
    Arrays.sort(packed);
    return packed;
  }
}
