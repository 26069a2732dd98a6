package io.kagimori.agent.collect;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code sc query}, {@code sc queryex} and {@code Get-Service} say of the licensing
 * service: its name, which tells the generation of Windows, and its state.
 */
final class ServiceState {
  static final List<String> HINTS = List.of("sppsvc", "slsvc");

  private static final Set<String> NAMES = Set.of("sppsvc", "slsvc");
  private static final Pattern SERVICE_NAME =
      Pattern.compile("(?:SERVICE_NAME|Name)\\s*:\\s*(\\w+)");

  /** {@code STATE : 4 RUNNING}; the number is the same in every language. */
  private static final Pattern STATE = Pattern.compile("\\S+\\s*:\\s*([1-7])  ([A-Z_]{6,20})\\b.*");

  private static final Pattern STATUS =
      Pattern.compile("Status\\s*:\\s*(Running|Stopped|StartPending|StopPending|Paused)");
  private static final Pattern ROW =
      Pattern.compile("(Running|Stopped|StartPending|StopPending|Paused)\\s+(\\w+)\\s+\\S.*");

  private static final int REACH = 4;

  private ServiceState() {}

  static void read(Sheet sheet, Readings readings) {
    if (!sheet.mayHold(Hints.Part.SERVICE)) {
      return;
    }
    Reading reading = new Reading(Kind.SERVICE_STATE);
    for (int i = 0; i < sheet.size(); i++) {
      String text = sheet.line(i).text();
      if (sheet.isTaken(i) || text.length() > 200) {
        continue;
      }
      Matcher row = ROW.matcher(text);
      Matcher name = SERVICE_NAME.matcher(text);
      if (row.matches() && isOurs(row.group(2))) {
        put(reading, row.group(2), row.group(1));
        sheet.take(i);
      } else if (name.matches() && isOurs(name.group(1))) {
        int state = stateNear(sheet, i);
        if (state >= 0) {
          put(reading, name.group(1), stateOf(sheet.line(state).text()));
          sheet.take(i);
          sheet.take(state);
        }
      }
    }
    readings.add(reading);
  }

  private static boolean isOurs(String service) {
    return NAMES.contains(service.toLowerCase(Locale.ROOT));
  }

  private static int stateNear(Sheet sheet, int name) {
    for (int i = Math.max(0, name - 2); i < sheet.size() && i <= name + REACH; i++) {
      if (i != name && stateOf(sheet.line(i).text()) != null) {
        return i;
      }
    }
    return -1;
  }

  private static String stateOf(String text) {
    Matcher state = STATE.matcher(text);
    if (state.matches() && state.group(2).indexOf("WIN32") < 0) {
      return state.group(2);
    }
    Matcher status = STATUS.matcher(text);
    return status.matches() ? status.group(1) : null;
  }

  private static void put(Reading reading, String service, String state) {
    reading.put("service_name", service.toLowerCase(Locale.ROOT));
    reading.put("service_state", state.replace("_", "").toUpperCase(Locale.ROOT));
  }
}
