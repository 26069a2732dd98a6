package io.kagimori.esu.domain;

import java.time.DayOfWeek;
import java.time.LocalDate;

/**
 * When a key can be seen that was bought: three to five business days later. Source:
 * esu_programs.csv, rules.
 *
 * @param earliest first day on which it may show
 * @param latest day by which it should
 */
public record Procurement(LocalDate earliest, LocalDate latest) {
  private static final int BUSINESS_DAYS_MIN = 3;
  private static final int BUSINESS_DAYS_MAX = 5;

  /** What is ordered on a day. */
  static Procurement orderedOn(LocalDate day) {
    return new Procurement(shifted(day, BUSINESS_DAYS_MIN, 1), shifted(day, BUSINESS_DAYS_MAX, 1));
  }

  /** The last day to order what is needed on a day. */
  static LocalDate orderBy(LocalDate needed) {
    return shifted(needed, BUSINESS_DAYS_MAX, -1);
  }

  private static LocalDate shifted(LocalDate from, int businessDays, int step) {
    LocalDate day = from;
    for (int left = businessDays; left > 0; ) {
      day = day.plusDays(step);
      if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
        left--;
      }
    }
    return day;
  }
}
