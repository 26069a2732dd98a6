package io.kagimori.agent.collect;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads XML as far as it goes. What people copy is cut off, has no single root, carries the dashes
 * of a tree view or stands in the middle of prose, so this takes tags as they come, never fails and
 * resolves nothing from outside.
 */
final class XmlReading {
  private static final int DEPTH_MAX = 64;
  private static final int TAG_MAX = 4_000;

  private final String text;
  private final Node root = new Node("");
  private final Deque<Node> open = new ArrayDeque<>();
  private int at;

  private XmlReading(String text) {
    this.text = text;
    open.push(root);
  }

  /** A root above all elements of the text. */
  static Node of(String text) {
    XmlReading reading = new XmlReading(text);
    reading.run();
    return reading.root;
  }

  private void run() {
    while (at < text.length()) {
      int tag = text.indexOf('<', at);
      append(at, tag < 0 ? text.length() : tag);
      if (tag < 0) {
        return;
      }
      at = tag;
      takeTag();
    }
  }

  private void append(int from, int to) {
    if (to > from && open.size() > 1) {
      open.peek().append(unescaped(text.substring(from, Math.min(to, from + 10_000))));
    }
  }

  private void takeTag() {
    if (text.startsWith("<![CDATA[", at)) {
      int end = text.indexOf("]]>", at);
      int stop = end < 0 ? text.length() : end;
      open.peek().append(text.substring(at + 9, Math.min(stop, at + 10_000)));
      at = end < 0 ? text.length() : end + 3;
      return;
    }
    if (text.startsWith("<!--", at) || text.startsWith("<?", at) || text.startsWith("<!", at)) {
      int end = text.indexOf('>', at);
      at = end < 0 ? text.length() : end + 1;
      return;
    }
    int end = tagEnd();
    if (end < 0) {
      open.peek().append("<");
      at++;
      return;
    }
    boolean closing = text.charAt(at + 1) == '/';
    String inside = text.substring(at + (closing ? 2 : 1), end);
    at = end + 1;
    if (closing) {
      close(inside.strip());
    } else {
      open(inside);
    }
  }

  /** The end of a tag that begins with a name; -1 for a sign that only looks like one. */
  private int tagEnd() {
    int i = at + 1;
    if (i < text.length() && text.charAt(i) == '/') {
      i++;
    }
    if (i >= text.length() || !Character.isLetter(text.charAt(i))) {
      return -1;
    }
    char quote = 0;
    int limit = Math.min(text.length(), at + TAG_MAX);
    for (; i < limit; i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return i;
      } else if (c == '<') {
        return -1;
      }
    }
    return -1;
  }

  private void open(String inside) {
    boolean empty = inside.endsWith("/");
    String tag = empty ? inside.substring(0, inside.length() - 1) : inside;
    int end = 0;
    while (end < tag.length() && !Lines.isSpace(tag.charAt(end))) {
      end++;
    }
    String name = tag.substring(tag.lastIndexOf(':', end - 1) + 1, end);
    Node node =
        new Node(tag.indexOf(':') > end || tag.indexOf(':') < 0 ? tag.substring(0, end) : name);
    attributes(tag, end, node);
    if (open.size() < DEPTH_MAX) {
      open.peek().children().add(node);
      if (!empty) {
        open.push(node);
      }
    }
  }

  private static void attributes(String tag, int from, Node node) {
    int i = from;
    while (i < tag.length()) {
      int equals = tag.indexOf('=', i);
      if (equals < 0 || equals + 1 >= tag.length()) {
        return;
      }
      char quote = tag.charAt(equals + 1);
      int close = quote == '"' || quote == '\'' ? tag.indexOf(quote, equals + 2) : -1;
      if (close < 0) {
        return;
      }
      node.attributes()
          .put(tag.substring(i, equals).strip(), unescaped(tag.substring(equals + 2, close)));
      i = close + 1;
    }
  }

  /** A closing tag ends the nearest open element of its name, and all within. */
  private void close(String tag) {
    String name = tag.substring(tag.indexOf(':') + 1);
    boolean known =
        open.stream().anyMatch(node -> node.element().equals(name) || node.element().equals(tag));
    while (known && open.size() > 1) {
      Node node = open.pop();
      open.peek().append(open.size() > 1 ? " " + node.text() : "");
      if (node.element().equals(name) || node.element().equals(tag)) {
        return;
      }
    }
  }

  private static String unescaped(String text) {
    return text.indexOf('&') < 0
        ? text
        : text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&#xD;", "")
            .replace("&#xA;", "\n")
            .replace("&#13;", "")
            .replace("&#10;", "\n")
            .replace("_x000D_", "")
            .replace("_x000A_", "\n")
            .replace("&amp;", "&");
  }
}
