package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes off the lines of a text what mail, Markdown and consoles add to them. */
final class Lines {
  private static final int[] CONSOLE_WIDTHS = {80, 100, 120};
  private static final CharSet BULLETS = CharSet.of("·•●○◦▪■□►▶‣–—・-*+#");
  private static final CharSet QUOTES = CharSet.of("\"'`“”„«»「」『』");
  private static final CharSet RULERS = CharSet.of("-=_*~#`+|:. ─━═│┌┐└┘├┤");

  private static final String[] COMMANDS = {
    "dism ",
    "dism.exe ",
    "systeminfo /",
    "systeminfo |",
    "wmic ",
    "wevtutil ",
    "get-ciminstance ",
    "get-wmiobject ",
    "get-winevent ",
    "gwmi "
  };

  private Lines() {}

  static List<Line> of(String text) {
    return of(RawLines.of(text));
  }

  /**
   * The text of a mail without the marks of quotation, where all of it is quoted; a part that is
   * quoted loses them line by line.
   */
  static String withoutQuoteMarks(String text) {
    String left = text;
    for (int level = 0; level < 3 && isQuoted(left); level++) {
      StringBuilder out = new StringBuilder(left.length());
      boolean lineStart = true;
      for (int i = 0; i < left.length(); i++) {
        char c = left.charAt(i);
        boolean mark = lineStart && c == '>';
        if (mark && i + 1 < left.length() && left.charAt(i + 1) == ' ') {
          i++;
        }
        if (!mark) {
          out.append(c);
        }
        lineStart = c == '\n' || (lineStart && !mark && isSpace(c));
      }
      left = out.toString();
    }
    return left;
  }

  /** Every line that is not blank begins with the mark of quotation. */
  private static boolean isQuoted(String text) {
    boolean lineStart = true;
    boolean marked = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        lineStart = true;
      } else if (lineStart && !isSpace(c)) {
        if (c != '>') {
          return false;
        }
        marked = true;
        lineStart = false;
      }
    }
    return marked;
  }

  static List<Line> of(List<String> raw) {
    int indent = commonIndent(raw);
    List<Line> lines = new ArrayList<>(raw.size());
    for (String line : raw) {
      lines.add(line(line, indent));
    }
    return lines;
  }

  private static int commonIndent(List<String> raw) {
    int least = Integer.MAX_VALUE;
    for (String line : raw) {
      int indent = 0;
      while (indent < line.length() && isSpace(line.charAt(indent))) {
        indent++;
      }
      if (indent < line.length()) {
        least = Math.min(least, indent);
      }
    }
    return least == Integer.MAX_VALUE ? 0 : least;
  }

  private static Line line(String raw, int commonIndent) {
    int to = raw.length();
    int quoted = afterQuoteMarks(raw);
    while (to > quoted && isSpace(raw.charAt(to - 1))) {
      to--;
    }
    if (to <= quoted) {
      return new Line("", false, false, false);
    }
    if (isFence(raw, quoted)) {
      return new Line(raw.substring(quoted, to), false, false, true);
    }
    int width = consoleWidth(raw, quoted, to, raw.length(), commonIndent);
    int from = afterDecoration(raw, quoted, to);
    boolean wasQuoted = holdsQuote(raw, quoted, from);
    while (to > from
        && (isSpace(raw.charAt(to - 1))
            || raw.charAt(to - 1) == '|'
            || endsQuote(raw.charAt(to - 1), wasQuoted))) {
      to--;
    }
    // Markdown ends a line by force with a backslash.
    int end = to > from + 1 && raw.charAt(to - 1) == '\\' ? to - 1 : to;
    String text = trim(withoutEscapes(raw.substring(from, end)));
    boolean noise = text.isEmpty() || isNoise(text);
    return new Line(text.isEmpty() ? "" : text, width > 0, width == 2, noise);
  }

  /** Markdown writes {@code VOLUME\_KMSCLIENT}. */
  private static String withoutEscapes(String text) {
    int backslash = text.indexOf('\\');
    if (backslash < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escape =
          c == '\\' && i + 1 < text.length() && "_*#[]<>|".indexOf(text.charAt(i + 1)) >= 0;
      if (!escape) {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean holdsQuote(String raw, int from, int to) {
    for (int i = from; i < to; i++) {
      if (QUOTES.contains(raw.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsQuote(char c, boolean wasQuoted) {
    return c == '`' || (wasQuoted && (c == ',' || QUOTES.contains(c)));
  }

  private static int afterQuoteMarks(String raw) {
    int i = 0;
    int after = 0;
    while (i < raw.length() && (isSpace(raw.charAt(i)) || raw.charAt(i) == '>')) {
      if (raw.charAt(i) == '>') {
        after = i + 1;
        if (after < raw.length() && raw.charAt(after) == ' ') {
          after++;
        }
      }
      i++;
    }
    return Math.min(after, raw.length());
  }

  private static int afterDecoration(String raw, int from, int to) {
    int i = from;
    while (i < to) {
      char c = raw.charAt(i);
      boolean last = i + 1 >= to;
      if (isSpace(c) || c == '>' || c == '|' || QUOTES.contains(c)) {
        i++;
      } else if (c == '*' && !last && raw.charAt(i + 1) == '*') {
        i += 2;
      } else if (BULLETS.contains(c) && !last && isSpace(raw.charAt(i + 1))) {
        i += 2;
      } else {
        break;
      }
    }
    return Math.min(i, to);
  }

  /** 1 for a full line, 2 for one that is one column short of it, 0 for any other. */
  private static int consoleWidth(String raw, int from, int to, int end, int commonIndent) {
    if (to - from < 38) {
      return 0;
    }
    int ownIndent = 0;
    while (from + ownIndent < to && raw.charAt(from + ownIndent) == ' ') {
      ownIndent++;
    }
    int columns = 0;
    for (int i = from; i < to; i++) {
      columns += isWide(raw.charAt(i)) ? 2 : 1;
    }
    if (columns < CONSOLE_WIDTHS[0] - 3) {
      return 0;
    }
    int characters = to - from;
    int padding = end - to;
    int result = 0;
    for (int width : CONSOLE_WIDTHS) {
      for (int indent : new int[] {0, commonIndent, ownIndent}) {
        if (columns - indent == width
            || characters - indent == width
            || (padding > 0 && padding < 3 && columns + padding - indent == width)) {
          return padding > 0 && columns - indent != width && characters - indent != width ? 2 : 1;
        }
        if (columns - indent == width - 1 || characters - indent == width - 1) {
          result = 2;
        }
      }
    }
    return result;
  }

  private static boolean isWide(char c) {
    return c >= 0x1100
        && (c <= 0x115F
            || (c >= 0x2E80 && c <= 0xA4CF)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF01 && c <= 0xFF60)
            || (c >= 0xFFE0 && c <= 0xFFE6));
  }

  private static boolean isFence(String raw, int from) {
    int i = from;
    while (i < raw.length() && isSpace(raw.charAt(i))) {
      i++;
    }
    return raw.startsWith("```", i) || raw.startsWith("~~~", i);
  }

  private static boolean isNoise(String text) {
    boolean ruler = true;
    for (int i = 0; i < text.length() && ruler; i++) {
      ruler = RULERS.contains(text.charAt(i));
    }
    if (ruler) {
      return true;
    }
    return isBanner(text) || isPrompt(text);
  }

  private static boolean isBanner(String text) {
    int vendor = text.indexOf("Microsoft ");
    return text.contains("Windows Script Host")
        || (vendor > 3
            && text.startsWith("Corp", vendor + 10)
            && text.regionMatches(true, vendor - 4, "(c)", 0, 3));
  }

  private static boolean isPrompt(String text) {
    int sign = text.indexOf('>');
    if (sign > 0
        && (text.startsWith("PS ")
            || (text.length() > 2
                && text.charAt(1) == ':'
                && (text.charAt(2) == '\\' || text.charAt(2) == '>')))) {
      return true;
    }
    if (isCommand(text)) {
      return true;
    }
    boolean aboutSlmgr = text.contains("lmgr") || text.contains("LMGR");
    if (!aboutSlmgr || text.length() > 200) {
      return false;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    boolean command =
        lower.startsWith("slmgr")
            || lower.startsWith("cscript")
            || lower.startsWith("[")
            || lower.startsWith("$");
    return command && (lower.contains(" /") || lower.contains(" -"));
  }

  /** A command of another tool, copied without its prompt. */
  private static boolean isCommand(String text) {
    if (text.length() > 300 || "dDsSwWgG".indexOf(text.charAt(0)) < 0) {
      return false;
    }
    for (String command : COMMANDS) {
      if (text.regionMatches(true, 0, command, 0, command.length())) {
        return !text.regionMatches(true, 0, "dism", 0, 4) || text.indexOf('/') > 0;
      }
    }
    return text.equalsIgnoreCase("systeminfo");
  }

  static boolean isSpace(char c) {
    return c <= ' '
        || c == '\u00A0'
        || c == '\u3000'
        || c == '\uFEFF'
        || (c >= '\u2000' && c <= '\u200F')
        || c == '\u202F'
        || c == '\u205F';
  }

  /** The text without spaces of any kind at its ends. */
  static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }
}
