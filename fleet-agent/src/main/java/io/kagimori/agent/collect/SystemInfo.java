package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code systeminfo} prints, in any UI language. */
final class SystemInfo {
  private static final Vocabulary VOCABULARY = Vocabulary.load("systeminfo.csv");
  static final List<String> HINTS = hints();

  /** {@code 10.0.17763 N/A Build 17763}; the words between the numbers are translated. */
  private static final Pattern VERSION =
      Pattern.compile("(\\d+\\.\\d+(?:\\.\\d+)*)(?:.*?\\b(\\d{4,5}))?\\D*");

  private static final Pattern UPDATE =
      Pattern.compile("\\[\\d{1,4}\\]\\s*[:：]?\\s*(KB\\d{6,8})\\b.*");

  private static final Pattern LISTED_UPDATE = Pattern.compile("KB\\d{6,8}");

  /** Heading of the column of updates that {@code Get-HotFix} and {@code wmic qfe} print. */
  private static final String HOTFIX_COLUMN = "HotFixID";

  /** The wordings of this tool. */
  static Vocabulary vocabulary() {
    return VOCABULARY;
  }

  private SystemInfo() {}

  private static List<String> hints() {
    List<String> hints = new ArrayList<>(VOCABULARY.wordings("os_name"));
    hints.addAll(List.of(HOTFIX_COLUMN, "OsName", "WindowsEditionId"));
    return List.copyOf(hints);
  }

  static void read(Sheet sheet, Readings readings) {
    if (!sheet.mayHold(Hints.Part.SYSTEMINFO)) {
      return;
    }
    readHotFixes(sheet, readings);
    Reading reading = new Reading(Kind.SYSTEMINFO);
    BootTime boot = new BootTime();
    List<String> updates = new ArrayList<>();
    TreeSet<Integer> taken = new TreeSet<>();
    boolean began = false;
    for (EntryScan.Placed placed : EntryScan.placed(VOCABULARY, sheet.lines())) {
      Entry entry = placed.entry();
      began |=
          entry.isLabel("os_name")
              || entry.isLabel("host_name")
              || entry.isLabel("current_edition");
      Matcher update = UPDATE.matcher(entry.text());
      boolean ours = began && (entry.isKnown() || update.matches() || isListItem(entry.text()));
      if (began && entry.isKnown()) {
        take(entry.term().fact(), entry.value(), reading, boot);
        addListed(entry, updates);
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
    reading.put("booted_at", boot.instant());
    taken.forEach(sheet::take);
    readings.add(reading);
  }

  /** Rows below the heading of updates, whatever other columns stand beside it. */
  private static void readHotFixes(Sheet sheet, Readings readings) {
    List<String> updates = new ArrayList<>();
    boolean below = false;
    for (int i = 0; i < sheet.size(); i++) {
      String raw = sheet.raw(i);
      Matcher update = LISTED_UPDATE.matcher(raw);
      boolean row = below && raw.length() < 300 && update.find();
      boolean heading = raw.contains(HOTFIX_COLUMN) && raw.length() < 300;
      if (heading || row) {
        sheet.take(i);
      }
      if (row && !updates.contains(update.group())) {
        updates.add(update.group());
      }
      below |= heading;
      below &= row || heading || raw.isBlank() || sheet.line(i).noise();
    }
    if (!updates.isEmpty()) {
      Reading reading = new Reading(Kind.SYSTEMINFO);
      reading.put("updates", updates);
      readings.add(reading);
    }
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
    BootTime boot = new BootTime();
    List<String> updates = new ArrayList<>();
    for (int i = 0; row != null && i < header.size() && i < row.size(); i++) {
      Term term = VOCABULARY.label(header.get(i));
      if (term != null) {
        reading.wordings().add(term);
        take(term.fact(), row.get(i), reading, boot);
        Matcher update = LISTED_UPDATE.matcher(term.fact().equals("updates") ? row.get(i) : "");
        while (update.find()) {
          updates.add(update.group());
        }
      }
    }
    reading.put("updates", updates.isEmpty() ? null : updates);
    reading.put("booted_at", boot.instant());
    readings.add(reading);
  }

  /** {@code OsHotFixes : {KB5029928, KB5030216…}}. */
  private static void addListed(Entry entry, List<String> updates) {
    Matcher update = LISTED_UPDATE.matcher(entry.isLabel("updates") ? entry.value() : "");
    while (update.find()) {
      updates.add(update.group());
    }
  }

  private static void take(String fact, String value, Reading reading, BootTime boot) {
    switch (fact) {
      case "boot_time" -> boot.printed(value);
      case "time_zone" -> boot.zone(value);
      case "host_name", "domain", "os_name" -> reading.put(fact, Values.text(value));
      case "current_edition" -> reading.put(fact, Editions.isId(value) ? value : null);
      case "os_build" -> reading.put(fact, Numbers.whole(value) == null ? null : value);
      case "product_id" ->
          reading.put("product_id", value.length() > 40 ? null : Values.token(value));
      case "os_version" -> {
        Matcher version = VERSION.matcher(value);
        if (version.matches()) {
          reading.put("os_version", version.group(1));
          reading.put("os_build", version.group(2));
        }
      }
      default -> boot.mayNameRegion(value);
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
