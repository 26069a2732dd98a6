package io.kagimori.esu.domain;

import io.kagimori.contracts.catalogue.Confidence;
import io.kagimori.contracts.catalogue.EsuRequirement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a device may have a year. The checks run in a fixed order and each finds at most one
 * reason a requirement; the first finding refuses, the others tell what else is missing. Pure.
 */
final class Eligibility {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /** A build that can be compared: {@code 19045.6456}, with the system's version before or not. */
  private static final Pattern REVISION = Pattern.compile("(^|\\.)\\d{4,9}\\.\\d{1,9}\\s*$");

  private final EsuPlan plan;

  Eligibility(EsuPlan plan) {
    this.plan = plan;
  }

  /** How a year is to be got. */
  enum Way {
    /** A key is installed and activated. */
    KEY,
    /** The platform includes it. */
    PLATFORM,
    /** It is there already and only to be recorded. */
    DONE
  }

  /**
   * What speaks against it.
   *
   * @param device what is known of the device, the request's facts included
   * @param year the year asked for
   * @param way how
   * @param day the day on which it counts
   */
  List<Finding> findings(EsuDevice device, EsuYear year, Way way, LocalDate day) {
    List<Finding> findings = new ArrayList<>();
    Facts facts = device.facts();
    edition(facts, year).ifPresent(findings::add);
    if (way == Way.KEY) {
      sale(year).ifPresent(findings::add);
    }
    if (way != Way.DONE) {
      findings.addAll(system(facts));
    }
    if (way == Way.KEY) {
      findings.addAll(updates(facts));
      earlierYears(device, year).ifPresent(findings::add);
    }
    date(year, way, day).ifPresent(findings::add);
    entitled(device, year, way).ifPresent(findings::add);
    return findings;
  }

  /** What the system itself lacks, whatever the year: why a device is blocked. */
  List<Finding> blocking(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    plan.of(facts.product()).stream()
        .findFirst()
        .flatMap(year -> edition(facts, year))
        .ifPresent(findings::add);
    findings.addAll(system(facts));
    findings.addAll(updates(facts));
    return findings;
  }

  /** What the reader should know although it does not refuse. */
  List<Finding> remarks(EsuDevice device, EsuYear year, Way way, LocalDate day) {
    List<Finding> remarks = new ArrayList<>();
    if (year.confidence() != Confidence.HIGH) {
      remarks.add(
          new Finding(
              Reasons.LOW_CONFIDENCE,
              Map.of("confidence", year.confidence(), "source", year.row().source())));
    }
    if (way == Way.KEY) {
      unverified(device.facts()).ifPresent(remarks::add);
    }
    if (way == Way.DONE) {
      earlierYears(device, year).ifPresent(remarks::add);
    }
    if (year.isOver(day)) {
      remarks.add(
          new Finding(Reasons.CATCH_UP_YEAR, Map.of("coverageEnd", year.end().orElseThrow())));
    }
    return remarks;
  }

  static Optional<Finding> edition(Facts facts, EsuYear year) {
    if (facts.edition() == null || year.eligible(facts.edition())) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Reasons.EDITION_NOT_ELIGIBLE,
            Map.of("edition", facts.edition(), "eligibleEditions", year.row().eligibleEditions())));
  }

  private static Optional<Finding> sale(EsuYear year) {
    Map<String, Object> detail = Map.of("channel", year.row().channel());
    return switch (year.sale()) {
      case OEM -> Optional.of(new Finding(Reasons.OEM_ONLY, detail));
      case PLATFORM -> Optional.of(new Finding(Reasons.PLATFORM_ONLY, detail));
      case ANNOUNCED -> Optional.of(new Finding(Reasons.NOT_ON_SALE, detail));
      case KEY ->
          year.activationId().isPresent()
              ? Optional.empty()
              : Optional.of(new Finding(Reasons.ACTIVATION_ID_UNKNOWN, detail));
    };
  }

  private List<Finding> system(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (EsuRequirement need : plan.requirements(facts.product(), EsuRequirement.Kind.VERSION)) {
      if (facts.version() != null
          && need.accepted().stream().noneMatch(facts.version().strip()::equalsIgnoreCase)) {
        findings.add(finding(Reasons.VERSION_NOT_ELIGIBLE, need, "version", facts.version()));
      }
    }
    for (EsuRequirement need :
        plan.requirements(facts.product(), EsuRequirement.Kind.SERVICE_PACK)) {
      if (facts.servicePack() != null
          && facts.servicePack() < Integer.parseInt(need.accepted().getFirst())) {
        findings.add(
            finding(Reasons.SERVICE_PACK_MISSING, need, "servicePack", facts.servicePack()));
      }
    }
    for (EsuRequirement need : plan.requirements(facts.product(), EsuRequirement.Kind.MIN_BUILD)) {
      if (facts.build() != null && isOlder(facts.build(), need.accepted().getFirst())) {
        findings.add(finding(Reasons.BUILD_TOO_OLD, need, "build", facts.build()));
      }
    }
    return findings;
  }

  private static Finding finding(String reason, EsuRequirement need, String name, Object found) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put(name, found);
    detail.put("required", need.accepted());
    return new Finding(reason, detail);
  }

  private List<Finding> updates(Facts facts) {
    return facts.updates() == null
        ? List.of()
        : missing(enrolmentNeeds(facts.product()), facts.updates());
  }

  private List<EsuRequirement> enrolmentNeeds(String product) {
    return plan.requirements(product, EsuRequirement.Kind.UPDATE).stream()
        .filter(need -> need.forUpdate().isEmpty())
        .toList();
  }

  /** What one update needs and a device lacks. */
  List<Finding> missingFor(String kb, String product, Collection<String> installed) {
    return missing(
        plan.requirements(product, EsuRequirement.Kind.UPDATE).stream()
            .filter(need -> need.forUpdate().filter(kb::equals).isPresent())
            .toList(),
        installed);
  }

  private static List<Finding> missing(List<EsuRequirement> needs, Collection<String> installed) {
    return needs.stream()
        .filter(need -> need.accepted().stream().noneMatch(installed::contains))
        .map(Eligibility::missing)
        .toList();
  }

  private static Finding missing(EsuRequirement need) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("kb", need.accepted());
    detail.put("name", need.name());
    detail.put("confidence", need.confidence());
    return new Finding(Reasons.PREREQ_MISSING, detail);
  }

  /** What nobody told of a device, so that it could not be checked. */
  private Optional<Finding> unverified(Facts facts) {
    String product = facts.product();
    Map<String, Object> untold = new LinkedHashMap<>();
    if (facts.updates() == null) {
      put(untold, "kb", enrolmentNeeds(product));
    }
    if (facts.version() == null) {
      put(untold, "version", plan.requirements(product, EsuRequirement.Kind.VERSION));
    }
    if (facts.servicePack() == null) {
      put(untold, "servicePack", plan.requirements(product, EsuRequirement.Kind.SERVICE_PACK));
    }
    if (facts.build() == null || !REVISION.matcher(facts.build()).find()) {
      put(untold, "build", plan.requirements(product, EsuRequirement.Kind.MIN_BUILD));
    }
    return untold.isEmpty()
        ? Optional.empty()
        : Optional.of(new Finding(Reasons.PREREQ_UNVERIFIED, untold));
  }

  private static void put(Map<String, Object> untold, String name, List<EsuRequirement> needs) {
    if (!needs.isEmpty()) {
      untold.put(name, needs.stream().flatMap(need -> need.accepted().stream()).toList());
    }
  }

  private Optional<Finding> earlierYears(EsuDevice device, EsuYear year) {
    List<Integer> lacking =
        lacking(device, year).filter(y -> y.year() < year.year()).map(EsuYear::year).toList();
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(new Finding(Reasons.EARLIER_YEAR_MISSING, Map.of("years", lacking)));
  }

  /** The years up to one that a device does not have, first to last. */
  private Stream<EsuYear> lacking(EsuDevice device, EsuYear year) {
    return plan.of(year.product()).stream()
        .filter(y -> y.year() <= year.year())
        .filter(y -> device.record(y).filter(YearRecord::held).isEmpty());
  }

  /** What is to be enrolled to have a year; the platform asks for no years before. */
  List<EsuYear> toEnrol(EsuDevice device, Optional<EsuYear> year) {
    return year.map(
            y -> y.sale() == EsuYear.Sale.PLATFORM ? List.of(y) : lacking(device, y).toList())
        .orElse(List.of());
  }

  /**
   * A year can be activated from its first day on, and as long as the program runs: whoever comes
   * late catches up on the years before. With the platform only the present day counts.
   */
  private Optional<Finding> date(EsuYear year, Way way, LocalDate day) {
    if (day.isBefore(year.start())) {
      return Optional.of(
          new Finding(Reasons.COVERAGE_NOT_STARTED, Map.of("coverageStart", year.start())));
    }
    Optional<LocalDate> last =
        way == Way.PLATFORM ? year.end() : plan.lastDayOf(year.product(), year.sale());
    return way == Way.DONE || last.filter(day::isAfter).isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(Reasons.COVERAGE_ENDED, Map.of("coverageEnd", last.orElseThrow())));
  }

  private static Optional<Finding> entitled(EsuDevice device, EsuYear year, Way way) {
    Optional<YearRecord> held = device.record(year).filter(YearRecord::held);
    if (held.isPresent()) {
      Map<String, Object> detail = new LinkedHashMap<>();
      detail.put("requestId", held.get().requestId());
      detail.put("entitledAt", held.get().entitledAt());
      return Optional.of(new Finding(Reasons.ALREADY_ENTITLED, detail));
    }
    return way != Way.KEY
        ? Optional.empty()
        : device
            .openEnrolment(year)
            .map(
                open ->
                    new Finding(Reasons.ALREADY_REQUESTED, Map.of("requestId", open.requestId())));
  }

  /** Compares {@code 10.0.19045.6456} or {@code 19045.6456}; a revision nobody named is not old. */
  private static boolean isOlder(String build, String least) {
    String[] have = last(build.strip().split("\\."));
    String[] need = least.split("\\.");
    for (int i = 0; i < need.length && i < have.length; i++) {
      if (!NUMBER.matcher(have[i]).matches()) {
        return false;
      }
      int order = Integer.compare(Integer.parseInt(have[i]), Integer.parseInt(need[i]));
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

  private static String[] last(String[] parts) {
    return parts.length >= 3 ? Arrays.copyOfRange(parts, 2, parts.length) : parts;
  }
}
