package io.kagimori.agent.collect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads one JSON value as far as it goes: a document that is cut off gives what stands before the
 * cut, and a fragment that begins with a member gives that member.
 */
final class JsonReading {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .build();

  private static final int DEPTH_MAX = 64;

  private final Node root = new Node("");
  private int end;
  private int members;

  private JsonReading() {}

  /** The text from a place on, without a copy of it: a log has thousands of such places. */
  private static final class TextFrom extends Reader {
    private final String text;
    private int at;

    TextFrom(String text, int from) {
      this.text = text;
      this.at = from;
    }

    @Override
    public int read(char[] into, int offset, int length) {
      int taken = Math.min(Math.min(length, 512), text.length() - at);
      if (taken <= 0) {
        return -1;
      }
      text.getChars(at, at + taken, into, offset);
      at += taken;
      return taken;
    }

    @Override
    public void close() {}
  }

  /** Reads the value that begins at an index of a text. */
  static JsonReading of(String text, int from) {
    JsonReading reading = new JsonReading();
    boolean fragment = text.charAt(from) == '"';
    try (JsonParser parser =
        fragment
            ? JSON.createParser("{" + text.substring(from))
            : JSON.createParser(new TextFrom(text, from))) {
      reading.run(parser);
      reading.end = from + (int) parser.currentLocation().getCharOffset() - (fragment ? 1 : 0);
    } catch (IOException e) {
      // No JSON, or not to its end: what was read so far stands.
      reading.end = text.length();
    }
    return reading;
  }

  Node root() {
    return root;
  }

  /** Where the value ends in the text. */
  int end() {
    return end;
  }

  /** Number of values read; none means that this was no JSON. */
  int members() {
    return members;
  }

  private void run(JsonParser parser) throws IOException {
    Deque<Node> open = new ArrayDeque<>();
    open.push(root);
    String name = "";
    for (JsonToken token = next(parser); token != null; token = next(parser)) {
      switch (token) {
        case FIELD_NAME -> name = parser.currentName();
        case START_OBJECT, START_ARRAY -> {
          boolean inArray = parser.getParsingContext().getParent().inArray();
          Node node = new Node(inArray ? open.peek().element() : name);
          if (open.size() > DEPTH_MAX) {
            throw new IOException("nested too deeply");
          }
          open.peek().children().add(node);
          open.push(node);
        }
        case END_OBJECT, END_ARRAY -> {
          open.pop();
          if (open.size() == 1) {
            return;
          }
        }
        default -> {
          boolean inArray = parser.getParsingContext().inArray();
          Node leaf = new Node(inArray ? open.peek().element() : name);
          leaf.append(token == JsonToken.VALUE_NULL ? "" : parser.getText());
          open.peek().children().add(leaf);
          members++;
        }
      }
    }
  }

  private static JsonToken next(JsonParser parser) throws IOException {
    return parser.nextToken();
  }
}
