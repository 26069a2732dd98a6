package io.kagimori.agent.collect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads licenses in the import layout of Snipe-IT. What these rows say is bookkeeping about seats
 * and dates, not the state of a machine, so it stays as it is written.
 */
final class SnipeItRows {
  private static final Set<String> COLUMNS =
      Set.of(
          "full name",
          "item name",
          "serial number",
          "seats",
          "reassignable",
          "licensed to name",
          "purchase date",
          "expiration date",
          "license name",
          "product key",
          "email",
          "company");

  private static final List<String> OF_A_RECORD =
      List.of(
          "item name",
          "seats",
          "purchase date",
          "expiration date",
          "reassignable",
          "serial number");

  private SnipeItRows() {}

  static boolean isColumn(String name) {
    return COLUMNS.contains(name.strip().toLowerCase(Locale.ROOT));
  }

  static boolean isHeader(List<String> header) {
    List<String> lower = header.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    return lower.contains("seats") && header.stream().filter(SnipeItRows::isColumn).count() >= 4;
  }

  static Reading read(List<String> header, DelimitedRows rows) {
    Reading reading = new Reading(Kind.SNIPE_IT);
    reading.put("columns", List.copyOf(header));
    int records = 0;
    for (List<String> row = rows.next(); row != null; row = rows.next()) {
      if (records++ == 0) {
        reading.put("first", record(header, row));
      }
    }
    reading.put("records", records);
    return reading;
  }

  private static Map<String, Object> record(List<String> header, List<String> row) {
    Map<String, Object> facts = new LinkedHashMap<>();
    for (int i = 0; i < header.size() && i < row.size(); i++) {
      String column = header.get(i).toLowerCase(Locale.ROOT);
      String value = row.get(i);
      if (OF_A_RECORD.contains(column) && !value.isEmpty()) {
        Long number = column.equals("seats") ? Numbers.whole(value) : null;
        facts.put(column.replace(' ', '_'), number == null ? ProductKeys.scrub(value) : number);
      }
    }
    return facts;
  }
}
