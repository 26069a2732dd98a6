package io.kagimori.esu.store;

import io.kagimori.esu.domain.CoverageState;
import io.kagimori.esu.domain.EsuPlan;
import io.kagimori.esu.domain.EsuYear;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a state on a day implies of the row alone. A list of one state is cut down by it while rows
 * are scanned, before the program of each is looked up and its state told; that makes the
 * difference where few devices have the state, or none.
 *
 * @param sql a condition on {@code esu_device d}
 * @param values its parameters, in order
 */
record ImpliedByState(String sql, List<Object> values) {
  private static final String LICENSED = "d.licensed @> ?::date";
  private static final String BY_PLATFORM = "d.platform @> ?::date";
  private static final String UNCOVERED = "not " + LICENSED + " and not " + BY_PLATFORM;
  private static final String NEVER_COVERED =
      "(d.first_covered_on is null or d.first_covered_on >= ?::date)";

  static ImpliedByState of(CoverageState state, EsuPlan plan, LocalDate day) {
    String[] begun = products(plan, day, false);
    String[] over = products(plan, day, true);
    return switch (state) {
      case UNKNOWN -> new ImpliedByState("d.product is null", List.of());
      case NOT_APPLICABLE ->
          new ImpliedByState(
              "d.product is not null and not d.product = any(?)",
              Collections.<Object>singletonList(begun));
      case COVERED -> new ImpliedByState(LICENSED, List.of(day));
      case COVERED_BY_PLATFORM -> new ImpliedByState(BY_PLATFORM, List.of(day));
      case AT_RISK ->
          new ImpliedByState("d.signed_in_on is not null and " + BY_PLATFORM, List.of(day));
      case LAPSED ->
          new ImpliedByState("d.first_covered_on < ?::date and " + UNCOVERED, days(day, 3));
      case ELIGIBLE ->
          new ImpliedByState(
              "d.blocked is null and " + UNCOVERED + " and " + NEVER_COVERED, days(day, 3));
      case BLOCKED -> {
        List<Object> values = days(day, 3);
        values.addFirst(over);
        yield new ImpliedByState(
            "(d.blocked is not null or d.product = any(?)) and "
                + UNCOVERED
                + " and "
                + NEVER_COVERED,
            values);
      }
    };
  }

  private static List<Object> days(LocalDate day, int times) {
    List<Object> days = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      days.add(day);
    }
    return days;
  }

  /** Products whose program has begun on a day, or only those for which it is over. */
  private static String[] products(EsuPlan plan, LocalDate day, boolean over) {
    return plan.years().stream()
        .map(EsuYear::product)
        .distinct()
        .filter(product -> !day.isBefore(plan.of(product).getFirst().start()))
        .filter(product -> !over || plan.lastDay(product).filter(day::isAfter).isPresent())
        .toArray(String[]::new);
  }
}
