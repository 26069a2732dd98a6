package io.kagimori.contracts.event;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A year of a program is about to end.
 *
 * @param program id of the program
 * @param year the year that ends
 * @param nextYear the year behind it; absent when the program ends
 * @param coverageEnd last day of the year's coverage
 * @param daysLeft days until coverage ends, as the warning was set: 90, 30 or 7
 * @param covered devices that the year covers
 * @param renewed those of them that have the next year already
 * @param unrenewed those that would lapse
 * @param decidedAt the record time the decision was taken for
 */
public record EsuYearTurning(
    String program,
    int year,
    Integer nextYear,
    LocalDate coverageEnd,
    int daysLeft,
    long covered,
    long renewed,
    long unrenewed,
    Instant decidedAt)
    implements Event {

  @Override
  public String recordKey() {
    return program;
  }

  @Override
  public String recordKeyField() {
    return "program";
  }

  @Override
  public void check(Fields fields) {
    fields
        .text("program", program, 128)
        .required("coverageEnd", coverageEnd)
        .required("decidedAt", decidedAt);
  }
}
