package io.kagimori.agent.collect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What programs that keep a log write in front of each line: a date with a time. */
final class LogPrefix {
  private static final Pattern STAMP =
      Pattern.compile(
          "\\[?\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}[T ]\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?"
              + "(?:Z| ?[+-]\\d{2}:?\\d{2})?\\]?[ \\t]+(?:[|-][ \\t]+)?(?=\\S)");

  private LogPrefix() {}

  /** Where the line itself begins; 0 where nothing stands in front of it. */
  static int end(String text) {
    if (text.length() < 22) {
      return 0;
    }
    char first = text.charAt(0);
    if (first != '[' && (first < '0' || first > '9')) {
      return 0;
    }
    Matcher stamp = STAMP.matcher(text);
    return stamp.lookingAt() ? stamp.end() : 0;
  }
}
