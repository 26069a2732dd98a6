package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * The lines of a text, from which one reader after the other takes what it understands. What is
 * left over belongs to nobody.
 */
final class Sheet {
  private final String text;
  private final Set<Hints.Part> hints;
  private final List<String> raw;
  private final List<Line> lines;
  private final BitSet taken = new BitSet();

  Sheet(String text) {
    this(text, Hints.in(text));
  }

  /**
   * @param text the text
   * @param hints what it may hold
   */
  Sheet(String text, Set<Hints.Part> hints) {
    this.text = text;
    this.hints = hints;
    this.raw = RawLines.of(text);
    this.lines = new ArrayList<>(Lines.of(raw));
  }

  /** Whether a reader has anything to look for. */
  boolean mayHold(Hints.Part part) {
    return hints.contains(part);
  }

  /** The whole text. */
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

  boolean isTaken(int index) {
    return taken.get(index);
  }

  void take(int index) {
    taken.set(index);
    lines.set(index, Line.TAKEN);
  }

  void take(int from, int to) {
    for (int i = from; i < to; i++) {
      take(i);
    }
  }
}
