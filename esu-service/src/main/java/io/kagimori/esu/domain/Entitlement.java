package io.kagimori.esu.domain;

import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuVerdict;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What follows when a source speaks about a year: it is entitled once, however many sources say so
 * and however often, and lapses when the one that counts says no. Pure.
 */
final class Entitlement {
  private final Eligibility eligibility;
  private final Retries retries;

  Entitlement(EsuPlan plan) {
    this.eligibility = new Eligibility(plan);
    this.retries = new Retries(plan);
  }

  /**
   * What changed.
   *
   * @param device the device as it is now
   * @param results what to say
   * @param enrolments enrolments that were brought to their end
   */
  record Change(EsuDevice device, List<EsuResult> results, List<Enrolment> enrolments) {
    Conclusion conclusion() {
      return new Conclusion(device, enrolments, results, Optional.empty());
    }
  }

  /**
   * Takes a sighting in.
   *
   * @param cause the request or report that brought it
   * @param wording adds to the answer, where there is one
   */
  Change sighted(
      EsuDevice device,
      EsuYear year,
      Source source,
      Sighting said,
      String cause,
      UnaryOperator<Answers> wording,
      Instant now) {
    YearRecord before = device.record(year).orElseGet(() -> YearRecord.of(year));
    Optional<Enrolment> open = device.openEnrolment(year);
    String requestId = open.map(Enrolment::requestId).orElse(cause);
    YearRecord after = before.with(source, said, year, requestId, now);
    if (after.equals(before)) {
      return new Change(device, List.of(), List.of());
    }
    EsuDevice changed = device.with(after);
    if (after.held() == before.held()) {
      return new Change(changed, List.of(), List.of());
    }
    return after.held()
        ? entitled(changed, year, open, requestId, wording, now)
        : lapsed(changed, year, before, source, now);
  }

  private Change entitled(
      EsuDevice device,
      EsuYear year,
      Optional<Enrolment> open,
      String requestId,
      UnaryOperator<Answers> wording,
      Instant now) {
    LocalDate today = YearRecord.day(now);
    Answers answer =
        Answers.of(EsuVerdict.ENTITLED, requestId, device, now).year(Optional.of(year));
    open.ifPresent(
        e ->
            answer
                .route(e.route())
                .with("method", e.route().name())
                .warnings(e.warnings())
                .activation(
                    e.activationRequestId(), e.result() == null ? null : e.result().keyId(), null));
    EsuResult result = wording.apply(answer).result();
    List<Enrolment> ended = new ArrayList<>();
    EsuDevice after = device;
    if (open.isPresent()) {
      Enrolment done = open.get().answered(EnrolmentState.ENTITLED, result);
      ended.add(done);
      after = device.with(done);
    }
    return retries.proposed(new Change(after, List.of(result), ended), today, requestId, now);
  }

  private Change lapsed(
      EsuDevice device, EsuYear year, YearRecord before, Source source, Instant now) {
    List<Finding> blocking = eligibility.blocking(device.facts());
    EsuResult result =
        Answers.of(EsuVerdict.LAPSED, before.requestId(), device, now)
            .year(Optional.of(year))
            .because(Reasons.NOT_LICENSED)
            .with("source", source.name())
            .steps(ToDo.of(device, blocking, eligibility.toEnrol(device, Optional.of(year))))
            .result();
    return new Change(device, List.of(result), List.of());
  }
}
