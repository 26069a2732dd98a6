package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code systeminfo} prints, in any UI language. */
final class SystemInfo {
  private static final Vocabulary VOCABULARY = Vocabulary.load("systeminfo.csv");
  static final List<String> HINTS = VOCABULARY.wordings("os_name");

  /** {@code 10.0.17763 N/A Build 17763}; the words between the numbers are translated. */
  private static final Pattern VERSION =
      Pattern.compile("(\\d+\\.\\d+(?:\\.\\d+)*)(?:.*?\\b(\\d{4,5}))?\\D*");

  private static final Pattern UPDATE =
      Pattern.compile("\\[\\d{1,4}\\]\\s*[:：]?\\s*(KB\\d{6,8})\\b.*");

  private static final Pattern LISTED_UPDATE = Pattern.compile("KB\\d{6,8}");

  private SystemInfo() {}

  static void read(Sheet sheet, Readings readings) {
    if (!sheet.mayHold(Hints.Part.SYSTEMINFO)) {
      return;
    }
    Reading reading = new Reading(Kind.SYSTEMINFO);
    List<String> updates = new ArrayList<>();
    TreeSet<Integer> taken = new TreeSet<>();
    boolean began = false;
    for (EntryScan.Placed placed : EntryScan.placed(VOCABULARY, sheet.lines())) {
      Entry entry = placed.entry();
      began |= entry.isLabel("os_name") || entry.isLabel("host_name");
      Matcher update = UPDATE.matcher(entry.text());
      boolean ours = began && (entry.isKnown() || update.matches() || isListItem(entry.text()));
      if (began && entry.isKnown()) {
        take(entry, reading);
        reading.wordings().add(entry.term());
      }
      if (began && update.matches()) {
        updates.add(update.group(1));
      }
      if (ours) {
        for (int i = placed.from(); i < placed.to(); i++) {
          taken.add(i);
        }
      }
    }
    if (!reading.facts().containsKey("os_name")) {
      return;
    }
    if (!updates.isEmpty()) {
      reading.put("updates", updates);
    }
    taken.forEach(sheet::take);
    readings.add(reading);
  }

  /** Whether a text is a heading of {@code systeminfo /fo csv}. */
  static boolean isColumn(String name) {
    Term term = VOCABULARY.label(name);
    return term != null && (term.fact().equals("host_name") || term.fact().equals("os_name"));
  }

  static boolean isHeader(List<String> header) {
    return header.size() > 2 && header.stream().filter(SystemInfo::isColumn).count() == 2;
  }

  /** Reads the one row of {@code systeminfo /fo csv}. */
  static void readRow(List<String> header, DelimitedRows rows, Readings readings) {
    List<String> row = rows.next();
    Reading reading = new Reading(Kind.SYSTEMINFO);
    List<String> updates = new ArrayList<>();
    for (int i = 0; row != null && i < header.size() && i < row.size(); i++) {
      Term term = VOCABULARY.label(header.get(i));
      if (term != null) {
        reading.wordings().add(term);
        take(term.fact(), row.get(i), reading);
        Matcher update = LISTED_UPDATE.matcher(term.fact().equals("updates") ? row.get(i) : "");
        while (update.find()) {
          updates.add(update.group());
        }
      }
    }
    reading.put("updates", updates.isEmpty() ? null : updates);
    readings.add(reading);
  }

  private static void take(Entry entry, Reading reading) {
    take(entry.term().fact(), entry.value(), reading);
  }

  private static void take(String fact, String value, Reading reading) {
    switch (fact) {
      case "host_name", "domain", "os_name" -> reading.put(fact, Values.text(value));
      case "product_id" ->
          reading.put("product_id", value.length() > 40 ? null : Values.token(value));
      case "os_version" -> {
        Matcher version = VERSION.matcher(value);
        if (version.matches()) {
          reading.put("os_version", version.group(1));
          reading.put("os_build", version.group(2));
        }
      }
      default -> {}
    }
  }

  /** {@code [01]: Intel64 Family 6 …}: processors, network cards and their addresses. */
  private static boolean isListItem(String text) {
    return text.length() > 4
        && text.charAt(0) == '['
        && text.indexOf(']') > 1
        && text.indexOf(']') < 6
        && Character.isDigit(text.charAt(1));
  }
}
