package io.kagimori.edition.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationResultBuilder;
import io.kagimori.contracts.event.AgreementProgram;
import io.kagimori.contracts.event.AgreementState;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionReimageRequestedBuilder;
import io.kagimori.contracts.event.EditionResult;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionStageReported;
import io.kagimori.contracts.event.EditionStageReportedBuilder;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.EditionUpgradeRequestedBuilder;
import io.kagimori.contracts.event.EditionVerdict;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.ImageRegistrationRequestedBuilder;
import io.kagimori.contracts.event.Initiator;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A small organisation to test rules in: a batch, the rules, and everything that was said. */
final class World {
  static final Instant NOW = Instant.parse("2026-05-11T08:00:00Z");
  static final String R2 = "windows-server-2008-r2";

  final EditionBatch batch = new EditionBatch();
  final Policy policy;
  final EditionRequestRule requests;
  final EditionEventRule events;
  final List<Event> said = new ArrayList<>();
  Instant now = NOW;

  World() {
    this(false);
  }

  World(boolean preflightRequired) {
    policy = new Policy(preflightRequired, Policy.PATIENCE);
    requests = new EditionRequestRule(Catalogue.get(), policy);
    events = new EditionEventRule(Catalogue.get(), policy);
  }

  /** An upgrade request, to be changed where a test needs it. */
  static final class Upgrade {
    String device = "srv-1";
    String product = R2;
    String from = "ServerStandard";
    String to = "ServerEnterprise";
    List<String> targets;
    String keyId;
    String partialKey;
    String activationKeyId;
    Boolean controller;
    Boolean confirmed = true;
    String installationId;
    ActivationRequested.Kms kms;
    String campaign;
    Integer wave;
    List<String> features;
    Long memory;

    EditionUpgradeRequested asked() {
      return EditionUpgradeRequestedBuilder.builder()
          .deviceId(device)
          .product(product)
          .fromEdition(from)
          .toEdition(to)
          .targetEditions(targets)
          .keyId(keyId)
          .partialKey(partialKey)
          .activationKeyId(activationKeyId)
          .domainController(controller)
          .preflightConfirmed(confirmed)
          .installationId(installationId)
          .kms(kms)
          .campaignId(campaign)
          .wave(wave)
          .features(features)
          .usableMemoryMb(memory)
          .build();
    }

    Upgrade product(String slug, String fromEdition, String toEdition) {
      product = slug;
      from = fromEdition;
      to = toEdition;
      return this;
    }

    Upgrade device(String id) {
      device = id;
      return this;
    }
  }

  static Upgrade upgrade() {
    return new Upgrade();
  }

  EditionResult ask(Upgrade upgrade) {
    return ask(EventIds.request(), upgrade);
  }

  EditionResult ask(UUID id, Upgrade upgrade) {
    Step step = requests.upgrade(batch, id, upgrade.asked(), now);
    said.addAll(step.said());
    return (EditionResult) step.said().get(0);
  }

  /** A MAK as key-service publishes it. */
  World mak(String keyId, String product, long available) {
    return key(keyId, KeyKind.MAK, product, List.of("*"), available);
  }

  World key(String keyId, KeyKind kind, String product, List<String> editions, long available) {
    batch
        .keys()
        .loaded(
            new KeyState(
                keyId,
                1,
                kind,
                partial(keyId),
                List.of(new KeyProduct(product, editions)),
                null,
                null,
                null,
                false,
                available,
                available,
                0,
                0,
                0,
                0,
                null,
                NOW));
    return this;
  }

  /** Five characters that look like the end of a key. */
  static String partial(String keyId) {
    String alphabet = "BCDFGHJKMPQRTVWXY2346789";
    Random random = new Random(keyId.hashCode());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  World agreement(String id, AgreementProgram program, long windowsOrders) {
    batch.loaded(new AgreementState(id, 1, program, windowsOrders, null, null, null, NOW));
    return this;
  }

  World image(
      String id, ImageKind kind, String product, String edition, String language, String keyId) {
    batch.loaded(
        new Image(
            ImageRegistrationRequestedBuilder.builder()
                .imageId(id)
                .product(product)
                .edition(edition)
                .language(language)
                .kind(kind)
                .source(kind == ImageKind.OEM ? "OEM_RECOVERY" : "VLSC")
                .keyId(keyId)
                .maker(kind == ImageKind.OEM ? "Example" : null)
                .model(kind == ImageKind.OEM ? "Book 7" : null)
                .modified(kind == ImageKind.OEM ? false : null)
                .build(),
            1));
    return this;
  }

  /** A re-image of a device with an OEM license. */
  static EditionReimageRequested reimage(
      String image, String agreement, String product, String edition, String language) {
    return reimage("pc-1", image, agreement, product, edition, language, null);
  }

  static EditionReimageRequested reimage(
      String device,
      String image,
      String agreement,
      String product,
      String edition,
      String language,
      KeyKind keyKind) {
    return EditionReimageRequestedBuilder.builder()
        .deviceId(device)
        .imageId(image)
        .agreementId(agreement)
        .oem(new EditionReimageRequested.Oem(product, edition, language))
        .maker("Example")
        .model("Book 9")
        .keyKind(keyKind)
        .build();
  }

  DeviceChange decide(EditionReimageRequested asked) {
    return decide(EventIds.request(), asked);
  }

  DeviceChange decide(UUID id, EditionReimageRequested asked) {
    Step step = requests.reimage(batch, id, asked, now);
    said.addAll(step.said());
    return step.change();
  }

  World later(Duration passed) {
    now = now.plus(passed);
    return this;
  }

  DeviceChange change(String requestId) {
    return batch.change(UUID.fromString(requestId)).orElseThrow();
  }

  List<Event> report(EditionStageReported report) {
    return took(events.reported(batch, report, now));
  }

  List<Event> stage(String requestId, EditionStage stage) {
    return report(stage(change(requestId), stage, true, null, null, null));
  }

  static EditionStageReported stage(
      DeviceChange change,
      EditionStage stage,
      boolean succeeded,
      String code,
      String message,
      String edition) {
    return EditionStageReportedBuilder.builder()
        .deviceId(change.deviceId())
        .requestId(change.id().toString())
        .stage(stage)
        .succeeded(succeeded)
        .code(code)
        .message(message)
        .edition(edition)
        .build();
  }

  List<Event> observe(String requestId, String edition) {
    return report(stage(change(requestId), EditionStage.OBSERVED, true, null, null, edition));
  }

  List<Event> tick() {
    List<Step> steps = new ArrayList<>();
    for (DeviceChange change : batch.changes()) {
      if (change.status().dueAt() != null && !change.status().dueAt().isAfter(now)) {
        steps.addAll(events.ticked(batch, change, now));
      }
    }
    CampaignSweep sweep = CampaignSweep.of(events, batch, EventIds.request(), now);
    steps.addAll(sweep.steps());
    List<Event> told = took(steps);
    said.addAll(sweep.said());
    return told;
  }

  List<Event> activation(DeviceChange change, Verdict verdict, String reason, Channel channel) {
    return took(events.activated(batch, result(change, verdict, reason, channel), now));
  }

  ActivationResult result(DeviceChange change, Verdict verdict, String reason, Channel channel) {
    return ActivationResultBuilder.builder()
        .requestId(String.valueOf(change.activationId()))
        .deviceId(change.deviceId())
        .product(change.plan().product())
        .edition(change.target())
        .channel(channel)
        .verdict(verdict)
        .reason(reason)
        .keyId("mak")
        .partialKey("AAAAA")
        .initiator(Initiator.EDITION)
        .decidedAt(now)
        .build();
  }

  private List<Event> took(List<Step> steps) {
    List<Event> told = steps.stream().flatMap(step -> step.said().stream()).toList();
    said.addAll(told);
    return told;
  }

  <E extends Event> List<E> said(Class<E> type) {
    return said.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Every stage three minutes after the one before. */
  void through(String request, EditionStage... stages) {
    for (EditionStage stage : stages) {
      later(Duration.ofMinutes(3)).stage(request, stage);
    }
  }

  static EditionResult last(List<Event> said) {
    return (EditionResult) said.get(said.size() - 1);
  }

  static void assertRefused(EditionResult result, String reason) {
    assertThat(result.verdict()).isEqualTo(EditionVerdict.REFUSED);
    assertThat(result.state()).isEqualTo(EditionState.REFUSED);
    assertThat(result.reason()).isEqualTo(reason);
  }
}
