package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads SQL about licenses: queries of a Configuration Manager site database, which tell what the
 * columns of their export will be called, and the definition of the product table of VAMT.
 */
final class SqlTexts {
  private static final Pattern VIEW =
      Pattern.compile("\\b(v_[A-Za-z0-9_]*SOFTWARE_LICENSING[A-Za-z0-9_]*)\\b");
  private static final Pattern SELECT =
      Pattern.compile(
          "\\bselect\\s+(?:distinct\\s+|top\\s+\\d+\\s+)?(.{1,2000}?)\\s+from\\b",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern STATUS =
      Pattern.compile("([0-6])\\s*[={:,-]*\\s*[\"'{]+([A-Za-z][A-Za-z -]{3,40})[\"'}]+");
  private static final Pattern COLUMN =
      Pattern.compile(
          "\\[(\\w{2,60})\\]\\s+((?:\\[\\w+\\]\\.)?\\[?\\w+\\]?(?:\\s*\\(\\w+\\))?)\\s+((?:NOT )?NULL)\\s*,?");

  /** Of the columns of VAMT those that hold the state of a license and its way to the KMS host. */
  private static final Set<String> OF_STATE =
      Set.of(
          "PartialProductKey",
          "LicenseStatus",
          "LicenseStatusReason",
          "GraceExpirationDate",
          "GenuineStatus",
          "CMID",
          "KmsHost",
          "KmsPort");

  private SqlTexts() {}

  static void read(Sheet sheet, Readings readings) {
    if (sheet.mayHold(Hints.Part.SITE_QUERY)) {
      readQuery(sheet, readings);
    }
    if (sheet.mayHold(Hints.Part.TABLE_DEFINITION)) {
      readDefinition(sheet, readings);
    }
  }

  private static void readQuery(Sheet sheet, Readings readings) {
    Matcher view = VIEW.matcher(sheet.text());
    Matcher select = SELECT.matcher(sheet.text());
    if (!view.find() || !select.find()) {
      return;
    }
    Reading reading = new Reading(Kind.CONFIGMGR);
    reading.put("view", view.group(1));
    List<String> columns = new ArrayList<>();
    for (String column : select.group(1).split(",")) {
      String name = column.strip();
      columns.add(name.substring(name.lastIndexOf('.') + 1));
    }
    reading.put("columns", columns);
    Map<String, Object> codes = new LinkedHashMap<>();
    for (int i = 0; i < sheet.size(); i++) {
      Matcher status = STATUS.matcher(sheet.line(i).text());
      if (sheet.line(i).text().length() < 200 && status.matches()) {
        codes.put(status.group(1), status.group(2));
      }
    }
    if (!codes.isEmpty()) {
      reading.put("status_codes", codes);
    }
    readings.add(reading);
    sheet.take(0, sheet.size());
  }

  private static void readDefinition(Sheet sheet, Readings readings) {
    Reading reading = new Reading(Kind.VAMT);
    Map<String, Object> columns = new LinkedHashMap<>();
    TreeSet<Integer> taken = new TreeSet<>();
    for (int i = 0; i < sheet.size(); i++) {
      String line = sheet.line(i).text();
      Matcher column = COLUMN.matcher(line.length() > 400 ? "" : line);
      if (column.matches()) {
        taken.add(i);
        if (OF_STATE.contains(column.group(1))) {
          columns.put(column.group(1), type(column.group(2)) + " " + column.group(3));
        }
      }
    }
    if (!columns.isEmpty()) {
      reading.put("columns", columns);
      taken.forEach(sheet::take);
    }
    readings.add(reading);
  }

  /** {@code [dbo].[FullyQualifiedDomainName]} is known by its own name. */
  private static String type(String type) {
    return type.substring(type.lastIndexOf('.') + 1)
        .replace("[", "")
        .replace("]", "")
        .replaceAll("\\s+", " ");
  }
}
