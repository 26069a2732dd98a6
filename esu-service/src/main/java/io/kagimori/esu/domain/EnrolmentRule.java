package io.kagimori.esu.domain;

import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationRequestedBuilder;
import io.kagimori.contracts.event.ActivationRoute;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.EsuEnrolmentRequested;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuRoute;
import io.kagimori.contracts.event.EsuVerdict;
import io.kagimori.contracts.event.Initiator;
import io.kagimori.contracts.event.Warning;
import io.kagimori.esu.domain.Eligibility.Way;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides on an enrolment: refused with the first reason, or a seat is asked for, or the year is
 * recorded because the platform or another route brought it already. Pure apart from folding Arc
 * links.
 */
public final class EnrolmentRule {
  /** The service, as ids and events name it. */
  public static final String SERVICE = "esu-service";

  private final EsuPlan plan;
  private final YearChoice choice;
  private final Eligibility eligibility;
  private final Entitlement entitlement;
  private final PlatformRule platform;

  public EnrolmentRule(EsuPlan plan) {
    this.plan = plan;
    choice = new YearChoice(plan);
    eligibility = new Eligibility(plan);
    entitlement = new Entitlement(plan);
    platform = new PlatformRule(plan);
  }

  /** The id of the activation request that an enrolment leads to. */
  public static UUID activationRequestId(UUID enrolment) {
    return EventIds.answer(enrolment, SERVICE, "ACTIVATION");
  }

  /**
   * Decides one request.
   *
   * @param known the device so far
   * @param arc links to license resources
   * @param asked the request
   * @param id its id
   * @param now record time
   */
  public Conclusion decide(
      EsuDevice known, ArcLinks arc, EsuEnrolmentRequested asked, UUID id, Instant now) {
    LocalDate today = YearRecord.day(now);
    EsuDevice device = known.told(facts(asked), now, plan);
    YearChoice.Choice chosen = choice.choose(asked, today);
    if (chosen.refusal().isPresent()) {
      return refused(device, asked, id, chosen.year(), List.of(chosen.refusal().get()), now);
    }
    EsuYear year = chosen.year().orElseThrow();
    Way way = way(asked);
    // Nothing was done on a day that is to come.
    LocalDate day =
        way == Way.DONE && asked.date() != null && asked.date().isBefore(today)
            ? asked.date()
            : today;
    List<Finding> findings = eligibility.findings(device, year, way, day);
    if (!findings.isEmpty()) {
      return refused(device, asked, id, Optional.of(year), findings, now);
    }
    List<Warning> warnings =
        eligibility.remarks(device, year, way, day).stream().map(Finding::warning).toList();
    return switch (way) {
      case KEY -> requested(device, asked, id, year, warnings, now);
      case DONE -> recorded(device, asked, id, year, day, warnings, now);
      case PLATFORM -> byPlatform(device, arc, asked, id, year, warnings, now);
    };
  }

  private static Way way(EsuEnrolmentRequested asked) {
    if (route(asked) == EsuRoute.PLATFORM) {
      return Way.PLATFORM;
    }
    return Boolean.TRUE.equals(asked.activated()) ? Way.DONE : Way.KEY;
  }

  private static EsuRoute route(EsuEnrolmentRequested asked) {
    return asked.route() == null ? EsuRoute.ONLINE : asked.route();
  }

  private static Facts facts(EsuEnrolmentRequested asked) {
    return new Facts(
        asked.product(),
        asked.edition(),
        asked.version(),
        asked.build(),
        asked.servicePack(),
        asked.updates(),
        asked.site(),
        asked.collection());
  }

  private Conclusion refused(
      EsuDevice device,
      EsuEnrolmentRequested asked,
      UUID id,
      Optional<EsuYear> year,
      List<Finding> findings,
      Instant now) {
    Finding first = findings.getFirst();
    List<String> alsoMissing = findings.stream().skip(1).map(Finding::reason).distinct().toList();
    EsuResult result =
        Answers.of(EsuVerdict.REFUSED, id.toString(), device, now)
            .year(year)
            .route(route(asked))
            .because(first)
            .with("further", alsoMissing.isEmpty() ? null : alsoMissing)
            .steps(findings.stream().flatMap(f -> ToDo.step(f).stream()).toList())
            .result();
    Enrolment enrolment =
        enrolment(device, asked, id, year, EnrolmentState.REFUSED, null, null, result, now);
    return new Conclusion(device, List.of(enrolment), List.of(result), Optional.empty());
  }

  private Conclusion requested(
      EsuDevice device,
      EsuEnrolmentRequested asked,
      UUID id,
      EsuYear year,
      List<Warning> warnings,
      Instant now) {
    String activationId = year.activationId().orElseThrow();
    ActivationRequested activation =
        ActivationRequestedBuilder.builder()
            .deviceId(device.deviceId())
            .product(year.product())
            .edition(asked.edition())
            .channel(Channel.MAK)
            .keyId(asked.keyId())
            .site(device.facts().site())
            .installationId(asked.installationId())
            .activationId(activationId)
            .initiator(Initiator.ESU)
            .route(
                route(asked) == EsuRoute.TELEPHONE
                    ? ActivationRoute.TELEPHONE
                    : ActivationRoute.ONLINE)
            .build();
    Enrolment enrolment =
        enrolment(
            device,
            asked,
            id,
            Optional.of(year),
            EnrolmentState.REQUESTED,
            activationRequestId(id).toString(),
            warnings,
            null,
            now);
    return new Conclusion(
        device.with(enrolment), List.of(enrolment), List.of(), Optional.of(activation));
  }

  private Conclusion recorded(
      EsuDevice device,
      EsuEnrolmentRequested asked,
      UUID id,
      EsuYear year,
      LocalDate day,
      List<Warning> warnings,
      Instant now) {
    Instant at =
        day.isBefore(YearRecord.day(now)) ? day.atStartOfDay(ZoneOffset.UTC).toInstant() : now;
    Entitlement.Change change =
        entitlement.sighted(
            device,
            year,
            Source.OPERATOR,
            new Sighting(true, at, true),
            id.toString(),
            answer ->
                answer
                    .route(route(asked))
                    .warnings(warnings)
                    .with("method", route(asked).name())
                    .with("source", Source.OPERATOR.name()),
            now);
    return entitled(change, asked, id, year, now);
  }

  private Conclusion byPlatform(
      EsuDevice device,
      ArcLinks arc,
      EsuEnrolmentRequested asked,
      UUID id,
      EsuYear year,
      List<Warning> warnings,
      Instant now) {
    Optional<Finding> speaksAgainst = platform.against(device, arc, asked, year, now);
    if (speaksAgainst.isPresent()) {
      return refused(device, asked, id, Optional.of(year), List.of(speaksAgainst.get()), now);
    }
    return entitled(
        platform.covered(device, arc, asked, id.toString(), year, warnings, now),
        asked,
        id,
        year,
        now);
  }

  private Conclusion entitled(
      Entitlement.Change change, EsuEnrolmentRequested asked, UUID id, EsuYear year, Instant now) {
    List<EsuResult> results = new ArrayList<>(change.results());
    EsuResult result = results.getFirst().to(id.toString());
    if (!result.equals(results.getFirst())) {
      // An enrolment that was waiting is entitled by this one; both askers get their answer.
      results.add(1, result);
    }
    Enrolment enrolment =
        enrolment(
            change.device(),
            asked,
            id,
            Optional.of(year),
            EnrolmentState.ENTITLED,
            null,
            null,
            result,
            now);
    List<Enrolment> enrolments = new ArrayList<>(change.enrolments());
    enrolments.add(enrolment);
    return new Conclusion(change.device().with(enrolment), enrolments, results, Optional.empty());
  }

  private static Enrolment enrolment(
      EsuDevice device,
      EsuEnrolmentRequested asked,
      UUID id,
      Optional<EsuYear> year,
      EnrolmentState state,
      String activationRequestId,
      List<Warning> warnings,
      EsuResult result,
      Instant now) {
    return new Enrolment(
        id.toString(),
        device.deviceId(),
        asked.product(),
        asked.edition(),
        year.map(EsuYear::program).orElse(null),
        year.map(EsuYear::year).orElse(null),
        year.flatMap(EsuYear::activationId).orElse(asked.activationId()),
        route(asked),
        device.facts().site(),
        state,
        activationRequestId,
        warnings == null || warnings.isEmpty() ? null : warnings,
        result,
        now);
  }
}
