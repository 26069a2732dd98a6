package io.kagimori.activation.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.event.ActivationAction;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationRoute;
import io.kagimori.contracts.event.KeyDecision;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides on a verdict of key-service: what it refused stays refused, what it accepted is granted
 * unless a rule of this service speaks against it. Pure apart from folding the request's contact
 * into the situation.
 */
public final class GrantRule {
  private final KmsGrantRule kms;
  private final EvaluationConversion evaluation;

  public GrantRule(Catalogue catalogue) {
    kms = new KmsGrantRule(catalogue.products(), catalogue.kmsRules());
    evaluation = new EvaluationConversion(catalogue);
  }

  /**
   * Decides one request.
   *
   * @param cause id of the verdict's event
   * @param now record time
   */
  public Conclusion decide(Situation situation, KeyVerdict asked, UUID cause, Instant now) {
    Device device = installed(situation.device(), asked.request(), now);
    // Whatever key was found or not found for it: an evaluation version takes none.
    Optional<Ruling> conversion = evaluation.of(asked.request(), now);
    if (conversion.isPresent()) {
      Activation refused = Activation.of(asked, ActivationState.REFUSED, conversion.get());
      return conclude(refused, device, now);
    }
    if (asked.verdict() == KeyDecision.REFUSED) {
      Ruling refused =
          new Ruling(
              Verdict.REFUSED,
              asked.reason(),
              asked.code(),
              asked.detail(),
              asked.warnings(),
              List.of(),
              now);
      return conclude(Activation.of(asked, ActivationState.REFUSED, refused), device, now);
    }
    if (asked.request().action() == ActivationAction.REARM) {
      return rearm(asked, device, cause, now);
    }
    if (asked.keyKind() == null || asked.keyId() == null) {
      Ruling refused = Ruling.refused(now, Reasons.NO_KEY, WindowsCodes.NO_KEY, Map.of());
      return conclude(Activation.of(asked, ActivationState.REFUSED, refused), device, now);
    }
    if (asked.keyKind() == KeyKind.SETUP) {
      Activation activation = kms.decide(situation, asked, now);
      return conclude(activation, licensedFrom(device, activation, now), now);
    }
    return asked.keyKind() == KeyKind.CSVLK
        ? host(situation, asked, device, now)
        : conclude(oneTime(situation, asked, now), device, now);
  }

  private static Activation oneTime(Situation situation, KeyVerdict asked, Instant now) {
    ActivationRequested request = asked.request();
    String addOn = request.activationId();
    Optional<String> stored = situation.confirmationId();
    boolean byTelephone = request.route() == ActivationRoute.TELEPHONE && stored.isEmpty();
    List<String> steps =
        stored
            .map(id -> Runbook.reapply(asked.keyId(), addOn, id))
            .orElseGet(
                () ->
                    byTelephone
                        ? Runbook.telephone(asked.keyId(), addOn)
                        : Runbook.online(asked.keyId(), addOn));
    Map<String, Object> detail =
        new Details()
            .with("state", byTelephone ? ActivationState.AWAITING_CONFIRMATION_ID : null)
            .with("installationId", byTelephone ? request.installationId() : null)
            .with("confirmationIdReused", stored.isPresent() ? true : null)
            .map();
    return Activation.of(
            asked,
            byTelephone ? ActivationState.AWAITING_CONFIRMATION_ID : ActivationState.GRANTED,
            Ruling.granted(now, detail, steps).with(asked.warnings()))
        .due(asked.leaseUntil());
  }

  /** A KMS host asks for its own activation; until that is confirmed its clients are refused. */
  private static Conclusion host(
      Situation situation, KeyVerdict asked, Device device, Instant now) {
    Optional<Ruling> invalid = KmsGrantRule.invalidHost(asked, now);
    if (invalid.isPresent()) {
      Ruling refused = invalid.get().with(asked.warnings());
      return conclude(Activation.of(asked, ActivationState.REFUSED, refused), device, now);
    }
    String name = KmsRequests.host(asked).orElseThrow().host();
    KmsHost host =
        situation.hosts().apply(name).orElseGet(() -> KmsHost.unknown(name, now)).registered(now);
    ActivationRequested request = asked.request();
    List<String> steps = Runbook.kmsHost(asked.keyId(), request.route(), request.product());
    Map<String, Object> detail = new Details().with("host", name).map();
    Activation activation =
        Activation.of(
                asked,
                ActivationState.GRANTED,
                Ruling.granted(now, detail, steps).with(asked.warnings()))
            .due(asked.leaseUntil());
    return conclude(activation, device, now).with(host);
  }

  private static Conclusion rearm(KeyVerdict asked, Device device, UUID cause, Instant now) {
    Integer left = device.rearmCount();
    if (left != null && left < 1) {
      Ruling refused =
          Ruling.refused(
                  now,
                  Reasons.REARM_EXHAUSTED,
                  WindowsCodes.REARM_EXHAUSTED,
                  new Details().with("rearmCount", left).map())
              .with(asked.warnings());
      return conclude(Activation.of(asked, ActivationState.REFUSED, refused), device, now);
    }
    Integer then = left == null ? null : left - 1;
    Map<String, Object> detail = new Details().with("rearmCount", then).map();
    Ruling granted =
        Ruling.granted(now, detail, Runbook.rearm())
            .with(asked.warnings())
            .with(
                left == null
                    ? List.of(new Warning(Reasons.REARM_COUNT_UNKNOWN, Map.of()))
                    : List.of());
    Device after = then == null ? device : device.withRearmCount(then, now);
    DeviceHistory line =
        DeviceHistory.of(
            after, now, cause, DeviceHistory.ACTIVATION, asked.requestId(), "REARM_GRANTED");
    return Conclusion.decided(
        Activation.of(asked, ActivationState.GRANTED, granted),
        after.withWarnings(granted.warnings(), now),
        List.of(line));
  }

  /**
   * A KMS grant is the validity from here on, whether or not the agent reports back. A permanent
   * license stays what it is until the agent reports the change.
   */
  private static Device licensedFrom(Device device, Activation activation, Instant now) {
    License before = device.license();
    if (activation.state() != ActivationState.GRANTED
        || activation.isAddOn()
        || before.expiry().kind() == Expiry.Kind.PERMANENT) {
      return device;
    }
    License after =
        new License(
            before.channel(),
            before.status(),
            before.statusReason(),
            before.partialKey(),
            before.keyId(),
            Expiry.at(activation.expiresAt()),
            activation.id());
    return device.withLicense(after, device.asOf(), now);
  }

  private static Device installed(Device device, ActivationRequested request, Instant now) {
    Device.Installation before = device.installed();
    return device.withInstalled(
        new Device.Installation(
            request.product(),
            request.edition(),
            request.site() == null ? before.site() : request.site(),
            before.osBuild(),
            before.imageId(),
            before.deployment(),
            before.ship()),
        now);
  }

  private static Conclusion conclude(Activation activation, Device device, Instant now) {
    return Conclusion.decided(
        activation, device.withWarnings(activation.ruling().warnings(), now), List.of());
  }
}
