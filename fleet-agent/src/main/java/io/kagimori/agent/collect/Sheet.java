package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a text, from which one reader after the other takes what it understands. What is
 * left over belongs to nobody.
 */
final class Sheet {
  private final String text;
  private final List<String> raw;
  private final List<Line> lines;
  private boolean touched;

  Sheet(String text) {
    this.text = text;
    this.raw = Lines.raw(text);
    this.lines = new ArrayList<>(Lines.of(raw));
  }

  /** The whole text; good for asking whether a reader has anything to look for. */
  String text() {
    return text;
  }

  int size() {
    return raw.size();
  }

  /** A line with all its blanks. */
  String raw(int index) {
    return raw.get(index);
  }

  /** A line without decoration; {@link Line#TAKEN} where a reader has taken it. */
  Line line(int index) {
    return lines.get(index);
  }

  /** All lines, the taken ones as noise. */
  List<Line> lines() {
    return lines;
  }

  boolean isTouched() {
    return touched;
  }

  void take(int index) {
    lines.set(index, Line.TAKEN);
    touched = true;
  }

  void take(int from, int to) {
    for (int i = from; i < to; i++) {
      take(i);
    }
  }

  boolean mentions(Iterable<String> wordings) {
    for (String wording : wordings) {
      if (text.contains(wording)) {
        return true;
      }
    }
    return false;
  }
}
