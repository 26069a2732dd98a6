package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads objects printed as columns of fixed width: Format-Table of PowerShell, with a ruler under
 * the headings, and {@code wmic … get}, without. Values are cut by the columns where headings
 * begin, since a value may hold blanks.
 */
final class PropertyTables {
  private static final int COLUMNS_MAX = 64;

  private final Sheet sheet;
  private final Readings readings;

  /**
   * A column.
   *
   * @param name heading
   * @param from where it begins
   * @param to where the next begins, or the end of the line
   */
  private record Column(String name, int from, int to) {}

  private PropertyTables(Sheet sheet, Readings readings) {
    this.sheet = sheet;
    this.readings = readings;
  }

  static void read(Sheet sheet, Readings readings) {
    if (sheet.mayHold(Hints.Part.PROPERTIES)) {
      new PropertyTables(sheet, readings).readAll();
    }
  }

  private void readAll() {
    for (int i = 0; i < sheet.size(); i++) {
      if (sheet.isTaken(i)) {
        continue;
      }
      if (isRuler(sheet.raw(i)) && headerAbove(i) >= 0) {
        int header = headerAbove(i);
        List<Column> columns = underRuler(sheet.raw(header), sheet.raw(i));
        if (isAboutLicenses(columns)) {
          sheet.take(header);
          sheet.take(i);
          i = readRows(columns, i + 1) - 1;
        }
      } else {
        List<Column> columns = plainHeadings(sheet.raw(i));
        if (isAboutLicenses(columns) && (i + 1 >= sheet.size() || !isRuler(sheet.raw(i + 1)))) {
          sheet.take(i);
          i = readRows(columns, i + 1) - 1;
        }
      }
    }
  }

  private int headerAbove(int ruler) {
    for (int i = ruler - 1; i >= 0 && i >= ruler - 2; i--) {
      if (!sheet.raw(i).isBlank()) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isRuler(String raw) {
    int dashes = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '-') {
        dashes++;
      } else if (c != ' ' && c != '>' && c != '\t') {
        return false;
      }
    }
    return dashes >= 2 && raw.indexOf("--") >= 0 && raw.length() < 4_000;
  }

  private static List<Column> underRuler(String header, String ruler) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < ruler.length(); i++) {
      if (ruler.charAt(i) == '-' && (i == 0 || ruler.charAt(i - 1) != '-')) {
        starts.add(i);
      }
    }
    return columns(header, starts);
  }

  private static List<Column> columns(String header, List<Integer> starts) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < starts.size() && i < COLUMNS_MAX; i++) {
      int from = starts.get(i);
      int to = i + 1 < starts.size() ? starts.get(i + 1) : Integer.MAX_VALUE;
      columns.add(new Column(slice(header, from, to), from, to));
    }
    return columns;
  }

  /** Headings of several known one-word names and nothing else, as wmic prints them. */
  private static List<Column> plainHeadings(String raw) {
    if (raw.length() > 4_000 || raw.indexOf("  ") < 0) {
      return List.of();
    }
    List<Integer> starts = new ArrayList<>();
    int i = 0;
    while (i < raw.length()) {
      if (Lines.isSpace(raw.charAt(i))) {
        i++;
        continue;
      }
      int from = i;
      while (i < raw.length() && !Lines.isSpace(raw.charAt(i))) {
        i++;
      }
      if (PropertyNames.meaning(raw.substring(from, i)) == null) {
        return List.of();
      }
      starts.add(from);
    }
    return starts.size() < 2 ? List.of() : columns(raw, starts);
  }

  private static boolean isAboutLicenses(List<Column> columns) {
    return columns.stream().anyMatch(column -> PropertyNames.isSure(column.name()));
  }

  private int readRows(List<Column> columns, int first) {
    Reading reading =
        new Reading(PropertyNames.kindOf(columns.stream().map(Column::name).toList()));
    int i = first;
    int blanks = 0;
    while (i < sheet.size() && blanks < 2) {
      String raw = sheet.raw(i);
      if (raw.isBlank()) {
        blanks++;
        i++;
        continue;
      }
      if (sheet.isTaken(i) || sheet.line(i).noise() || !fits(columns, raw)) {
        break;
      }
      Map<String, String> object = new LinkedHashMap<>();
      for (Column column : columns) {
        object.putIfAbsent(column.name(), slice(raw, column.from(), column.to()));
      }
      LicenseObjects.add(object, reading);
      sheet.take(i);
      blanks = 0;
      i++;
    }
    readings.addAlways(reading);
    return i;
  }

  /** No value runs over the edge of its column, but for the blank before a flush-right number. */
  private static boolean fits(List<Column> columns, String raw) {
    if (raw.length() <= columns.get(0).from()) {
      return false;
    }
    for (Column column : columns.subList(1, columns.size())) {
      int edge = column.from();
      if (edge < raw.length()
          && !Lines.isSpace(raw.charAt(edge))
          && !Lines.isSpace(raw.charAt(edge - 1))) {
        return false;
      }
    }
    return true;
  }

  private static String slice(String raw, int from, int to) {
    return from >= raw.length() ? "" : Lines.trim(raw.substring(from, Math.min(to, raw.length())));
  }
}
