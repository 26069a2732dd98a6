package io.kagimori.agent.collect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the metrics of windows_exporter that tell the operating system and its license. */
final class MetricLines {
  private static final Pattern METRIC =
      Pattern.compile(
          "(windows_(?:license_status|os_info|os_hostname|cs_hostname))\\{(.{1,2000})\\} +([0-9.e+]{1,24})(?: .*)?");

  private static final Pattern LABEL = Pattern.compile("([a-z_]{1,40})=\"([^\"]{0,400})\"");

  private MetricLines() {}

  static void read(Sheet sheet, Readings readings) {
    if (!sheet.mayHold(Hints.Part.METRICS)) {
      return;
    }
    Reading reading = new Reading(Kind.METRICS);
    for (int i = 0; i < sheet.size(); i++) {
      String line = sheet.line(i).text();
      Matcher metric = METRIC.matcher(line.length() > 3_000 ? "" : line);
      if (metric.matches()) {
        take(
            metric.group(1),
            labels(metric.group(2)),
            Double.parseDouble(safe(metric.group(3))),
            reading);
        sheet.take(i);
      } else if (line.startsWith("# ")
          || line.startsWith("HELP windows_")
          || line.startsWith("TYPE windows_")) {
        sheet.take(i);
      }
    }
    readings.add(reading);
  }

  private static String safe(String number) {
    return number.matches("[0-9]+(\\.[0-9]+)?(e\\+?[0-9]{1,2})?") ? number : "0";
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    Matcher label = LABEL.matcher(text);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return labels;
  }

  private static void take(
      String metric, Map<String, String> labels, double value, Reading reading) {
    switch (metric) {
      case "windows_license_status" -> {
        if (value == 1) {
          reading.put("genuine_state", labels.get("state"));
        }
      }
      case "windows_os_info" -> {
        reading.put("os_name", labels.get("product"));
        reading.put("os_version", labels.get("version"));
        reading.put("os_build", labels.get("build_number"));
      }
      default -> {
        reading.put("host_name", labels.get("hostname"));
        reading.put("domain", labels.get("domain"));
      }
    }
  }
}
