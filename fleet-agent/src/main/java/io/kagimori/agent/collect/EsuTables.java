package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lists of ESU programs with their activation IDs, as articles and scanners have them. A row
 * that names only the year belongs to the product of the row above it.
 */
final class EsuTables {
  private static final String GUID = "([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})";

  /** {@code 1 年目 | <id>}, {@code Year 1: <id>}, {@code ESU Year 2 … <id>}. */
  private static final Pattern YEAR =
      Pattern.compile(
          "(.{0,80}?)(?:(?:year|jahr|année|año|anno|ano|rok)[ \\-]?([1-6])|([1-6]) ?(?:年目|年|年度|년차|\\.? ?(?:jahr|rok|année)))(.{0,40}?)"
              + GUID
              + ".*",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /** A scanner's record, activation ID and license name with a semicolon between them. */
  private static final Pattern RECORD = Pattern.compile("(?:.{0,40}?[: ])?" + GUID + ";(.{1,600})");

  private static final Pattern PROGRAM = Pattern.compile("([A-Za-z]+-ESU-Year[1-6])");

  private EsuTables() {}

  static void read(Sheet sheet, Readings readings) {
    if (!sheet.mayHold(Hints.Part.ESU)) {
      return;
    }
    Reading reading = new Reading(Kind.ESU_PROGRAMS);
    List<Map<String, Object>> programs = new ArrayList<>();
    String group = "";
    for (int i = 0; i < sheet.size(); i++) {
      String line = sheet.line(i).text();
      if (line.length() > 1_000 || sheet.isTaken(i)) {
        continue;
      }
      Matcher row = YEAR.matcher(line);
      Matcher record = RECORD.matcher(line);
      if (record.matches() && PROGRAM.matcher(record.group(2)).find()) {
        takeRecord(record, reading);
        sheet.take(i);
      } else if (row.matches() && !line.contains(";")) {
        takeRow(row, group, programs);
        sheet.take(i);
      } else if (line.startsWith("Windows") || line.contains("| Windows")) {
        group = program(line);
      }
    }
    if (!programs.isEmpty()) {
      reading.put("esu_programs", programs);
    }
    readings.add(reading);
  }

  private static void takeRecord(Matcher record, Reading reading) {
    Map<String, Object> license = new LinkedHashMap<>();
    license.put("activation_id", record.group(1));
    license.put("name", Lines.trim(record.group(2)));
    Matcher program = PROGRAM.matcher(record.group(2));
    if (program.find()) {
      license.put("esu_program", program.group(1));
    }
    license.put("is_addon", record.group(2).contains("add-on"));
    reading.products().add(license);
  }

  private static void takeRow(Matcher row, String group, List<Map<String, Object>> programs) {
    String year = row.group(2) != null ? row.group(2) : row.group(3);
    String own = program(row.group(1));
    String product = own.startsWith("Windows") ? own : group;
    Map<String, Object> program = new LinkedHashMap<>();
    program.put("program", Lines.trim(product + " Year " + year));
    program.put("activation_id", row.group(5));
    if (!programs.contains(program)) {
      programs.add(program);
    }
  }

  /** {@code Windows 7 SP1 (クライアント) | |} without the note and the empty cells. */
  private static String program(String line) {
    String name = line;
    int from = name.indexOf("Windows");
    name = from > 0 ? name.substring(from) : name;
    for (String end : new String[] {"|", "(", "（", "ESU", ",", ":"}) {
      int at = name.indexOf(end);
      name = at >= 0 ? name.substring(0, at) : name;
    }
    return Lines.trim(name);
  }
}
