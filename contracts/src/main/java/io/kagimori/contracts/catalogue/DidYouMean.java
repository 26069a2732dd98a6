package io.kagimori.contracts.catalogue;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds known words that a misspelt one may have meant. */
public final class DidYouMean {
  private DidYouMean() {}

  private record Candidate(String word, int distance) {}

  /**
   * The known words that are one slip away, or two where the word is longer than six characters;
   * nearest first, compared without case. A slip is a character too many, too few, another one, or
   * two swapped. Empty when the word is known or nothing is near.
   */
  public static List<String> among(String typed, Collection<String> known) {
    String word = typed.strip().toLowerCase(Locale.ROOT);
    int slipsMax = word.length() > 6 ? 2 : 1;
    List<Candidate> near =
        known.stream()
            .map(k -> new Candidate(k, distance(word, k.toLowerCase(Locale.ROOT))))
            .filter(c -> c.distance() <= slipsMax)
            .sorted(Comparator.comparingInt(Candidate::distance))
            .toList();
    boolean exact = !near.isEmpty() && near.get(0).distance() == 0;
    return exact ? List.of() : near.stream().map(Candidate::word).toList();
  }

  /** Edit distance with swaps of neighbours (optimal string alignment). */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + other, Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
