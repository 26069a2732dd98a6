package io.kagimori.activation.domain;

import io.kagimori.contracts.KmsHostAddress;
import io.kagimori.contracts.catalogue.KmsRules;
import io.kagimori.contracts.catalogue.PlatformKind;
import io.kagimori.contracts.catalogue.Product;
import io.kagimori.contracts.catalogue.Products;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.KmsHostOrigin;
import io.kagimori.contracts.event.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides on a request for activation by a KMS host: guard clauses in the order of the design's
 * table, each first match wins. Pure apart from folding the request's contact into the situation.
 */
final class KmsGrantRule {
  /** Hosts that the warning about a split count lists. */
  private static final int HOSTS_LISTED_MAX = 100;

  private final Products products;
  private final KmsRules rules;

  KmsGrantRule(Products products, KmsRules rules) {
    this.products = products;
    this.rules = rules;
  }

  Activation decide(Situation situation, KeyVerdict asked, Instant now) {
    Optional<Ruling> invalid = invalidHost(asked, now).or(() -> missingCmid(asked, now));
    if (invalid.isPresent()) {
      return refused(asked, invalid.get().with(asked.warnings()));
    }
    KmsHostAddress address = KmsRequests.host(asked).orElseThrow();
    String cmid = KmsRequests.cmid(asked).orElseThrow();
    // The host has heard of the client whatever the answer is, so the contact counts first.
    situation.contacts().contact(address.host(), cmid, now);
    situation.cmids().seen(cmid, asked.deviceId(), now);
    List<Warning> warnings = new ArrayList<>();
    if (asked.warnings() != null) {
      warnings.addAll(asked.warnings());
    }
    situation.cmids().duplicate(cmid, now).ifPresent(warnings::add);

    int required = required(asked);
    int count = Math.min(situation.contacts().count(address.host(), now), ceiling(required));
    Optional<Ruling> refusal =
        clockSkew(asked, now)
            .or(() -> hostNotActivated(situation, address, now))
            .or(() -> belowThreshold(count, required, now));
    if (refusal.isPresent()) {
      if (refusal.get().reason().equals(Reasons.BELOW_THRESHOLD)) {
        split(situation, required, now).ifPresent(warnings::add);
      }
      return refused(asked, refusal.get().with(warnings));
    }
    return granted(situation, asked, address, count, required, now, warnings);
  }

  private Activation granted(
      Situation situation,
      KeyVerdict asked,
      KmsHostAddress address,
      int count,
      int required,
      Instant now,
      List<Warning> warnings) {
    Instant expiresAt = now.plus(rules.activationValidity());
    DeviceKms known = situation.device().kms();
    // Registering the host on a client that discovers it would switch its discovery off.
    boolean registered = known != null && known.origin() == KmsHostOrigin.REGISTERED;
    Optional<String> register = registered ? address.skmsArgument() : Optional.empty();
    Map<String, Object> detail = figures(count, required).map();
    Ruling ruling =
        Ruling.granted(now, detail, Runbook.kmsClient(asked.keyId(), register)).with(warnings);
    return Activation.of(asked, ActivationState.GRANTED, ruling)
        .decided(ActivationState.GRANTED, ruling, expiresAt, expiresAt);
  }

  /** The refusal of a request whose KMS host cannot be read, with the code of what is wrong. */
  static Optional<Ruling> invalidHost(KeyVerdict asked, Instant now) {
    return KmsRequests.reading(asked)
        .or(() -> Optional.of(KmsHostAddress.parse("")))
        .flatMap(
            reading ->
                reading instanceof KmsHostAddress.Refused refused
                    ? Optional.of(
                        Ruling.refused(
                            now,
                            refused.code(),
                            null,
                            new Details().with("problem", refused.detail()).map()))
                    : Optional.empty());
  }

  private static Optional<Ruling> missingCmid(KeyVerdict asked, Instant now) {
    return KmsRequests.cmid(asked).isPresent()
        ? Optional.empty()
        : Optional.of(Ruling.refused(now, Reasons.CMID_MISSING, null, Map.of()));
  }

  private Optional<Ruling> clockSkew(KeyVerdict asked, Instant now) {
    if (asked.requestedAt() == null) {
      return Optional.empty();
    }
    Duration difference = Duration.between(asked.requestedAt(), asked.receivedAt()).abs();
    if (difference.compareTo(rules.clockTolerance()) <= 0) {
      return Optional.empty();
    }
    Map<String, Object> detail =
        new Details()
            .with("differenceSeconds", difference.toSeconds())
            .with("toleratedSeconds", rules.clockTolerance().toSeconds())
            .map();
    return Optional.of(
        Ruling.refused(now, Reasons.CLOCK_SKEW, WindowsCodes.CLOCK_SKEW, detail)
            .withSteps(Runbook.setClock()));
  }

  private static Optional<Ruling> hostNotActivated(
      Situation situation, KmsHostAddress address, Instant now) {
    return situation
        .hosts()
        .apply(address.host())
        .filter(KmsHost::mustBeActivated)
        .map(
            host ->
                Ruling.refused(
                    now,
                    Reasons.HOST_NOT_ACTIVATED,
                    WindowsCodes.HOST_NOT_ACTIVATED,
                    new Details().with("host", host.host()).map()));
  }

  private static Optional<Ruling> belowThreshold(int count, int required, Instant now) {
    return count >= required
        ? Optional.empty()
        : Optional.of(
            Ruling.refused(
                now,
                Reasons.BELOW_THRESHOLD,
                WindowsCodes.BELOW_THRESHOLD,
                figures(count, required).with("missing", required - count).map()));
  }

  private static Optional<Warning> split(Situation situation, int required, Instant now) {
    List<KmsContacts.HostCount> hosts = situation.contacts().splitAcross(required, now);
    return hosts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Warning(
                Reasons.SPLIT_ACROSS_HOSTS,
                new Details()
                    .with("hosts", hosts.subList(0, Math.min(hosts.size(), HOSTS_LISTED_MAX)))
                    .with("total", hosts.size())
                    .with("required", required)
                    .map()));
  }

  private static Details figures(int count, int required) {
    return new Details().with("count", count).with("required", required);
  }

  private int required(KeyVerdict asked) {
    // What the catalogue does not know is held to the stricter threshold.
    PlatformKind kind =
        products
            .find(asked.request().product())
            .map(Product::platformKind)
            .orElse(PlatformKind.CLIENT);
    return rules.requiredCount(kind);
  }

  private int ceiling(int required) {
    return rules.countCacheFactor() * required;
  }

  private static Activation refused(KeyVerdict asked, Ruling ruling) {
    return Activation.of(asked, ActivationState.REFUSED, ruling);
  }
}
