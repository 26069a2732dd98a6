package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of separated values from a place in a text on. A quoted cell may hold delimiters and line
 * breaks. The table ends at a blank line, at a prompt or fence, or with the text.
 */
final class DelimitedRows {
  /** A cell longer than this has lost its closing quotation mark. */
  private static final int CELL_MAX = 20_000;

  private final String text;
  private final char delimiter;
  private int at;
  private int end;
  private boolean began;

  DelimitedRows(String text, int from, char delimiter) {
    this.text = text;
    this.delimiter = delimiter;
    this.at = from;
    this.end = from;
  }

  /** Where the last row ended. */
  int end() {
    return end;
  }

  /** The next row; null behind the last. */
  List<String> next() {
    while (true) {
      if (at >= text.length() || endsHere()) {
        return null;
      }
      List<String> row = row();
      end = at;
      boolean ruler =
          row.stream()
              .allMatch(cell -> cell.chars().allMatch(c -> c == '-' || c == ':' || c == ' '));
      began = true;
      if (!ruler) {
        return row;
      }
    }
  }

  /** wmic puts a blank line behind every row, so one is nothing; two are an end. */
  private boolean endsHere() {
    int blanks = 0;
    while (at < text.length()) {
      int lineEnd = text.indexOf('\n', at);
      lineEnd = lineEnd < 0 ? text.length() : lineEnd;
      String line = text.substring(at, Math.min(lineEnd, at + 200)).strip();
      if (isFrame(line)) {
        at = lineEnd + 1;
        continue;
      }
      if (!line.isEmpty()) {
        boolean other = line.indexOf(delimiter) < 0 && (line.indexOf('"') < 0);
        return began && (blanks > 1 || other || line.startsWith("```") || line.startsWith("~~~"));
      }
      blanks++;
      at = lineEnd + 1;
    }
    return true;
  }

  /** {@code +------+-----+}, as database shells draw around their tables. */
  private boolean isFrame(String line) {
    return delimiter == '|'
        && line.length() > 2
        && line.indexOf("--") >= 0
        && line.chars().allMatch(c -> c == '+' || c == '-' || c == '=' || c == '|' || c == ' ');
  }

  private List<String> row() {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (quoted) {
        if (c == '"' && at < text.length() && text.charAt(at) == '"') {
          cell.append('"');
          at++;
        } else if (c == '"') {
          quoted = false;
        } else if (cell.length() < CELL_MAX) {
          cell.append(c);
        }
      } else if (c == '"' && isEmptySoFar(cell)) {
        quoted = closes();
      } else if (c == delimiter) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else if (c == '\n') {
        break;
      } else if (cell.length() < CELL_MAX) {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return delimiter == '|' ? DelimitedTables.inner(cells) : cells;
  }

  private static boolean isEmptySoFar(StringBuilder cell) {
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (!Lines.isSpace(c) && c != '>') {
        return false;
      }
    }
    cell.setLength(0);
    return true;
  }

  /** A quotation mark that never closes is a character like any other. */
  private boolean closes() {
    int close = text.indexOf('"', at);
    return close >= 0 && close - at < CELL_MAX;
  }
}
