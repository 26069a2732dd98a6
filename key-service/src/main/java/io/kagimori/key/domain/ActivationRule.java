package io.kagimori.key.domain;

import io.kagimori.contracts.catalogue.Products;
import io.kagimori.contracts.event.ActivationAction;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.InstallMethod;
import io.kagimori.contracts.event.KeyDecision;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Whether a device may activate, and with which key. Pure: folds each request into the ledger. */
public final class ActivationRule {
  /**
   * Where volume, OEM and retail media officially come from. Source: seed 001, official media
   * (S1-24), and the vendor's own names of its portals.
   */
  private static final Set<String> OFFICIAL_MEDIA =
      Set.of(
          "VLSC",
          "M365_ADMIN_CENTER",
          "BUSINESS_CENTER",
          "VISUAL_STUDIO",
          "EVALUATION_CENTER",
          "OEM",
          "RETAIL");

  private final Products products;
  private final Duration lease;

  /**
   * @param products the catalogue's products
   * @param lease how long a seat stays reserved without word from the agent
   */
  public ActivationRule(Products products, Duration lease) {
    this.products = products;
    this.lease = lease;
  }

  /**
   * Decides one request.
   *
   * @param ledger what the batch touches; changed by an acceptance
   * @param requestId the request's id
   * @param claimedTime the agent's clock; may be null
   * @param now record time
   */
  public KeyVerdict decide(
      KeyLedger ledger,
      UUID requestId,
      ActivationRequested request,
      Instant claimedTime,
      Instant now) {
    Verdict verdict = new Verdict(requestId, request, claimedTime, now);
    if (request.action() == ActivationAction.REARM) {
      return verdict.accepted(null, null, null, false, null);
    }
    return switch (new KeySelection(products, ledger, request, now).choose()) {
      case KeyChoice.Refused refused -> verdict.refused(refused.refusal());
      case KeyChoice.Setup setup ->
          verdict.accepted(
              setup.key().keyId(), setup.key().partialKey(), KeyKind.SETUP, false, null);
      case KeyChoice.Registered registered -> {
        RegisteredKey key = registered.key();
        Instant leaseUntil = now.plus(lease);
        boolean reused =
            ledger.reserve(KeySelection.seat(request, key), leaseUntil, requestId, now);
        yield verdict.accepted(key.keyId(), key.partialKey(), key.kind(), reused, leaseUntil);
      }
    };
  }

  /** The answer to one request, with what is the same whatever the verdict. */
  private record Verdict(
      UUID requestId, ActivationRequested request, Instant claimedTime, Instant now) {

    KeyVerdict refused(Refusal refusal) {
      return verdict(KeyDecision.REFUSED, refusal, null, null, null, false, null);
    }

    KeyVerdict accepted(
        String keyId, String partialKey, KeyKind kind, boolean reused, Instant leaseUntil) {
      return verdict(KeyDecision.ACCEPTED, null, keyId, partialKey, kind, reused, leaseUntil);
    }

    private KeyVerdict verdict(
        KeyDecision decision,
        Refusal refusal,
        String keyId,
        String partialKey,
        KeyKind kind,
        boolean reused,
        Instant leaseUntil) {
      return new KeyVerdict(
          requestId.toString(),
          request.deviceId(),
          decision,
          refusal == null ? null : refusal.reason(),
          refusal == null ? null : refusal.code(),
          refusal == null || refusal.detail().isEmpty() ? null : refusal.detail(),
          warnings(kind),
          keyId,
          partialKey,
          kind,
          reused,
          leaseUntil,
          claimedTime,
          now,
          request,
          now);
    }

    private List<Warning> warnings(KeyKind kind) {
      List<Warning> warnings = new ArrayList<>();
      String media = request.mediaSource();
      if (media != null && !OFFICIAL_MEDIA.contains(media.toUpperCase(Locale.ROOT))) {
        warnings.add(new Warning("PROVENANCE_UNKNOWN", Map.of("mediaSource", media)));
      }
      if (kind == KeyKind.CSVLK && request.installMethod() == InstallMethod.GUI) {
        warnings.add(new Warning("HOST_KEY_GUI_INSTALL", Map.of("installMethod", "GUI")));
      }
      String installation = request.installationId();
      if (installation != null && !installation.matches("[0-9]{54}|[0-9]{63}")) {
        warnings.add(new Warning("IID_MALFORMED", Map.of("length", installation.length())));
      }
      return warnings.isEmpty() ? null : warnings;
    }
  }
}
