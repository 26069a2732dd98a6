package io.kagimori.esu.domain;

import io.kagimori.contracts.event.EsuEnrolmentRequested;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which year an enrolment means: by activation id, by number, or by the day. The first checks of
 * the fixed order are here: the program matches the product, client and server are not swapped.
 */
final class YearChoice {
  private final EsuPlan plan;

  YearChoice(EsuPlan plan) {
    this.plan = plan;
  }

  /** A year, or why there is none. */
  record Choice(Optional<EsuYear> year, Optional<Finding> refusal) {
    static Choice of(EsuYear year) {
      return new Choice(Optional.of(year), Optional.empty());
    }

    static Choice refused(String reason, Map<String, Object> detail) {
      return new Choice(Optional.empty(), Optional.of(new Finding(reason, detail)));
    }
  }

  /**
   * The year meant.
   *
   * @param asked the request
   * @param today the day of the record
   */
  Choice choose(EsuEnrolmentRequested asked, LocalDate today) {
    if (asked.program() != null && !asked.program().isBlank()) {
      List<EsuYear> named = plan.program(asked.program().strip());
      if (named.isEmpty()) {
        return Choice.refused(Reasons.UNKNOWN_PROGRAM, Map.of("program", asked.program()));
      }
      if (named.stream().noneMatch(y -> y.product().equals(asked.product()))) {
        return mismatch(asked.product(), named);
      }
    }
    if (asked.activationId() != null && !asked.activationId().isBlank()) {
      return byActivationId(asked);
    }
    List<EsuYear> years = plan.of(asked.product());
    if (years.isEmpty()) {
      return Choice.refused(Reasons.NOT_APPLICABLE, Map.of("product", asked.product()));
    }
    if (asked.year() != null) {
      return plan.find(asked.product(), asked.year())
          .map(Choice::of)
          .orElseGet(
              () ->
                  Choice.refused(
                      Reasons.UNKNOWN_YEAR,
                      Map.of(
                          "year",
                          asked.year(),
                          "years",
                          years.stream().map(EsuYear::year).toList())));
    }
    if (Boolean.TRUE.equals(asked.activated()) && asked.date() == null) {
      // The key alone proves nothing: activation names the add-on license it is for.
      return Choice.refused(Reasons.INCOMPLETE_ESU, Map.of("missing", "activationId"));
    }
    return byDay(years, asked.date() == null ? today : asked.date());
  }

  private Choice byActivationId(EsuEnrolmentRequested asked) {
    List<EsuYear> named = plan.byActivationId(asked.activationId());
    if (named.isEmpty()) {
      return Choice.refused(Reasons.UNKNOWN_PROGRAM, Map.of("activationId", asked.activationId()));
    }
    Optional<EsuYear> own =
        named.stream().filter(y -> y.product().equals(asked.product())).findFirst();
    if (own.isEmpty()) {
      return mismatch(asked.product(), named);
    }
    if (asked.year() != null && asked.year() != own.get().year()) {
      return Choice.refused(
          Reasons.PROGRAM_MISMATCH,
          Map.of("year", asked.year(), "yearOfActivationId", own.get().year()));
    }
    return Choice.of(own.get());
  }

  private static Choice byDay(List<EsuYear> years, LocalDate day) {
    Optional<EsuYear> year = years.stream().filter(y -> y.covers(day)).findFirst();
    if (year.isPresent()) {
      return Choice.of(year.get());
    }
    if (day.isBefore(years.getFirst().start())) {
      return Choice.refused(
          Reasons.COVERAGE_NOT_STARTED, Map.of("coverageStart", years.getFirst().start()));
    }
    return Choice.refused(
        Reasons.COVERAGE_ENDED, Map.of("coverageEnd", years.getLast().end().orElse(day)));
  }

  /** Another system of the same kind is not concerned; client and server swapped is a mistake. */
  private Choice mismatch(String product, List<EsuYear> named) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("product", product);
    detail.put("program", named.getFirst().program());
    detail.put("programProducts", named.stream().map(EsuYear::product).distinct().toList());
    boolean swapped =
        SystemKinds.of(product, plan).filter(kind -> kind != named.getFirst().system()).isPresent();
    return Choice.refused(swapped ? Reasons.PROGRAM_MISMATCH : Reasons.NOT_APPLICABLE, detail);
  }
}
