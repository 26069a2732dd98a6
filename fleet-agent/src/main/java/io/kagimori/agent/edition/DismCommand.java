package io.kagimori.agent.edition;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.contracts.catalogue.DidYouMean;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at a DISM command as somebody typed it; nothing of it is sent, keys least of all. */
final class DismCommand {
  private static final List<String> OPTIONS =
      List.of(
          "/Online",
          "/Image",
          "/Set-Edition",
          "/ProductKey",
          "/AcceptEula",
          "/GetEula",
          "/NoRestart",
          "/Quiet",
          "/English",
          "/Get-CurrentEdition",
          "/Get-TargetEditions");

  private static final Pattern OPTION = Pattern.compile("(?<=^|\\s)/([A-Za-z-]+)");

  private DismCommand() {}

  /** Fails on the first option that DISM would not understand. */
  static void check(String typed) {
    Matcher option = OPTION.matcher(typed);
    while (option.find()) {
      String name = "/" + option.group(1);
      if (OPTIONS.stream().noneMatch(name::equalsIgnoreCase)) {
        List<String> near = DidYouMean.among(name, OPTIONS);
        String meant = near.isEmpty() ? "" : " Did you mean " + near.get(0) + "?";
        throw CommandFailure.no("DISM_OPTION_INVALID", "DISM has no option " + name + "." + meant);
      }
    }
  }
}
