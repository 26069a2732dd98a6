package io.kagimori.activation.domain;

import io.kagimori.contracts.KmsHostAddress;
import io.kagimori.contracts.event.ActivationAction;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationResultBuilder;
import io.kagimori.contracts.event.ActivationRoute;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.KeyDecision;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An activation request and what has become of it.
 *
 * @param id the request's id
 * @param asked what key-service said of it, with the request as it was understood
 * @param state where it stands
 * @param ruling what was decided last
 * @param expiresAt when the activation lapses; null for one-time activations
 * @param dueAt when a tick has to look at it: end of the lease or of the validity; null when never
 * @param stages what the agent reported, oldest first
 */
public record Activation(
    UUID id,
    KeyVerdict asked,
    ActivationState state,
    Ruling ruling,
    Instant expiresAt,
    Instant dueAt,
    List<StageReport> stages) {

  /** Stages kept of one activation; a runbook has five, so this is many retries. */
  static final int STAGES_MAX = 50;

  public Activation {
    stages = stages == null ? List.of() : List.copyOf(stages);
  }

  /** An activation on which nothing but key-service's verdict is known. */
  static Activation of(KeyVerdict asked, ActivationState state, Ruling ruling) {
    return new Activation(
        RequestIds.of(asked.requestId()), asked, state, ruling, null, null, List.of());
  }

  /** The same after a further decision. */
  Activation decided(ActivationState next, Ruling nextRuling, Instant expires, Instant due) {
    return new Activation(id, asked, next, nextRuling, expires, due, stages);
  }

  /** The same, to be looked at by a tick at another time, or never. */
  Activation due(Instant at) {
    return new Activation(id, asked, state, ruling, expiresAt, at, stages);
  }

  /** The same with one more stage; the oldest of too many is forgotten. */
  Activation with(StageReport stage) {
    List<StageReport> all = new ArrayList<>(stages);
    all.add(stage);
    List<StageReport> kept = all.subList(Math.max(0, all.size() - STAGES_MAX), all.size());
    return new Activation(id, asked, state, ruling, expiresAt, dueAt, kept);
  }

  /** The stage that failed last. */
  public Optional<ActivationStage> failedStage() {
    return stages.stream()
        .filter(stage -> !stage.succeeded())
        .map(StageReport::stage)
        .reduce((first, second) -> second);
  }

  public String deviceId() {
    return asked.deviceId();
  }

  ActivationRequested request() {
    return asked.request();
  }

  /** Whether key-service found a key and reserved what it needs. */
  boolean isAccepted() {
    return asked.verdict() == KeyDecision.ACCEPTED;
  }

  boolean isKms() {
    return asked.keyKind() == KeyKind.SETUP;
  }

  boolean isHostActivation() {
    return asked.keyKind() == KeyKind.CSVLK;
  }

  boolean isRearm() {
    return request().action() == ActivationAction.REARM;
  }

  /** Whether it concerns a license beside the base license, which therefore stays as it is. */
  boolean isAddOn() {
    return asked.keyKind() == KeyKind.ESU_MAK || request().activationId() != null;
  }

  /** The KMS host it is about: the host asked, or the device itself for a host key. */
  public Optional<KmsHostAddress> kmsHost() {
    return KmsRequests.host(asked);
  }

  /** The answer that tells everything known of it. */
  public ActivationResult result() {
    ActivationRequested request = request();
    return ActivationResultBuilder.builder()
        .requestId(asked.requestId())
        .deviceId(asked.deviceId())
        .product(request.product())
        .edition(request.edition())
        .channel(request.channel())
        .verdict(ruling.verdict())
        .reason(ruling.reason())
        .code(ruling.code())
        .detail(detail())
        .warnings(ruling.warnings())
        .keyId(asked.keyId())
        .partialKey(asked.partialKey())
        .steps(ruling.steps())
        .expiresAt(expiresAt)
        .leaseUntil(asked.leaseUntil())
        .installationId(request.installationId())
        .activationId(request.activationId())
        .initiator(request.initiator())
        .decidedAt(ruling.decidedAt())
        .build();
  }

  /** The ruling's figures and behind them the facts from which a lost database is rebuilt. */
  private Map<String, Object> detail() {
    ActivationRequested request = request();
    boolean told = ruling.verdict() != Verdict.GRANTED && !stages.isEmpty();
    return new Details()
        .withAll(ruling.detail())
        .with("keyKind", asked.keyKind())
        .with("seatReused", asked.seatReused() ? true : null)
        .with("action", isRearm() ? request.action() : null)
        .with("route", request.route() == ActivationRoute.TELEPHONE ? request.route() : null)
        .with("site", request.site())
        .with("kms", request.kms())
        .with("stages", told ? stages : null)
        .map();
  }
}
