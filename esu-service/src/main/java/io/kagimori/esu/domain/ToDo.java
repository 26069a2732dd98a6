package io.kagimori.esu.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is left to be done for a device, as the steps of an answer. */
final class ToDo {
  private ToDo() {}

  /**
   * The steps that put an end to findings and get years, first to last; no years means that the
   * program is over.
   */
  static List<String> of(EsuDevice device, Collection<Finding> findings, List<EsuYear> years) {
    List<String> steps = new ArrayList<>();
    for (Finding finding : findings) {
      step(finding).ifPresent(steps::add);
    }
    years.forEach(year -> steps.add(enrol(device, year)));
    if (years.isEmpty()) {
      steps.add("replace the system: the program has no further year");
    }
    return steps;
  }

  private static String enrol(EsuDevice device, EsuYear year) {
    String way =
        switch (year.sale()) {
          case KEY, ANNOUNCED -> "";
          case PLATFORM -> " --route PLATFORM --platform <platform>";
          case OEM -> " --activated";
        };
    return "kagimori request esu --device %s --product %s --edition %s --year %d%s"
        .formatted(
            device.deviceId(),
            year.product(),
            Optional.ofNullable(device.facts().edition()).orElse("<edition>"),
            year.year(),
            way);
  }

  static String install(Finding missing) {
    return "install " + kbs(missing);
  }

  private static String kbs(Finding missing) {
    return missing.detail().get("kb") instanceof Collection<?> kbs
        ? String.join(" or ", kbs.stream().map(String::valueOf).toList())
        : "the missing update";
  }

  static Optional<String> step(Finding finding) {
    return Optional.ofNullable(
        switch (finding.reason()) {
          case Reasons.PREREQ_MISSING -> install(finding);
          case Reasons.SERVICE_PACK_MISSING ->
              "install service pack " + finding.detail().get("required");
          case Reasons.VERSION_NOT_ELIGIBLE ->
              "upgrade to version " + finding.detail().get("required");
          case Reasons.BUILD_TOO_OLD ->
              "install the cumulative update that brings build " + finding.detail().get("required");
          case Reasons.EARLIER_YEAR_MISSING ->
              "enrol in the years before: " + finding.detail().get("years");
          default -> null;
        });
  }
}
