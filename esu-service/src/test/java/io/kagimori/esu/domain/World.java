package io.kagimori.esu.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationResultBuilder;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.DeviceReportedLicenseBuilder;
import io.kagimori.contracts.event.EsuCoverageImported;
import io.kagimori.contracts.event.EsuImportSource;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuUpdateReportedBuilder;
import io.kagimori.contracts.event.EsuUpdateStage;
import io.kagimori.contracts.event.Initiator;
import io.kagimori.contracts.event.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One device and the rules around it, for tests that tell a story. */
public final class World {
  public static final EsuPlan PLAN = EsuPlan.of(Catalogue.get());
  public static final String WIN7_Y1 = "77db037b-95c3-48d7-a3ab-a9c6d41093e0";
  public static final String SERVER_2008_Y1 = "553673ed-6ddf-419c-a153-b760283472fd";
  public static final String WIN10_Y1 = "f520e45e-7413-4a34-a497-d2765967d094";
  public static final String WIN10_Y2 = "1043add5-23b1-4afb-9a0f-64343c8f3f8d";

  final EnrolmentRule enrolments = new EnrolmentRule(PLAN);
  final ActivationRule activations = new ActivationRule(PLAN);
  final SightingRule sightings = new SightingRule(PLAN);
  final UpdateRule updates = new UpdateRule(PLAN, Catalogue.get().errorCodes());
  final TurnRule turn = new TurnRule(PLAN);
  final ArcLinks arc = new ArcLinks();

  EsuDevice device = EsuDevice.unknown("pc");
  Instant now = at("2026-11-21");
  final List<EsuResult> said = new ArrayList<>();

  static Instant at(String day) {
    return LocalDate.parse(day).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
  }

  World on(String day) {
    now = at(day);
    return this;
  }

  World on(LocalDate day) {
    now = day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
    return this;
  }

  /** A device of which the system is known and nothing else. */
  World known(Ask ask) {
    Facts facts =
        new Facts(
            ask.product,
            ask.edition,
            ask.version,
            ask.build,
            ask.servicePack,
            ask.updates,
            null,
            null);
    device = device.with(facts);
    return this;
  }

  private Conclusion took(Conclusion conclusion) {
    device = conclusion.device();
    said.addAll(conclusion.results());
    return conclusion;
  }

  Conclusion enrol(Ask ask) {
    return took(enrolments.decide(device, arc, ask.event(), UUID.randomUUID(), now));
  }

  /** Asks and expects a refusal. */
  EsuResult refusal(Ask ask) {
    return enrol(ask).results().getFirst();
  }

  Conclusion result(Conclusion asked, Verdict verdict, String reason) {
    var event = asked.activation().orElseThrow();
    String requestId = asked.enrolments().getFirst().activationRequestId();
    return took(
        activations.decide(
            device,
            activation(requestId, event.product(), event.activationId(), verdict, reason),
            now));
  }

  static ActivationResult activation(
      String requestId, String product, String activationId, Verdict verdict, String reason) {
    return ActivationResultBuilder.builder()
        .requestId(requestId)
        .deviceId("pc")
        .product(product)
        .channel(Channel.MAK)
        .verdict(verdict)
        .reason(reason)
        .keyId("esu-key")
        .partialKey("AAAAA")
        .steps(verdict == Verdict.GRANTED ? List.of("slmgr /ipk {key:esu-key}") : null)
        .activationId(activationId)
        .initiator(Initiator.ESU)
        .decidedAt(Instant.EPOCH)
        .build();
  }

  /** From the request to the confirmed activation. */
  World covered(Ask ask) {
    Conclusion asked = enrol(ask);
    result(asked, Verdict.GRANTED, null);
    result(asked, Verdict.CONFIRMED, null);
    return this;
  }

  Conclusion report(String activationId, int status, String partialKey) {
    return report(activationId, status, partialKey, now);
  }

  Conclusion report(String activationId, int status, String partialKey, Instant at) {
    Facts facts = device.facts();
    return took(
        sightings.decide(
            device,
            licenseReport(
                "pc", at, facts.edition(), facts.build(), activationId, status, partialKey),
            UUID.randomUUID(),
            now));
  }

  /** What slmgr shows of one add-on license; status 1 is licensed. */
  public static DeviceReported licenseReport(
      String device,
      Instant at,
      String edition,
      String build,
      String activationId,
      int status,
      String partialKey) {
    DeviceReported.License license =
        DeviceReportedLicenseBuilder.builder()
            .name("ESU")
            .activationId(activationId)
            .partialKey(partialKey)
            .licenseStatus(status)
            .build();
    return DeviceReportedBuilder.builder()
        .deviceId(device)
        .collectedAt(at)
        .source("SLMGR")
        .edition(edition)
        .osBuild(build)
        .licenses(List.of(license))
        .build();
  }

  /** A report of the system alone. */
  Conclusion system(String tool, String edition, String build) {
    return system(tool, edition, build, now);
  }

  /** The same, which arrives later than it was collected. */
  Conclusion system(String tool, String edition, String build, Instant at) {
    return took(
        sightings.decide(
            device,
            DeviceReportedBuilder.builder()
                .deviceId("pc")
                .collectedAt(at)
                .source(tool)
                .edition(edition)
                .osBuild(build)
                .build(),
            UUID.randomUUID(),
            now));
  }

  Conclusion imported(EsuImportSource source, String product, String activationId, Integer status) {
    return took(
        sightings.decide(
            device,
            new EsuCoverageImported(
                "pc", source, activationId, status, product, null, null, "hq", "all", now),
            UUID.randomUUID(),
            now));
  }

  EsuResult update(String kb, EsuUpdateStage stage, String code, List<String> installed) {
    return update(kb, stage, code, installed, null);
  }

  /** A report that comes later than what it tells of. */
  EsuResult updateOn(String day, String kb, EsuUpdateStage stage, String code) {
    return update(kb, stage, code, null, at(day));
  }

  private EsuResult update(
      String kb, EsuUpdateStage stage, String code, List<String> installed, Instant happenedAt) {
    Conclusion conclusion =
        took(
            updates.decide(
                device,
                EsuUpdateReportedBuilder.builder()
                    .deviceId("pc")
                    .product(device.facts().product() == null ? "windows-7" : null)
                    .edition(device.facts().product() == null ? "Professional" : null)
                    .kb(kb)
                    .stage(stage)
                    .code(code)
                    .updates(installed)
                    .happenedAt(happenedAt)
                    .build(),
                UUID.randomUUID(),
                now));
    return conclusion.results().getFirst();
  }

  Conclusion tick() {
    return took(turn.decide(device, now));
  }

  Coverage coverage() {
    return Coverage.of(device, PLAN, YearRecord.day(now));
  }

  CoverageState stateOn(String day) {
    return Coverage.of(device, PLAN, LocalDate.parse(day)).state();
  }

  long saidHow(io.kagimori.contracts.event.EsuVerdict verdict) {
    return said.stream().filter(r -> r.verdict() == verdict).count();
  }
}
