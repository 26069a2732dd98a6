package io.kagimori.agent.collect;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The words of a label whatever their order and endings, for languages that write words apart. It
 * stands behind {@link LabelKey}: two labels of the same words say the same in another order or
 * number, as {@code restants} and {@code restantes} do. A single word decides nothing here.
 */
final class LabelWords {
  private static final int WORDS_MIN = 2;
  private static final int SHORTEST = 8;
  private static final int STEM_MIN = 4;
  private static final int ENDING_MAX = 3;

  /**
   * Words that only join others; none that negates or switches, as {@code no} and {@code aus} do.
   */
  private static final Set<String> JOINTS =
      Set.of(
          "a", "al", "alla", "am", "and", "ao", "at", "au", "aux", "d", "da", "dal", "dalla", "das",
          "de", "degli", "dei", "del", "dell", "della", "delle", "dello", "dem", "den", "der",
          "des", "di", "die", "do", "dos", "du", "e", "el", "em", "en", "es", "est", "esta", "et",
          "for", "from", "fur", "i", "il", "im", "in", "is", "ist", "l", "la", "las", "le", "les",
          "lo", "los", "mit", "na", "nas", "nel", "nella", "o", "of", "par", "para", "pela", "pelo",
          "per", "por", "pour", "sul", "the", "to", "u", "um", "uma", "un", "una", "und", "une",
          "uno", "via", "vom", "von", "w", "y", "z", "ze", "zu", "zum", "zur");

  private LabelWords() {}

  /** The words of a label, sorted; empty for one that is no such label. */
  static Set<String> of(String label) {
    return of(label, 0, label.length(), word -> true);
  }

  /**
   * The words of {@code text[from, to)}, sorted; empty for a text that is no such label.
   *
   * @param known whether a word stands in any label; most texts have one that does not
   */
  static Set<String> of(String text, int from, int to, Predicate<String> known) {
    if (to - from > LabelKey.LONGEST || to - from < SHORTEST) {
      return Set.of();
    }
    Set<String> words = new TreeSet<>();
    StringBuilder word = new StringBuilder();
    for (int i = from; i <= to; i++) {
      char c = i < to ? text.charAt(i) : ' ';
      if ((c >= 0x250 && c < 0x2000) || c > 0x206F) {
        return Set.of();
      }
      if (Character.isLetterOrDigit(c)) {
        word.append(c);
      } else if (!word.isEmpty()) {
        String plain = LabelKey.folded(word);
        if (!JOINTS.contains(plain)) {
          String stem = stem(plain);
          if (!known.test(stem)) {
            return Set.of();
          }
          words.add(stem);
        }
        word.setLength(0);
      }
    }
    return words.size() < WORDS_MIN ? Set.of() : words;
  }

  private static String stem(String word) {
    int end = word.length();
    for (int cut = 0; cut < ENDING_MAX && end > STEM_MIN && isEnding(word.charAt(end - 1)); cut++) {
      end--;
    }
    return word.substring(0, end);
  }

  private static boolean isEnding(char c) {
    return "aeiouysnm".indexOf(c) >= 0;
  }
}
