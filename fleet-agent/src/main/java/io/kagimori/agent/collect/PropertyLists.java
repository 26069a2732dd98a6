package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads objects printed one property a line: Format-List of PowerShell ({@code Name : value}) and
 * {@code wmic … /value} ({@code Name=value}). An object ends where a property comes a second time
 * or other text begins.
 */
final class PropertyLists {
  static final List<String> HINTS =
      List.of(
          "LicenseStatus",
          "PartialProductKey",
          "ApplicationI",
          "KeyManagementService",
          "GracePeriodRemaining",
          "ReArmCount",
          "ProductKeyI",
          "LicenseFamily",
          "ActivationID",
          "OfflineInstallationId",
          "ClientMachineID",
          "RestartRequired");

  private static final int NAME_MAX = 60;

  private final Sheet sheet;
  private final Readings readings;
  private final Map<String, String> object = new LinkedHashMap<>();
  private final Map<Kind, Reading> found = new EnumMap<>(Kind.class);
  private final List<Integer> lines = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private String last;
  private int valueColumn;

  private PropertyLists(Sheet sheet, Readings readings) {
    this.sheet = sheet;
    this.readings = readings;
  }

  static void read(Sheet sheet, Readings readings) {
    if (sheet.mayHold(Hints.Part.PROPERTIES)) {
      new PropertyLists(sheet, readings).readAll();
    }
  }

  private void readAll() {
    for (int i = 0; i < sheet.size(); i++) {
      Line line = sheet.line(i);
      if (sheet.isTaken(i)) {
        finish();
      } else if (!line.isBlank() && !line.noise()) {
        takeLine(i, line);
      }
    }
    finish();
    found.values().forEach(readings::addAlways);
  }

  private void takeLine(int index, Line line) {
    String text = line.text();
    int end = nameEnd(text);
    if (end > 0 && !(last != null && isIndented(index))) {
      takeProperty(index, text, text.substring(0, end));
    } else if (last != null && isContinuation(index)) {
      object.merge(last, text, (before, more) -> before + separator(index) + more);
      lines.add(index);
    } else {
      finish();
    }
  }

  private void takeProperty(int index, String text, String name) {
    PropertyNames.Meaning meaning = PropertyNames.meaning(name);
    if (meaning == null) {
      last = null;
      if (!object.isEmpty()) {
        unknown.add(text);
        lines.add(index);
      }
      return;
    }
    if (object.containsKey(name)) {
      finish();
    }
    int separator = separatorAt(text, name.length());
    object.put(name, text.substring(separator + 1));
    lines.add(index);
    last = name;
    int column = sheet.raw(index).indexOf(text.substring(0, separator + 1));
    valueColumn = column + separator + 1;
  }

  /** The end of the one-word name that a line begins with; 0 where it does not. */
  private static int nameEnd(String text) {
    int i = 0;
    while (i < text.length() && i < NAME_MAX && isNamePart(text.charAt(i))) {
      i++;
    }
    return i > 0 && separatorAt(text, i) > 0 ? i : 0;
  }

  private static boolean isNamePart(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '_');
  }

  private static int separatorAt(String text, int from) {
    int i = from;
    while (i < text.length() && Lines.isSpace(text.charAt(i))) {
      i++;
    }
    boolean separator =
        i < text.length() && (EntryScan.isColon(text.charAt(i)) || text.charAt(i) == '=');
    return separator ? i : -1;
  }

  /** PowerShell indents the rest of a long value to the column where the value begins. */
  private boolean isContinuation(int index) {
    String raw = sheet.raw(index);
    return isIndented(index)
        || (index > 0 && sheet.line(index - 1).full() && !Lines.isSpace(raw.charAt(0)));
  }

  private boolean isIndented(int index) {
    String raw = sheet.raw(index);
    int indent = 0;
    while (indent < raw.length() && Lines.isSpace(raw.charAt(indent))) {
      indent++;
    }
    return valueColumn > 3 && indent >= valueColumn;
  }

  /** A line that ends short of its fellows was broken at a blank, any other within a word. */
  private String separator(int index) {
    String before = sheet.raw(index - 1);
    return before.endsWith(" ") ? " " : "";
  }

  private void finish() {
    boolean result = object.containsKey("Success") && object.containsKey("Operation");
    if (result || object.keySet().stream().anyMatch(PropertyNames::isSure)) {
      Reading reading = found.computeIfAbsent(PropertyNames.kindOf(object.keySet()), Reading::new);
      LicenseObjects.add(object, reading);
      unknown.forEach(line -> reading.unrecognized().add(ProductKeys.scrub(line)));
      lines.forEach(sheet::take);
    }
    object.clear();
    lines.clear();
    unknown.clear();
    last = null;
  }
}
