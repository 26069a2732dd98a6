package io.kagimori.agent.collect;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells the language of a text: by script where that is enough, else by the labels found. */
final class TextLanguage {
  static final String UNKNOWN = "und";
  private static final int ENOUGH = 20_000;
  private static final int ENOUGH_ENTRIES = 200;

  /** A name in Han makes no Chinese text of a long English one; a copyright notice does. */
  private static final int SIGNS_PER_HAN = 1_000;

  /** Letters that Russian does not have. */
  private static final String UKRAINIAN = "іїєґІЇЄҐ";

  private static final Map<String, List<String>> FREQUENT =
      Map.of(
          "en", List.of("the", "and", "is", "with", "this"),
          "de", List.of("der", "und", "ist", "nicht", "mit"),
          "fr", List.of("le", "les", "est", "avec", "pour", "résultat", "attendu"),
          "es", List.of("los", "las", "es", "para", "con"),
          "it", List.of("il", "che", "è", "per", "della"),
          "pt", List.of("os", "não", "é", "para", "uma"),
          "pl", List.of("nie", "jest", "się", "z", "na"));

  private TextLanguage() {}

  /**
   * @param text the whole text
   * @param entries its slmgr lines
   * @param wordings wordings of other tools met in it
   * @param prose what is left when all outputs are taken out
   */
  static String of(String text, List<Entry> entries, List<Term> wordings, List<String> prose) {
    int kana = 0;
    int hangul = 0;
    int han = 0;
    int cyrillic = 0;
    int ukrainian = 0;
    int length = Math.min(text.length(), ENOUGH);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x3041) {
        if (c >= 0x400 && c <= 0x4FF) {
          cyrillic++;
          ukrainian += UKRAINIAN.indexOf(c) >= 0 ? 1 : 0;
        }
        continue;
      }
      kana += (c >= 0x3041 && c <= 0x30FA) || (c >= 0xFF66 && c <= 0xFF9D) ? 1 : 0;
      hangul += c >= 0xAC00 && c <= 0xD7A3 ? 1 : 0;
      han += c >= 0x4E00 && c <= 0x9FFF ? 1 : 0;
    }
    if (kana > 1) {
      return "ja";
    }
    if (hangul > 1) {
      return "ko";
    }
    if (han > 1 && han > length / SIGNS_PER_HAN) {
      return "zh";
    }
    if (cyrillic > 1) {
      return ukrainian > 0 ? "uk" : "ru";
    }
    return latin(entries, wordings, prose);
  }

  private static String latin(List<Entry> entries, List<Term> wordings, List<String> prose) {
    Map<String, Integer> votes = new HashMap<>();
    int counted = Math.min(entries.size(), ENOUGH_ENTRIES);
    for (Entry entry : entries.subList(0, counted)) {
      if (entry.isKnown() && !entry.propertyStyle()) {
        vote(entry.term(), votes);
      }
    }
    wordings.stream().limit(ENOUGH_ENTRIES).forEach(term -> vote(term, votes));
    if (votes.isEmpty()) {
      prose.stream().limit(ENOUGH_ENTRIES).forEach(line -> voteByWords(line, votes));
    }
    return votes.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(vote -> vote.getKey().equals("en") ? 1 : 0)
                .thenComparing(Map.Entry.<String, Integer>comparingByKey().reversed()))
        .map(Map.Entry::getKey)
        .orElse(UNKNOWN);
  }

  private static void vote(Term term, Map<String, Integer> votes) {
    int weight = term.languages().size() == 1 ? 3 : 1;
    term.languages().forEach(language -> votes.merge(language, weight, Integer::sum));
  }

  private static void voteByWords(String text, Map<String, Integer> votes) {
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || !Character.isLetter(text.charAt(i))) {
        if (i > start && i - start < 12) {
          String word = text.substring(start, i).toLowerCase(Locale.ROOT);
          FREQUENT.forEach(
              (language, words) -> {
                if (words.contains(word)) {
                  votes.merge(language, 1, Integer::sum);
                }
              });
        }
        start = i + 1;
      }
    }
  }
}
