package io.kagimori.esu.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one record of a year on a device: what each source says of it, and the days it covered.
 *
 * @param program id of the program
 * @param product slug of the product
 * @param year which year
 * @param requestId the request or report that first brought coverage; null before
 * @param entitledAt record time of that; null before
 * @param sightings latest word of each source
 * @param spans days covered, oldest first
 * @param turned whether its end has been dealt with
 */
public record YearRecord(
    String program,
    String product,
    int year,
    String requestId,
    Instant entitledAt,
    Map<Source, Sighting> sightings,
    List<Span> spans,
    boolean turned) {

  public YearRecord {
    Map<Source, Sighting> copy = new EnumMap<>(Source.class);
    copy.putAll(sightings);
    sightings = Collections.unmodifiableMap(copy);
    spans = List.copyOf(spans);
  }

  static YearRecord of(EsuYear year) {
    return new YearRecord(
        year.program(), year.product(), year.year(), null, null, Map.of(), List.of(), false);
  }

  /** Whether it covered the device on a day. */
  public boolean covers(LocalDate day) {
    return spans.stream().anyMatch(span -> span.contains(day));
  }

  /** Whether the device has the year, be its days over or not. */
  public boolean held() {
    return decisive().map(Sighting::covered).orElse(false);
  }

  /** Whether it is the same year, held or not like the other. */
  boolean saysTheSame(YearRecord other) {
    return year == other.year
        && program.equals(other.program)
        && product.equals(other.product)
        && held() == other.held();
  }

  /** The word that counts: the latest at first hand, or else the latest there is. */
  private Optional<Sighting> decisive() {
    return latest(true).or(() -> latest(false));
  }

  private Optional<Sighting> latest(boolean direct) {
    return sightings.entrySet().stream()
        .filter(said -> said.getKey().isDirect() == direct)
        .map(Map.Entry::getValue)
        .max(Comparator.comparing(Sighting::at));
  }

  /**
   * Whether sources disagree. An older no before a newer yes is the course of things and no
   * disagreement.
   */
  public boolean disputed() {
    Optional<Sighting> counts = decisive();
    return counts.isPresent()
        && sightings.values().stream()
            .anyMatch(
                said ->
                    said.covered() != counts.get().covered()
                        && (said.covered() || said.at().isAfter(counts.get().at())));
  }

  /** Whether a key is installed that was never activated with its id. */
  public boolean incomplete() {
    return decisive().filter(s -> !s.covered() && s.keyInstalled()).isPresent();
  }

  /** The same after a source spoke; an older word than the one that is known changes nothing. */
  YearRecord with(Source source, Sighting said, EsuYear of, String cause, Instant now) {
    Sighting before = sightings.get(source);
    if (before != null && before.at().isAfter(said.at())) {
      return this;
    }
    Map<Source, Sighting> all = new EnumMap<>(Source.class);
    all.putAll(sightings);
    all.put(source, said);
    YearRecord next =
        new YearRecord(program, product, year, requestId, entitledAt, all, spans, turned);
    boolean was = held();
    boolean is = next.held();
    if (is && (!was || entitledAt == null)) {
      return next.begun(of, day(said.at()), cause, now);
    }
    return was && !is ? next.ended(day(said.at())) : next;
  }

  private YearRecord begun(EsuYear of, LocalDate day, String cause, Instant now) {
    LocalDate from = day.isBefore(of.start()) ? of.start() : day;
    LocalDate to = of.end().orElse(null);
    List<Span> all = new ArrayList<>(spans);
    if (to == null || !from.isAfter(to)) {
      all.add(new Span(from, to));
    }
    return new YearRecord(
        program, product, year, cause, now, sightings, all, of.isOver(day(now)) || turned);
  }

  /** Covered to the day before; what began on that very day never did. */
  private YearRecord ended(LocalDate day) {
    List<Span> all = new ArrayList<>();
    for (Span span : spans) {
      if (!span.contains(day)) {
        all.add(span);
      } else if (span.from().isBefore(day)) {
        all.add(new Span(span.from(), day.minusDays(1)));
      }
    }
    return new YearRecord(program, product, year, requestId, entitledAt, sightings, all, turned);
  }

  /** The same once its end has been dealt with. */
  YearRecord turnedOver() {
    return new YearRecord(program, product, year, requestId, entitledAt, sightings, spans, true);
  }

  static LocalDate day(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
