package io.kagimori.esu.domain;

import io.kagimori.contracts.catalogue.Confidence;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a device may have security updates on a day, and what that rests on.
 *
 * @param deviceId the device
 * @param asOf the day
 * @param state whether
 * @param program id of the program; null where there is none
 * @param year the year in which the day lies; null outside of all
 * @param reasons what is missing or uncertain
 * @param sources what each source says of that year, with its age on the day
 * @param disputed whether they disagree
 * @param platform the platform that covers it; null where none does
 * @param coverageEnd last day of the year's coverage
 * @param confidence how well founded the program's data is
 * @param facts the system it ran on the day
 * @param incidents updates that failed and have not succeeded since
 */
public record Coverage(
    String deviceId,
    LocalDate asOf,
    CoverageState state,
    String program,
    Integer year,
    List<Finding> reasons,
    List<SourceWord> sources,
    boolean disputed,
    String platform,
    LocalDate coverageEnd,
    Confidence confidence,
    Facts facts,
    List<Incident> incidents) {

  /**
   * What one source says.
   *
   * @param source which
   * @param covered whether it says that the add-on is licensed
   * @param at when it learned that
   * @param ageDays days before the day asked for; below zero for what it learned later
   */
  public record SourceWord(Source source, boolean covered, Instant at, long ageDays) {}

  /** The coverage of a device on a day, for the system that it ran then. */
  public static Coverage of(EsuDevice known, EsuPlan plan, LocalDate day) {
    EsuDevice device = known.on(day);
    Facts facts = device.facts();
    Optional<EsuYear> year = plan.on(facts.product(), day);
    Optional<YearRecord> record = year.flatMap(device::record);
    List<Finding> reasons = new ArrayList<>();
    CoverageState state = state(device, plan, day, year, reasons);
    List<SourceWord> sources = record.map(r -> words(r, day)).orElse(List.of());
    boolean disputed = record.filter(YearRecord::disputed).isPresent();
    if (disputed) {
      Map<String, Object> ages = new LinkedHashMap<>();
      sources.forEach(
          s -> ages.put(s.source().name(), Map.of("covered", s.covered(), "ageDays", s.ageDays())));
      reasons.add(new Finding(Reasons.SOURCE_DISCREPANCY, ages));
    }
    boolean byPlatform =
        state == CoverageState.COVERED_BY_PLATFORM || state == CoverageState.AT_RISK;
    return new Coverage(
        device.deviceId(),
        day,
        state,
        plan.of(facts.product()).stream().findFirst().map(EsuYear::program).orElse(null),
        year.map(EsuYear::year).orElse(null),
        reasons,
        sources,
        disputed,
        byPlatform ? device.platform().platform() : null,
        year.flatMap(EsuYear::end).orElse(null),
        year.map(EsuYear::confidence).orElse(null),
        facts,
        device.incidents());
  }

  private static CoverageState state(
      EsuDevice device,
      EsuPlan plan,
      LocalDate day,
      Optional<EsuYear> year,
      List<Finding> reasons) {
    Facts facts = device.facts();
    List<EsuYear> years = plan.of(facts.product());
    if (facts.product() == null) {
      return CoverageState.UNKNOWN;
    }
    if (years.isEmpty()) {
      reasons.add(new Finding(Reasons.NOT_APPLICABLE, Map.of("product", facts.product())));
      return CoverageState.NOT_APPLICABLE;
    }
    if (day.isBefore(years.getFirst().start())) {
      reasons.add(
          new Finding(
              Reasons.COVERAGE_NOT_STARTED, Map.of("coverageStart", years.getFirst().start())));
      return CoverageState.NOT_APPLICABLE;
    }
    if (device.licensed(day)) {
      return CoverageState.COVERED;
    }
    PlatformCover platform = device.platform();
    if (platform != null && platform.covers(day)) {
      if (platform.atRisk(day)) {
        reasons.add(
            new Finding(Reasons.ENTITLEMENT_AT_RISK, Map.of("signedInOn", platform.signedInOn())));
        return CoverageState.AT_RISK;
      }
      return CoverageState.COVERED_BY_PLATFORM;
    }
    return uncovered(device, plan, day, year, reasons);
  }

  private static CoverageState uncovered(
      EsuDevice device,
      EsuPlan plan,
      LocalDate day,
      Optional<EsuYear> year,
      List<Finding> reasons) {
    List<Finding> blocking = new ArrayList<>();
    plan.lastDay(device.facts().product())
        .filter(day::isAfter)
        .ifPresent(
            last -> blocking.add(new Finding(Reasons.COVERAGE_ENDED, Map.of("coverageEnd", last))));
    blocking.addAll(new Eligibility(plan).blocking(device.facts()));
    year.flatMap(device::record)
        .filter(YearRecord::incomplete)
        .ifPresent(
            r ->
                reasons.add(
                    new Finding(Reasons.INCOMPLETE_ESU, Map.of("missing", "slmgr /ato <id>"))));
    reasons.addAll(blocking);
    if (device.firstCovered().filter(first -> first.isBefore(day)).isPresent()) {
      return CoverageState.LAPSED;
    }
    return blocking.isEmpty() ? CoverageState.ELIGIBLE : CoverageState.BLOCKED;
  }

  private static List<SourceWord> words(YearRecord record, LocalDate day) {
    List<SourceWord> words = new ArrayList<>();
    record
        .sightings()
        .forEach(
            (source, said) ->
                words.add(
                    new SourceWord(
                        source,
                        said.covered(),
                        said.at(),
                        Duration.between(
                                YearRecord.day(said.at()).atStartOfDay(), day.atStartOfDay())
                            .toDays())));
    return words;
  }

  /** What blocks a device whatever the day, as codes in their order. */
  public static List<String> blocking(EsuDevice device, EsuPlan plan) {
    return device.facts().product() == null
        ? List.of()
        : new Eligibility(plan)
            .blocking(device.facts()).stream().map(Finding::reason).distinct().toList();
  }
}
