package io.kagimori.agent.collect;

/**
 * A sentence with one variable part.
 *
 * @param key look-up key of the words around the variable part
 * @param variable from the first figure to the last, such as a date; empty where there is none
 */
record Sentence(String key, String variable) {
  private static final String BETWEEN = "0123456789:/.-, 年月日時分秒时년월일시분초午前後上下오전후()";

  static Sentence of(String text) {
    if (text.length() > 2 * LabelKey.LONGEST) {
      return new Sentence("", "");
    }
    int first = -1;
    int last = -1;
    for (int i = 0; i < text.length(); i++) {
      if (isFigure(text.charAt(i))) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    if (first < 0) {
      return new Sentence(LabelKey.of(text), "");
    }
    int from = tokenStart(text, first);
    int to = tokenEnd(text, last + 1);
    String around = text.substring(0, from) + ' ' + text.substring(to);
    return new Sentence(LabelKey.of(around), Lines.trim(text.substring(from, to)));
  }

  private static boolean isFigure(char c) {
    return c >= '0' && c <= '9';
  }

  /** Back over letters joined to the figure, as in a product key or a host name. */
  private static int tokenStart(String text, int figure) {
    int i = figure;
    while (i > 0 && isTokenPart(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static int tokenEnd(String text, int end) {
    int i = end;
    while (i < text.length()
        && (isTokenPart(text.charAt(i))
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
