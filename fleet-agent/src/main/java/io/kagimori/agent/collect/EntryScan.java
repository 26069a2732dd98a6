package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the label or statement of each line with a few hash look-ups, and puts folded lines
 * together again. A line is taken as folded only where it is as wide as a console and what follows
 * means nothing by itself.
 */
final class EntryScan {
  private static final int COLONS = 4;
  private static final int LONGEST_FOLD = 6;

  private final Vocabulary vocabulary;
  private final List<Line> lines;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Placed> places = new ArrayList<>();
  private int next;

  /**
   * An entry with the lines it was read from.
   *
   * @param from first line
   * @param to line behind the last
   */
  record Placed(Entry entry, int from, int to) {}

  private EntryScan(Vocabulary vocabulary, List<Line> lines) {
    this.vocabulary = vocabulary;
    this.lines = lines;
  }

  static List<Entry> of(Vocabulary vocabulary, List<Line> lines) {
    EntryScan scan = new EntryScan(vocabulary, lines);
    scan.run(false);
    return scan.entries;
  }

  /** The entries with their places, for readers that share a text with others. */
  static List<Placed> placed(Vocabulary vocabulary, List<Line> lines) {
    EntryScan scan = new EntryScan(vocabulary, lines);
    scan.run(true);
    return scan.places;
  }

  private void run(boolean withPlaces) {
    while (next < lines.size()) {
      int from = next;
      Line line = lines.get(next++);
      if (!line.isBlank() && !line.noise()) {
        Entry entry = read(vocabulary, line.text());
        Entry whole = line.full() ? unfold(line, entry) : entry;
        entries.add(whole);
        if (withPlaces) {
          places.add(new Placed(whole, from, next));
        }
      }
    }
  }

  private Entry unfold(Line first, Entry entry) {
    StringBuilder text = new StringBuilder(first.text());
    Line last = first;
    Entry best = entry;
    int bestNext = next;
    int i = next;
    for (int folds = 0; folds < LONGEST_FOLD && last.full(); folds++) {
      boolean blankBetween = i < lines.size() && lines.get(i).isBlank();
      i += blankBetween ? 1 : 0;
      if (i >= lines.size() || lines.get(i).isBlank() || lines.get(i).noise()) {
        break;
      }
      Line rest = lines.get(i);
      if (read(vocabulary, rest.text()).isKnown()
          || (best.isKnown() && !continues(best, rest, blankBetween))) {
        break;
      }
      text.append(lostBlank(best, last, rest) ? " " : "").append(rest.text());
      last = rest;
      i++;
      Entry joined = read(vocabulary, text.toString());
      if (joined.isKnown()) {
        best = joined;
        bestNext = i;
      }
    }
    next = bestNext;
    return best;
  }

  private boolean continues(Entry entry, Line rest, boolean blankBetween) {
    return !entry.isStatement()
        && Values.continues(
            vocabulary, entry.term().fact(), entry.value(), rest.text(), blankBetween);
  }

  /** A blank at the fold is gone with the end of the line; identifiers hold none. */
  private static boolean lostBlank(Entry entry, Line before, Line after) {
    return before.cut()
        && (!entry.isKnown() || Values.isFreeText(entry.term().fact()))
        && before.text().charAt(before.text().length() - 1) < 0x2E80
        && after.text().charAt(0) < 0x2E80;
  }

  /**
   * One line without regard to its neighbours. The label ends at one of the first colons; it begins
   * with the line, or behind the colon before where a program put its own name in front.
   */
  static Entry read(Vocabulary vocabulary, String text) {
    int before = 0;
    int count = 0;
    int first = -1;
    int limit = Math.min(text.length(), 2 * LabelKey.LONGEST);
    for (int i = 0; i < limit && count < COLONS; i++) {
      if (isSeparator(text.charAt(i), count)) {
        first = first < 0 ? i : first;
        Entry entry = labelled(vocabulary, text, 0, i);
        if (entry == null && before > 0) {
          entry = labelled(vocabulary, text, before, i);
        }
        if (entry != null) {
          return entry;
        }
        before = i + 1;
        count++;
      }
    }
    Term statement = vocabulary.statement(text);
    if (statement != null) {
      return new Entry(statement, "", text, false);
    }
    int logged = LogPrefix.end(text);
    return logged > 0
        ? read(vocabulary, text.substring(logged))
        : readLike(vocabulary, text, first);
  }

  /** The same words in another order. */
  private static Entry readLike(Vocabulary vocabulary, String text, int colon) {
    Term label = colon < 0 ? null : vocabulary.labelLike(text, 0, colon);
    if (label != null) {
      return new Entry(label, Values.clean(text, colon + 1), text, false);
    }
    Term statement = vocabulary.statementLike(text);
    return statement == null ? Entry.unknown(text) : new Entry(statement, "", text, false);
  }

  /** Tables and settings part label and value with other signs than a colon. */
  private static boolean isSeparator(char c, int count) {
    return isColon(c) || (count == 0 && (c == '|' || c == '\t' || c == '='));
  }

  private static Entry labelled(Vocabulary vocabulary, String text, int from, int colon) {
    Term term = vocabulary.label(text, from, colon);
    if (term == null) {
      return null;
    }
    boolean propertyStyle = isPropertyStyle(text, from, colon);
    return new Entry(term, Values.clean(text, colon + 1), text, propertyStyle);
  }

  /** {@code PartialProductKey}: capitals within a word and no blank. */
  private static boolean isPropertyStyle(String text, int from, int to) {
    boolean humps = false;
    boolean letterBefore = false;
    int end = to;
    while (end > from && (Lines.isSpace(text.charAt(end - 1)) || text.charAt(end - 1) == '"')) {
      end--;
    }
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (Lines.isSpace(c) || c == '-' || c >= 128) {
        return false;
      }
      humps |= letterBefore && c >= 'A' && c <= 'Z';
      letterBefore = c >= 'a' && c <= 'z';
    }
    return humps;
  }

  static boolean isColon(char c) {
    return switch (c) {
      case ':', '：', '﹕', '︰', '︓', '∶', '꞉' -> true;
      default -> false;
    };
  }
}
