package io.kagimori.esu.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is left to be done for a device, as the steps of an answer. */
final class ToDo {
  private ToDo() {}

  /** The steps that put an end to findings; absent next year means that the program is over. */
  static List<String> of(
      EsuDevice device, Collection<Finding> findings, Optional<EsuYear> nextYear) {
    List<String> steps = new ArrayList<>();
    for (Finding finding : findings) {
      step(finding).ifPresent(steps::add);
    }
    steps.add(
        nextYear
            .map(year -> enrol(device, year))
            .orElse("replace the system: the program has no further year"));
    return steps;
  }

  static String enrol(EsuDevice device, EsuYear year) {
    return "kagimori request esu --device %s --product %s --edition %s --year %d"
        .formatted(device.deviceId(), year.product(), device.facts().edition(), year.year());
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
