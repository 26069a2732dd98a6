package io.kagimori.esu.domain;

import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuVerdict;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What activation-service says of the activation of an ESU add-on becomes the answer to the
 * enrolment. A confirmed activation counts whoever asked for it.
 */
public final class ActivationRule {
  /** What key-service says where a seat would have to be bought. */
  private static final Set<String> NO_SEAT = Set.of("NO_KEY", "MAK_EXHAUSTED");

  private final EsuPlan plan;
  private final Entitlement entitlement;

  public ActivationRule(EsuPlan plan) {
    this.plan = plan;
    this.entitlement = new Entitlement(plan);
  }

  /** Whether a result is about an ESU add-on. */
  public boolean concerns(ActivationResult result) {
    return !plan.byActivationId(result.activationId()).isEmpty();
  }

  /**
   * Whether a result may change what is known of its device; a granted seat only accepts the
   * enrolment that waits for it.
   */
  public boolean changesDevice(ActivationResult result) {
    return result.verdict() != Verdict.GRANTED;
  }

  /** Decides on one result. */
  public Conclusion decide(EsuDevice known, ActivationResult result, Instant now) {
    EsuDevice device = changesDevice(result) ? known.told(facts(result), now, plan) : known;
    Optional<Enrolment> enrolment =
        device.enrolments().stream()
            .filter(e -> result.requestId().equals(e.activationRequestId()))
            .findFirst();
    return switch (result.verdict()) {
      case GRANTED -> granted(device, enrolment, result, now);
      case CONFIRMED -> confirmed(device, enrolment, result, now);
      case REFUSED -> ended(device, enrolment, EnrolmentState.REFUSED, result, now);
      case FAILED -> ended(device, enrolment, EnrolmentState.FAILED, result, now);
      case EXPIRED -> ended(device, enrolment, EnrolmentState.EXPIRED, result, now);
    };
  }

  /**
   * An activation proves the product, which a device may not have told otherwise; a seat proves
   * nothing.
   */
  private static Facts facts(ActivationResult result) {
    return new Facts(result.product(), result.edition(), null, null, null, null, null, null);
  }

  private Conclusion granted(
      EsuDevice device, Optional<Enrolment> enrolment, ActivationResult granted, Instant now) {
    Optional<Enrolment> waiting = enrolment.filter(e -> e.state() == EnrolmentState.REQUESTED);
    if (waiting.isEmpty()) {
      return Conclusion.silent(device);
    }
    Enrolment asked = waiting.get();
    EsuResult result =
        Answers.of(EsuVerdict.ACCEPTED, asked.requestId(), device, now)
            .year(year(asked, device))
            .route(asked.route())
            .warnings(asked.warnings())
            .steps(granted.steps())
            .with("confidence", year(asked, device).map(y -> y.confidence().name()).orElse(null))
            .activation(granted.requestId(), granted.keyId(), granted.leaseUntil())
            .result();
    return answered(device, asked, EnrolmentState.ACCEPTED, result);
  }

  private Conclusion confirmed(
      EsuDevice device, Optional<Enrolment> enrolment, ActivationResult confirmed, Instant now) {
    Optional<EsuYear> year =
        plan.byActivationId(confirmed.activationId()).stream()
            .filter(y -> y.product().equals(device.facts().product()))
            .findFirst();
    if (year.isEmpty()) {
      return Conclusion.silent(device);
    }
    // Before the success the enrolment may have been given up; then it is taken up again.
    EsuDevice waiting =
        enrolment
            .filter(e -> !e.state().isOpen() && e.state() != EnrolmentState.ENTITLED)
            .map(e -> device.with(e.answered(EnrolmentState.ACCEPTED, e.result())))
            .orElse(device);
    return entitlement
        .sighted(
            waiting,
            year.get(),
            Source.ACTIVATION,
            new Sighting(true, now, true),
            confirmed.requestId(),
            answer ->
                answer
                    .activation(confirmed.requestId(), confirmed.keyId(), null)
                    .with("source", Source.ACTIVATION.name()),
            now)
        .conclusion();
  }

  private Conclusion ended(
      EsuDevice device,
      Optional<Enrolment> enrolment,
      EnrolmentState state,
      ActivationResult ended,
      Instant now) {
    Optional<Enrolment> open = enrolment.filter(e -> e.state().isOpen());
    if (open.isEmpty()) {
      return Conclusion.silent(device);
    }
    Enrolment asked = open.get();
    EsuResult result =
        Answers.of(EsuVerdict.REFUSED, asked.requestId(), device, now)
            .year(year(asked, device))
            .route(asked.route())
            .because(ended.reason())
            .code(ended.code())
            .warnings(withProcurement(ended, now))
            .steps(ended.steps())
            .with("activation", ended.verdict() == Verdict.REFUSED ? null : ended.verdict().name())
            .with("detail", ended.detail())
            .activation(ended.requestId(), ended.keyId(), null)
            .result();
    return answered(device, asked, state, result);
  }

  /** Where no key has a seat, the order for one is what the enrolment waits for. */
  private static List<Warning> withProcurement(ActivationResult ended, Instant now) {
    List<Warning> warnings =
        new ArrayList<>(ended.warnings() == null ? List.of() : ended.warnings());
    if (NO_SEAT.contains(String.valueOf(ended.reason()))) {
      Procurement keys = Procurement.orderedOn(YearRecord.day(now));
      warnings.add(
          new Warning(
              Reasons.PROCUREMENT_PENDING,
              Map.of("earliest", keys.earliest(), "latest", keys.latest())));
    }
    return warnings;
  }

  private Optional<EsuYear> year(Enrolment asked, EsuDevice device) {
    return asked.year() == null
        ? Optional.empty()
        : plan.find(asked.product(), asked.year())
            .or(() -> plan.find(device.facts().product(), asked.year()));
  }

  private static Conclusion answered(
      EsuDevice device, Enrolment asked, EnrolmentState state, EsuResult result) {
    Enrolment answered = asked.answered(state, result);
    return new Conclusion(
        device.with(answered), List.of(answered), List.of(result), Optional.empty());
  }
}
