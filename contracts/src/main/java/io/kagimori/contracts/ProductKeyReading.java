package io.kagimori.contracts;

import io.kagimori.contracts.ProductKeyCheck.Finding;
import io.kagimori.contracts.ProductKeyCheck.Severity;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One reading of a typed text as a product key, from left to right: what is a separator is dropped,
 * what is left counts as a key character, and everything odd becomes a finding.
 */
final class ProductKeyReading {
  static final int LENGTH = 25;
  static final int GROUP = 5;

  /** Rules format-02 and format-03 of the catalogue's mak_rules. */
  private static final String ALPHABET = "BCDFGHJKMPQRTVWXY2346789N";

  /** A text with more characters than this is no key with a slip; only its length is reported. */
  private static final int EXAMINED_MAX = 2 * LENGTH;

  /** Marks that are no dash punctuation by Unicode but end up in place of one. */
  private static final String DASH_LOOK_ALIKES = "\u2212\u30fc\u00ad\u2043\u2500\u2501\u4e00\u2796";

  private static final int FULL_WIDTH_HYPHEN = 0xFF0D;

  private final StringBuilder upper = new StringBuilder(LENGTH);
  private final List<String> typed = new ArrayList<>(LENGTH);
  private final List<Integer> groups = new ArrayList<>();
  private final List<Finding> wholeText = new ArrayList<>();
  private final ProductKeyCheck check;
  private int groupLength;

  private ProductKeyReading(String text) {
    text.strip().codePoints().forEach(this::read);
    groups.add(groupLength);
    check = conclude();
  }

  static ProductKeyReading of(String text) {
    return new ProductKeyReading(text == null ? "" : text);
  }

  ProductKeyCheck check() {
    return check;
  }

  /** The key characters in upper case, whatever they are. */
  String characters() {
    return upper.toString();
  }

  private void read(int codePoint) {
    int first = plain(codePoint);
    if (isBlank(codePoint) || isBlank(first)) {
      noticeOnce(ProductKeyCheck.SPACES_REMOVED, "blank", "leave blanks out");
      return;
    }
    if (codePoint >= 0xFF01 && codePoint <= 0xFF5E) {
      noticeOnce(
          ProductKeyCheck.FULL_WIDTH,
          Character.toString(codePoint),
          "read as half width; switch the input method off");
    }
    if (isDash(first)) {
      if (codePoint != '-' && codePoint != FULL_WIDTH_HYPHEN) {
        noticeOnce(
            ProductKeyCheck.DASH_VARIANT,
            String.format("U+%04X", codePoint),
            "read as a hyphen; copy the key from plain text");
      }
      groups.add(groupLength);
      groupLength = 0;
      return;
    }
    typed.add(Character.toString(first));
    upper.appendCodePoint(Character.toUpperCase(first));
    groupLength++;
  }

  /**
   * The character in its ordinary width and form. A sign that unfolds into several letters is no
   * key character and stays what it is.
   */
  private static int plain(int codePoint) {
    if (codePoint < 0x80) {
      return codePoint;
    }
    String plain = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
    return plain.codePointCount(0, plain.length()) == 1 ? plain.codePointAt(0) : codePoint;
  }

  private void noticeOnce(String code, String found, String suggestion) {
    if (wholeText.stream().noneMatch(f -> f.code().equals(code))) {
      wholeText.add(new Finding(code, null, found, suggestion, Severity.CHECK));
    }
  }

  private ProductKeyCheck conclude() {
    List<Finding> findings = new ArrayList<>();
    boolean complete = typed.size() == LENGTH;
    if (!complete) {
      findings.add(
          new Finding(
              ProductKeyCheck.KEY_FORMAT_INVALID,
              null,
              typed.size() + " of " + LENGTH + " characters",
              "a key has five groups of five characters",
              Severity.ERROR));
    } else if (!groups.equals(List.of(GROUP, GROUP, GROUP, GROUP, GROUP))) {
      findings.add(
          new Finding(
              ProductKeyCheck.HYPHENS_MISPLACED,
              null,
              "groups of " + groups.stream().map(String::valueOf).collect(Collectors.joining("-")),
              "read as five groups of five; write a hyphen after every fifth character",
              Severity.CHECK));
    }
    findings.addAll(wholeText);
    if (typed.size() <= EXAMINED_MAX) {
      examineCharacters(findings);
    }
    boolean valid = findings.stream().noneMatch(f -> f.severity() == Severity.ERROR);
    String partialKey = complete ? upper.substring(upper.offsetByCodePoints(0, 20)) : null;
    return new ProductKeyCheck(valid, partialKey, findings);
  }

  private void examineCharacters(List<Finding> findings) {
    int[] characters = upper.codePoints().toArray();
    boolean seenN = false;
    for (int i = 0; i < characters.length; i++) {
      int character = characters[i];
      if (ALPHABET.indexOf(character) < 0) {
        boolean lookAlike = "0O1IL5S".indexOf(character) >= 0;
        String code =
            lookAlike ? ProductKeyCheck.LOOK_ALIKE : ProductKeyCheck.CHARACTER_NOT_IN_KEYS;
        String suggestion = "no such character in keys" + perhaps(character);
        findings.add(new Finding(code, i + 1, typed.get(i), suggestion, Severity.ERROR));
      } else if (character == 'N' && seenN) {
        String suggestion = "a key holds one N at most; perhaps M, H or W";
        findings.add(
            new Finding(
                ProductKeyCheck.TOO_MANY_N, i + 1, typed.get(i), suggestion, Severity.ERROR));
      } else if (character == 'B' || character == '8') {
        String suggestion = "B and 8 both occur in keys; compare with the original";
        findings.add(
            new Finding(ProductKeyCheck.B_OR_8, i + 1, typed.get(i), suggestion, Severity.CHECK));
      }
      seenN |= character == 'N';
    }
  }

  /** Characters of the alphabet that look like one outside it. */
  private static String perhaps(int character) {
    return switch (character) {
      case '0', 'O' -> "; perhaps Q, D or 8";
      case '1', 'I', 'L' -> "; perhaps T, J or 7";
      case '5', 'S' -> "; perhaps 6, 8 or B";
      case 'A' -> "; perhaps 4 or R";
      case 'E' -> "; perhaps F, 3 or B";
      case 'U' -> "; perhaps V or W";
      case 'Z' -> "; perhaps 2 or 7";
      default -> "";
    };
  }

  private static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || (Character.getType(codePoint) == Character.FORMAT && codePoint != 0x00AD);
  }

  static boolean isDash(int codePoint) {
    return Character.getType(codePoint) == Character.DASH_PUNCTUATION
        || DASH_LOOK_ALIKES.indexOf(codePoint) >= 0;
  }
}
