package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads what the PowerShell cmdlet {@code Get-WindowsEdition} prints: {@code Edition :
 * ServerStandard}. Other programs say as much of other things, so it counts below the command or
 * where a text holds nothing else.
 */
final class WindowsEditionOutput {
  static final List<String> HINTS = List.of("Edition : ", "Edition: ");
  private static final String COMMAND = "get-windowsedition";

  /** Other properties of the object, lower case. */
  private static final Set<String> BESIDE =
      Set.of(
          "path",
          "online",
          "winpath",
          "sysdrivepath",
          "restartneeded",
          "logpath",
          "scratchdirectory",
          "loglevel");

  private final Sheet sheet;
  private final List<String> targets = new ArrayList<>();
  private final Reading reading = new Reading(Kind.DISM);
  private final List<Integer> taken = new ArrayList<>();

  private WindowsEditionOutput(Sheet sheet) {
    this.sheet = sheet;
  }

  static void read(Sheet sheet, Readings readings) {
    if (sheet.mayHold(Hints.Part.WINDOWS_EDITION)) {
      new WindowsEditionOutput(sheet).readAll(readings);
    }
  }

  private void readAll(Readings readings) {
    boolean belowCommand = isAlone();
    boolean ofTargets = false;
    for (int i = 0; i < sheet.size(); i++) {
      String raw = sheet.raw(i).toLowerCase(Locale.ROOT);
      if (raw.contains(COMMAND)) {
        belowCommand = true;
        ofTargets = raw.contains("-target");
      } else if (sheet.line(i).noise()) {
        belowCommand &= sheet.line(i).isBlank();
      } else if (belowCommand && !sheet.line(i).isBlank()) {
        belowCommand = take(i, ofTargets);
      }
    }
    if (!targets.isEmpty()) {
      reading.put("target_editions", targets);
    }
    taken.forEach(sheet::take);
    readings.add(reading);
  }

  private boolean isAlone() {
    return sheet.lines().stream()
        .allMatch(line -> line.isBlank() || line.noise() || edition(line.text()) != null);
  }

  private boolean take(int index, boolean ofTargets) {
    String text = sheet.line(index).text();
    String edition = edition(text);
    if (edition != null && ofTargets) {
      targets.add(edition);
    } else if (edition != null) {
      reading.put("current_edition", edition);
    } else if (!BESIDE.contains(name(text).toLowerCase(Locale.ROOT))) {
      return false;
    }
    taken.add(index);
    return true;
  }

  private static String name(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? "" : Lines.trim(text.substring(0, colon));
  }

  /** The EditionID in a line, or null. */
  private static String edition(String text) {
    String value = Values.clean(text, text.indexOf(':') + 1);
    return name(text).equals("Edition") && Editions.isId(value) ? value : null;
  }
}
