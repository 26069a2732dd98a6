package io.kagimori.agent.collect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence with one variable part: a product key, a host, or whatever stands from the first
 * figure to the last, such as a date.
 *
 * @param around the words around the variable part
 * @param variable the variable part; empty where there is none or it is masked by a word
 */
record Sentence(String around, String variable) {
  private static final String BETWEEN = "0123456789:/.-, 年月日時分秒时년월일시분초午前後上下오전후()";

  /** Five groups of five, any of them masked. */
  private static final Pattern PRODUCT_KEY =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?:[A-Za-z0-9*#?•_]{5}-){4}[A-Za-z0-9*#?•_]{5}(?![A-Za-z0-9])");

  /** {@code <REDACTED>} or {@code [key]}. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("<[^<>0-9]{2,40}>|\\[[^\\[\\]0-9]{2,40}\\]");

  /** A host name without a figure in it. */
  private static final Pattern HOST =
      Pattern.compile("(?<![\\w.-])[A-Za-z_-]+(?:\\.[A-Za-z_-]+)+(?![\\w-])");

  /** The path of a file. */
  private static final Pattern PATH = Pattern.compile("(?<!\\S)[A-Za-z]:\\\\\\S+");

  static Sentence of(String text) {
    if (text.length() > 2 * LabelKey.LONGEST) {
      return new Sentence("", "");
    }
    if (text.indexOf('\\') > 0) {
      Matcher path = PATH.matcher(text);
      if (path.find()) {
        return around(text, path.start(), path.end());
      }
    }
    if (text.indexOf('-') >= 0) {
      Matcher key = PRODUCT_KEY.matcher(text);
      if (key.find()) {
        return around(text, key.start(), key.end());
      }
    }
    if (text.indexOf('<') >= 0 || text.indexOf('[') >= 0) {
      Matcher placeholder = PLACEHOLDER.matcher(text);
      if (placeholder.find()) {
        return new Sentence(around(text, placeholder.start(), placeholder.end()).around(), "");
      }
    }
    return aroundFigures(text);
  }

  /** What the words around say, or null. */
  Term meaning(Vocabulary vocabulary) {
    return vocabulary.statementOrLike(around);
  }

  private static Sentence aroundFigures(String text) {
    int first = -1;
    int last = -1;
    for (int i = 0; i < text.length(); i++) {
      if (isFigure(text.charAt(i))) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    if (first >= 0) {
      return around(text, tokenStart(text, first), tokenEnd(text, last + 1));
    }
    int dot = text.indexOf('.');
    if (dot < 0 || dot == text.length() - 1) {
      return new Sentence(text, "");
    }
    Matcher host = HOST.matcher(text);
    return host.find() ? around(text, host.start(), host.end()) : new Sentence(text, "");
  }

  private static Sentence around(String text, int from, int to) {
    String around = text.substring(0, from) + ' ' + text.substring(to);
    return new Sentence(around, Lines.trim(text.substring(from, to)));
  }

  private static boolean isFigure(char c) {
    return c >= '0' && c <= '9';
  }

  /** Back over letters joined to the figure, as in a product key or a host name. */
  private static int tokenStart(String text, int figure) {
    int i = figure;
    while (i > 0 && (isTokenPart(text.charAt(i - 1)) || isInnerDot(text, i - 1))) {
      i--;
    }
    return i;
  }

  /** The dot of a host name, other than the one that ends a sentence. */
  private static boolean isInnerDot(String text, int i) {
    return text.charAt(i) == '.'
        && i > 0
        && i + 1 < text.length()
        && isTokenPart(text.charAt(i - 1))
        && isTokenPart(text.charAt(i + 1));
  }

  private static int tokenEnd(String text, int end) {
    int i = end;
    while (i < text.length()
        && (isTokenPart(text.charAt(i))
            || isInnerDot(text, i)
            || (BETWEEN.indexOf(text.charAt(i)) >= 0 && text.charAt(i) > 127))) {
      i++;
    }
    String rest = text.substring(i);
    for (String half : new String[] {" AM", " PM", " a. m.", " p. m.", " Uhr"}) {
      if (rest.regionMatches(true, 0, half, 0, half.length())) {
        return i + half.length();
      }
    }
    return i;
  }

  private static boolean isTokenPart(char c) {
    return c < 128
        && (Character.isLetterOrDigit(c) || c == '-' || c == '/' || c == ':' || c == '_');
  }
}
