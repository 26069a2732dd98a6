package io.kagimori.esu.domain;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When the end of a program year is told in advance. */
public final class YearWarnings {
  /** Days before coverage ends. */
  public static final List<Integer> DAYS_BEFORE = List.of(90, 30, 7);

  private YearWarnings() {}

  /**
   * A warning: told once, however often the clock ticks.
   *
   * @param program id of the program
   * @param year the year that ends
   * @param daysBefore 90, 30 or 7
   */
  public record Warning(String program, int year, int daysBefore) {}

  /**
   * A warning that is due.
   *
   * @param warning which
   * @param year one of the program's years of that number
   * @param tell whether to tell it; false where a later warning is due already, so that this one is
   *     only marked
   */
  public record Due(Warning warning, EsuYear year, boolean tell) {}

  /**
   * The warnings that are due on a day and were not told yet.
   *
   * @param told those told before
   */
  public static List<Due> due(EsuPlan plan, LocalDate today, Set<Warning> told) {
    Map<String, EsuYear> years = new LinkedHashMap<>();
    for (EsuYear year : plan.years()) {
      if (year.end().isPresent()) {
        years.putIfAbsent(year.program() + "/" + year.year(), year);
      }
    }
    List<Due> due = new ArrayList<>();
    for (EsuYear year : years.values()) {
      long left = ChronoUnit.DAYS.between(today, year.end().orElseThrow());
      if (left < 0 || today.isBefore(year.start())) {
        continue;
      }
      boolean later = false;
      for (int i = DAYS_BEFORE.size() - 1; i >= 0; i--) {
        int days = DAYS_BEFORE.get(i);
        Warning warning = new Warning(year.program(), year.year(), days);
        if (left <= days) {
          if (!told.contains(warning)) {
            due.add(new Due(warning, year, !later));
          }
          later = true;
        }
      }
    }
    return due;
  }
}
