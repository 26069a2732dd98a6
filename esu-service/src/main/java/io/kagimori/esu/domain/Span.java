package io.kagimori.esu.domain;

import java.time.LocalDate;

/**
 * Days from one to another, both included.
 *
 * @param from first day
 * @param to last day; null where none is known
 */
public record Span(LocalDate from, LocalDate to) {
  boolean contains(LocalDate day) {
    return !day.isBefore(from) && (to == null || !day.isAfter(to));
  }
}
