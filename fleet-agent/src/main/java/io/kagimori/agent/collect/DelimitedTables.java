package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads tables of separated values, wherever in a text they stand: Export-Csv, wmic, exports of
 * VAMT, Configuration Manager and Snipe-IT, tables in Markdown. A table is known by its headings.
 */
final class DelimitedTables {
  private static final int HEADER_MAX = 8_000;

  private DelimitedTables() {}

  /** The text without the tables read. */
  static String read(String text, Readings readings) {
    StringBuilder left = null;
    int lineStart = 0;
    while (lineStart < text.length()) {
      int lineEnd = lineEnd(text, lineStart);
      char delimiter = lineEnd - lineStart > HEADER_MAX ? 0 : delimiterOf(text, lineStart, lineEnd);
      if (delimiter != 0) {
        DelimitedRows rows = new DelimitedRows(text, lineStart, delimiter);
        List<String> header = rows.next();
        boolean ours =
            header != null
                && (SnipeItRows.isHeader(header)
                    || SystemInfo.isHeader(header)
                    || EventRows.isHeader(header)
                    || isAboutLicenses(header));
        if (ours) {
          left = left == null ? new StringBuilder(text) : left;
          int end = take(header, rows, readings);
          blank(left, lineStart, end);
          lineStart = Math.max(end, lineEnd + 1);
          continue;
        }
      }
      lineStart = lineEnd + 1;
    }
    return left == null ? text : left.toString();
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static boolean isAboutLicenses(List<String> header) {
    int known = 0;
    int sure = 0;
    for (String name : header) {
      known += PropertyNames.meaning(name) == null ? 0 : 1;
      sure += PropertyNames.isSure(name) ? 1 : 0;
    }
    return known >= 2 && sure >= 1 && header.stream().allMatch(name -> name.length() < 80);
  }

  /** The sign that parts the first cell, where that cell may be a heading; 0 otherwise. */
  private static char delimiterOf(String text, int from, int to) {
    int i = from;
    while (i < to && (Lines.isSpace(text.charAt(i)) || isEdge(text.charAt(i)))) {
      i++;
    }
    int start = i;
    while (i < to && i - start < 60) {
      char c = text.charAt(i);
      if (c == ',' || c == ';' || c == '\t' || c == '|') {
        String cell = text.substring(start, i);
        boolean heading =
            PropertyNames.meaning(cell) != null
                || SnipeItRows.isColumn(cell)
                || SystemInfo.isColumn(cell)
                || EventRows.isColumn(cell);
        boolean header = heading || (isPlain(cell) && isHeaderOfLicenses(text, from, to));
        return header && i + 1 < to ? c : 0;
      }
      if (EntryScan.isColon(c) || c == '(' || c == '{') {
        return 0;
      }
      i++;
    }
    return 0;
  }

  /** One or two words and nothing else. */
  private static boolean isPlain(String cell) {
    String name = Lines.trim(cell.replace("\"", ""));
    int blanks = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      blanks += c == ' ' ? 1 : 0;
      if (!Character.isLetterOrDigit(c) && c != ' ' && c != '_' && c != '-') {
        return false;
      }
    }
    return !name.isEmpty() && blanks < 2;
  }

  /** A header may begin with a column of its own, such as the name of the device. */
  private static boolean isHeaderOfLicenses(String text, int from, int to) {
    String line = text.substring(from, Math.min(to, from + HEADER_MAX));
    int named = 0;
    for (String name : PropertyLists.HINTS) {
      named += line.contains(name) ? 1 : 0;
    }
    return named > 0 && line.indexOf('=') < 0;
  }

  private static boolean isEdge(char c) {
    return c == '"' || c == '|' || c == '>';
  }

  private static int take(List<String> header, DelimitedRows rows, Readings readings) {
    if (SnipeItRows.isHeader(header)) {
      readings.add(SnipeItRows.read(header, rows));
      return rows.end();
    }
    if (SystemInfo.isHeader(header)) {
      SystemInfo.readRow(header, rows, readings);
      return rows.end();
    }
    if (EventRows.isHeader(header)) {
      EventRows.read(header, rows, readings);
      return rows.end();
    }
    Reading reading = new Reading(PropertyNames.kindOf(header));
    for (List<String> row = rows.next(); row != null; row = rows.next()) {
      Map<String, String> object = new LinkedHashMap<>();
      for (int i = 0; i < header.size() && i < row.size(); i++) {
        object.putIfAbsent(header.get(i), row.get(i));
      }
      LicenseObjects.add(object, reading);
    }
    for (String name : header) {
      if (PropertyNames.meaning(name) == null && !name.isEmpty()) {
        reading.unrecognized().add(ProductKeys.scrub(name));
      }
    }
    readings.addAlways(reading);
    return rows.end();
  }

  private static void blank(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
  }

  /** Copies a list without its empty outer cells, as a table in Markdown has them. */
  static List<String> inner(List<String> cells) {
    int from = !cells.isEmpty() && cells.get(0).isEmpty() ? 1 : 0;
    int to =
        cells.size() > from && cells.get(cells.size() - 1).isEmpty()
            ? cells.size() - 1
            : cells.size();
    return new ArrayList<>(cells.subList(from, to));
  }
}
