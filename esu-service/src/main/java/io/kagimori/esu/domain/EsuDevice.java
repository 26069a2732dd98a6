package io.kagimori.esu.domain;

import io.kagimori.contracts.event.EsuResult;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A device as this service knows it; everything that rules fold about it.
 *
 * @param deviceId the device
 * @param facts its system
 * @param systemTold when somebody last said which product that is; null before
 * @param former systems it ran before, of other products, oldest first
 * @param years years of ESU on it, by program and year
 * @param enrolments the latest enrolment of each year, and any that waits for its answer
 * @param platform coverage by the platform; null where it never had any
 * @param incidents updates that failed and have not succeeded since
 */
public record EsuDevice(
    String deviceId,
    Facts facts,
    Instant systemTold,
    List<FormerSystem> former,
    List<YearRecord> years,
    List<Enrolment> enrolments,
    PlatformCover platform,
    List<Incident> incidents) {

  public EsuDevice {
    former = former == null ? List.of() : List.copyOf(former);
    years = List.copyOf(years);
    enrolments = List.copyOf(enrolments);
    incidents = List.copyOf(incidents);
  }

  /** A device nobody has heard of. */
  public static EsuDevice unknown(String deviceId) {
    return new EsuDevice(
        deviceId, Facts.UNKNOWN, null, List.of(), List.of(), List.of(), null, List.of());
  }

  EsuDevice with(Facts known) {
    return new EsuDevice(
        deviceId, known, systemTold, former, years, enrolments, platform, incidents);
  }

  /**
   * The device after somebody said something of its system. Another product than before is another
   * system, unless the word is older than the last one on the product: then it is of a system that
   * was replaced since, and says nothing of the present.
   */
  EsuDevice told(Facts said, Instant at, EsuPlan plan) {
    Facts next = said.over(facts, plan);
    boolean other = facts.product() != null && !facts.product().equals(next.product());
    boolean late = systemTold != null && at.isBefore(systemTold);
    if (other && late) {
      return this;
    }
    boolean named = said.product() != null || said.build() != null;
    return new EsuDevice(
        deviceId,
        next,
        named && !late ? at : systemTold,
        other ? replacedOn(YearRecord.day(at)) : former,
        years,
        enrolments,
        platform,
        incidents);
  }

  /** One that began on the day of its end ran on no day. */
  private List<FormerSystem> replacedOn(LocalDate day) {
    if (!former.isEmpty() && !former.getLast().until().isBefore(day)) {
      return former;
    }
    List<FormerSystem> all = new ArrayList<>(former);
    all.add(new FormerSystem(facts, day));
    return all;
  }

  /** The device with the system that it ran on a day; its labels are those of today. */
  public EsuDevice on(LocalDate day) {
    return former.stream()
        .filter(system -> day.isBefore(system.until()))
        .findFirst()
        .map(system -> with(system.facts().labelledLike(facts)))
        .orElse(this);
  }

  EsuDevice with(PlatformCover cover) {
    return new EsuDevice(deviceId, facts, systemTold, former, years, enrolments, cover, incidents);
  }

  EsuDevice with(YearRecord record) {
    List<YearRecord> all = replaced(years, record, r -> isSame(r, record));
    all.sort(Comparator.comparing(YearRecord::program).thenComparing(YearRecord::year));
    return new EsuDevice(deviceId, facts, systemTold, former, all, enrolments, platform, incidents);
  }

  /**
   * An enrolment that waits for its answer stays beside a later one that got the year on another
   * way.
   */
  EsuDevice with(Enrolment enrolment) {
    Enrolment kept = enrolment.state().isOpen() ? enrolment : enrolment.inDocument();
    List<Enrolment> all =
        replaced(
            enrolments,
            kept,
            e ->
                kept.requestId().equals(e.requestId())
                    || (kept.program().equals(e.program())
                        && kept.year().equals(e.year())
                        && !e.state().isOpen()));
    return new EsuDevice(deviceId, facts, systemTold, former, years, all, platform, incidents);
  }

  /** The device with the answer that accepted one of its open enrolments. */
  EsuDevice accepted(String requestId, EsuResult answer) {
    return withEnrolments(
        e -> e.requestId().equals(requestId) && e.state().isOpen() ? e.accepted(answer) : e);
  }

  /**
   * What is written as its document. That an enrolment was accepted changes nothing in it: every
   * enrolment is accepted once, and would rewrite all that is known of the device.
   */
  public EsuDevice document() {
    return withEnrolments(Enrolment::inDocument);
  }

  private EsuDevice withEnrolments(UnaryOperator<Enrolment> change) {
    List<Enrolment> all = new ArrayList<>(enrolments);
    all.replaceAll(change);
    return all.equals(enrolments)
        ? this
        : new EsuDevice(deviceId, facts, systemTold, former, years, all, platform, incidents);
  }

  EsuDevice with(Incident incident) {
    return withIncidents(replaced(incidents, incident, i -> i.kb().equals(incident.kb())));
  }

  EsuDevice withIncidents(List<Incident> open) {
    return new EsuDevice(deviceId, facts, systemTold, former, years, enrolments, platform, open);
  }

  private static <T> List<T> replaced(List<T> all, T one, Predicate<T> same) {
    List<T> next = new ArrayList<>(all);
    next.removeIf(same);
    next.add(one);
    return next;
  }

  private static boolean isSame(YearRecord one, YearRecord other) {
    return one.year() == other.year() && one.program().equals(other.program());
  }

  /** The record of a year. */
  Optional<YearRecord> record(EsuYear year) {
    return years.stream()
        .filter(r -> r.year() == year.year() && r.program().equals(year.program()))
        .findFirst();
  }

  /** The enrolment for a year that waits for its answer. */
  Optional<Enrolment> openEnrolment(EsuYear year) {
    return enrolments.stream()
        .filter(e -> e.year() == year.year() && year.program().equals(e.program()))
        .filter(e -> e.state().isOpen())
        .findFirst();
  }

  /** Records of the product that the device runs now; a replaced system takes its years along. */
  private Stream<YearRecord> current() {
    return years.stream().filter(r -> r.product().equals(facts.product()));
  }

  /** Days that licenses cover. */
  public List<Span> licensed() {
    return current().flatMap(r -> r.spans().stream()).toList();
  }

  /** Whether a license covers a day. */
  boolean licensed(LocalDate day) {
    return current().anyMatch(r -> r.covers(day));
  }

  /** Whether anything covers a day. */
  public boolean covered(LocalDate day) {
    return licensed(day) || (platform != null && platform.covers(day));
  }

  /** First day that anything covered; absent when nothing ever did. */
  public Optional<LocalDate> firstCovered() {
    Stream<Span> byPlatform = platform == null ? Stream.empty() : platform.spans().stream();
    return Stream.concat(licensed().stream(), byPlatform)
        .map(Span::from)
        .min(Comparator.naturalOrder());
  }

  /** Years on which sources disagree. */
  public List<Integer> disputedYears() {
    return current().filter(YearRecord::disputed).map(YearRecord::year).toList();
  }
}
