package io.kagimori.agent.collect;

import java.util.Set;

/** Finds the XML and JSON in a text, gives it to {@link TreeFacts} and takes out what was read. */
final class TreeTexts {
  private static final int JSON_FAILURES_MAX = 16;

  private TreeTexts() {}

  /** The text without the documents read. */
  static String read(String text, Set<Hints.Part> hints, Readings readings) {
    boolean tags = hints.contains(Hints.Part.XML) && (text.contains("</") || text.contains("/>"));
    String left = tags ? readXml(text, readings) : text;
    return hints.contains(Hints.Part.JSON) ? readJson(left, readings) : left;
  }

  private static String readXml(String text, Readings readings) {
    int from = text.indexOf('<');
    if (from < 0) {
      return text;
    }
    int to = Math.max(from, text.lastIndexOf('>') + 1);
    int before = readings.size();
    TreeFacts.read(XmlReading.of(text.substring(from, to)), readings);
    if (readings.size() == before) {
      return text;
    }
    StringBuilder left = new StringBuilder(text);
    blank(left, from, to);
    return left.toString();
  }

  private static String readJson(String text, Readings readings) {
    StringBuilder left = new StringBuilder(text);
    StringBuilder printed = new StringBuilder();
    int failures = 0;
    int at = start(text, 0);
    while (at >= 0 && failures < JSON_FAILURES_MAX) {
      JsonReading json = JsonReading.of(text, at);
      int before = readings.size();
      if (json.members() > 0) {
        TreeFacts.read(json.root(), readings);
      }
      boolean read = readings.size() > before || addPrinted(json.root(), printed);
      failures += read ? 0 : 1;
      if (read) {
        blank(left, at, Math.min(json.end(), text.length()));
      }
      at = start(text, read ? Math.max(json.end(), at + 1) : at + 1);
    }
    return left.append(printed).toString();
  }

  /** Programs that run others keep what those printed as one string of several lines. */
  private static boolean addPrinted(Node node, StringBuilder printed) {
    boolean found = false;
    if (node.isLeaf() && node.text().indexOf('\n') > 0) {
      printed.append('\n').append(node.text()).append('\n');
      found = true;
    }
    for (Node child : node.children()) {
      found |= addPrinted(child, printed);
    }
    return found;
  }

  /** The first place from an index on where a value may begin: at the beginning of a line. */
  private static int start(String text, int from) {
    boolean lineStart = from == 0 || (from <= text.length() && text.charAt(from - 1) == '\n');
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        lineStart = true;
      } else if (lineStart && !Lines.isSpace(c) && c != '>') {
        if (c == '{' || c == '[' || (c == '"' && isMember(text, i))) {
          return i;
        }
        lineStart = false;
      }
    }
    return -1;
  }

  private static boolean isMember(String text, int quote) {
    int close = text.indexOf('"', quote + 1);
    return close > 0
        && close - quote < 80
        && close + 1 < text.length()
        && (text.startsWith("\":", close) || text.startsWith("\" :", close));
  }

  private static void blank(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
  }
}
