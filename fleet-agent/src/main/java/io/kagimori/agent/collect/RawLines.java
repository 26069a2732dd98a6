package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits a text into lines, whatever ends them, the tags of HTML included. */
final class RawLines {
  private RawLines() {}

  /** The lines as they stand, but for break tags, which end a line. */
  static List<String> of(String text) {
    String plain = text.indexOf('<') >= 0 ? breakMarkup(text) : text;
    return split(plain.indexOf('&') >= 0 ? withoutEntities(plain) : plain);
  }

  /** What HTML writes for signs that would be markup. */
  private static String withoutEntities(String text) {
    return text.replace("&nbsp;", " ")
        .replace("&#160;", " ")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  private static List<String> split(String text) {
    return hasUsualLineEnds(text) ? splitAtNewlines(text) : splitAtAnyEnd(text);
  }

  /** Newlines, with or without a carriage return before them, and no other end of a line. */
  private static boolean hasUsualLineEnds(String text) {
    for (int at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) {
      if (at + 1 == text.length() || text.charAt(at + 1) != '\n') {
        return false;
      }
    }
    return text.indexOf('\f') < 0
        && text.indexOf(0x0B) < 0
        && text.indexOf('\u0085') < 0
        && text.indexOf('\u2028') < 0;
  }

  private static List<String> splitAtNewlines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      boolean returned = end > start && text.charAt(end - 1) == '\r';
      lines.add(text.substring(start, returned ? end - 1 : end));
      start = end + 1;
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  private static List<String> splitAtAnyEnd(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\f' || c == 0x0B) {
        lines.add(text.substring(start, i));
        if (c == '\r' && i + 1 < length && text.charAt(i + 1) == '\n') {
          i++;
        }
        start = i + 1;
      }
    }
    if (start < length) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  /** {@code <br/>} and block tags end a line; {@code <REDACTED>} and the like stay. */
  private static String breakMarkup(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int end = c == '<' ? tagEnd(text, i) : -1;
      if (end > 0 && isLayoutTag(text, i, end)) {
        out.append('\n');
        i = end + 1;
      } else {
        out.append(c);
        i++;
      }
    }
    return out.toString();
  }

  private static int tagEnd(String text, int start) {
    int limit = Math.min(text.length(), start + 80);
    for (int i = start + 1; i < limit; i++) {
      if (text.charAt(i) == '>') {
        return i;
      }
    }
    return -1;
  }

  private static boolean isLayoutTag(String text, int start, int end) {
    int i = start + 1;
    if (i < end && text.charAt(i) == '/') {
      i++;
    }
    int from = i;
    while (i < end && Character.isLetterOrDigit(text.charAt(i))) {
      i++;
    }
    return switch (text.substring(from, i).toLowerCase(Locale.ROOT)) {
      case "br", "p", "pre", "div", "li", "ul", "ol", "tr", "blockquote", "code", "samp" -> true;
      default -> false;
    };
  }
}
