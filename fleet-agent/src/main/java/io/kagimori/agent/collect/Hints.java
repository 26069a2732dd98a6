package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells in one pass over a text which readers have anything to look for in it. Most texts are of
 * one kind, and asking each reader's hundred wordings one after the other would take longer than
 * reading them.
 */
final class Hints {
  /** What a text may hold. */
  enum Part {
    XML,
    JSON,
    PROPERTIES,
    RULER,
    EVENTS,
    DETAILS,
    DISM,
    OSPP,
    WINDOWS_EDITION,
    SYSTEMINFO,
    METRICS,
    ESU,
    REGISTRY,
    SERVICE,
    SITE_QUERY,
    TABLE_DEFINITION,
    COMMANDS
  }

  private static final int TABLE = 1 << 14;

  private static final Hints SHIPPED = shipped();

  private final List<List<Hint>> byPair = new ArrayList<>();
  private final boolean[] pairs = new boolean[TABLE];

  private record Hint(String text, Part part) {}

  private Hints(Map<Part, List<String>> hints) {
    for (int i = 0; i < TABLE; i++) {
      byPair.add(null);
    }
    hints.forEach((part, texts) -> texts.forEach(text -> add(new Hint(text, part))));
  }

  private void add(Hint hint) {
    int pair = pair(hint.text().charAt(0), hint.text().charAt(1));
    List<Hint> known = byPair.get(pair);
    List<Hint> all = known == null ? new ArrayList<>() : known;
    all.add(hint);
    byPair.set(pair, all);
    pairs[pair] = true;
  }

  private static int pair(char first, char second) {
    return (first * 31 + second) & (TABLE - 1);
  }

  /** What this text may hold. */
  static Set<Part> in(String text) {
    Set<Part> found = EnumSet.noneOf(Part.class);
    char[] chars = text.toCharArray();
    for (int i = 0; i + 1 < chars.length; i++) {
      int pair = pair(chars[i], chars[i + 1]);
      if (SHIPPED.pairs[pair]) {
        SHIPPED.addHints(pair, text, i, found);
      }
    }
    return found;
  }

  private void addHints(int pair, String text, int at, Set<Part> found) {
    for (Hint hint : byPair.get(pair)) {
      if (!found.contains(hint.part()) && text.startsWith(hint.text(), at)) {
        found.add(hint.part());
      }
    }
  }

  private static Hints shipped() {
    Map<Part, List<String>> hints = new EnumMap<>(Part.class);
    hints.put(
        Part.XML,
        List.of(
            "<Event",
            "<LICENSEINFOS",
            "<HARDWARE",
            "<OPERATINGSYSTEM",
            "LicenseStatus<",
            "LicenseStatus>",
            "LicenseStatus\"",
            "PartialProductKey<",
            "PartialProductKey>",
            "PartialProductKey\""));
    hints.put(Part.JSON, List.of("\":", "\" :"));
    hints.put(Part.PROPERTIES, PropertyLists.HINTS);
    hints.put(Part.RULER, List.of("----"));
    hints.put(Part.EVENTS, EventTexts.HINTS);
    hints.put(Part.DETAILS, List.of("0x"));
    hints.put(Part.DISM, DismOutput.HINTS);
    hints.put(Part.OSPP, OsppOutput.HINTS);
    hints.put(Part.WINDOWS_EDITION, WindowsEditionOutput.HINTS);
    hints.put(Part.SYSTEMINFO, SystemInfo.HINTS);
    hints.put(Part.METRICS, List.of("windows_license_status", "windows_os_info"));
    hints.put(Part.ESU, List.of("ESU", "Extended Security"));
    hints.put(Part.REGISTRY, RegistryExport.HINTS);
    hints.put(Part.SERVICE, ServiceState.HINTS);
    hints.put(Part.SITE_QUERY, List.of("SOFTWARE_LICENSING"));
    hints.put(Part.TABLE_DEFINITION, List.of("[LicenseStatus]"));
    hints.put(Part.COMMANDS, List.of("DISM", "dism", "Dism", ".vbs"));
    return new Hints(hints);
  }
}
