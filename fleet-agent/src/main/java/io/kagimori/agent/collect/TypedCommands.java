package io.kagimori.agent.collect;

import io.kagimori.contracts.catalogue.DidYouMean;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the commands above an output, as they explain some errors better than the output. */
final class TypedCommands {
  private static final List<String> DISM_SWITCHES =
      List.of(
          "online",
          "image",
          "english",
          "get-currentedition",
          "get-targeteditions",
          "set-edition",
          "set-productkey",
          "productkey",
          "accepteula",
          "geteula",
          "norestart",
          "quiet",
          "logpath",
          "loglevel",
          "scratchdir",
          "cleanup-image",
          "restorehealth",
          "scanhealth",
          "checkhealth",
          "source",
          "limitaccess",
          "format",
          "get-packages",
          "get-features",
          "wimfile",
          "index");

  private static final Pattern SWITCH = Pattern.compile("(?<=\\s)[/\\-–—]([A-Za-z-]{3,30})");
  private static final Pattern SCRIPT = Pattern.compile("(?<![A-Za-z])([A-Za-z]{4,8})\\.vbs\\b");
  private static final int LINE_MAX = 400;

  private TypedCommands() {}

  static void read(Sheet sheet, Readings readings) {
    if (!sheet.mayHold(Hints.Part.COMMANDS)) {
      return;
    }
    for (int i = 0; i < sheet.size(); i++) {
      String line = sheet.raw(i);
      if (line.length() <= LINE_MAX) {
        check(line, readings);
      }
    }
  }

  private static void check(String line, Readings readings) {
    String lower = line.toLowerCase(Locale.ROOT);
    if (lower.contains("dism") && (lower.contains("edition") || lower.contains("/online"))) {
      Matcher typed = SWITCH.matcher(line);
      while (typed.find()) {
        suggest(typed.group(1), DISM_SWITCHES, "/%s", readings);
      }
    }
    Matcher script = SCRIPT.matcher(line);
    while (script.find()) {
      suggest(script.group(1), List.of("slmgr"), "%s.vbs", readings);
    }
  }

  private static void suggest(String typed, List<String> known, String shape, Readings readings) {
    String lower = typed.toLowerCase(Locale.ROOT);
    if (!known.contains(lower)) {
      DidYouMean.among(lower, known).stream()
          .findFirst()
          .ifPresent(
              meant ->
                  readings.note(
                      new Finding(
                          Finding.COMMAND_MISTYPED,
                          "%s: did you mean %s?"
                              .formatted(shape.formatted(typed), shape.formatted(meant)))));
    }
  }
}
