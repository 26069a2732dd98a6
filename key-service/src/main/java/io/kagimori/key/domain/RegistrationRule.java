package io.kagimori.key.domain;

import io.kagimori.contracts.catalogue.Products;
import io.kagimori.contracts.event.AgreementRegistrationRequested;
import io.kagimori.contracts.event.KeyBlockRequested;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyRegistrationRequested;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Registration of keys and agreements, and the blocking of keys. Pure. */
public final class RegistrationRule {
  private final Products products;

  public RegistrationRule(Products products) {
    this.products = products;
  }

  /** Registers a key; the refusal, if any, leaves everything as it was. */
  public Optional<Refusal> register(
      RegistrationBatch batch, UUID cause, KeyRegistrationRequested request, Instant now) {
    Optional<Refusal> refusal = refusal(batch, request);
    if (refusal.isEmpty()) {
      boolean blocked =
          batch.ledger().key(request.keyId()).map(RegisteredKey::blocked).orElse(false);
      batch.ledger().register(key(request, blocked), request.purchased(), cause, now);
    }
    return refusal;
  }

  private Optional<Refusal> refusal(RegistrationBatch batch, KeyRegistrationRequested request) {
    for (KeyProduct product : request.products()) {
      if (products.find(product.product()).isEmpty()) {
        return refused("UNKNOWN_PRODUCT", "products.product", product.product());
      }
      for (String edition : product.editions()) {
        if (!edition.equals("*") && !products.isKnownEdition(product.product(), edition)) {
          return refused("UNKNOWN_EDITION", "products.editions", edition);
        }
      }
    }
    if (request.kind() == KeyKind.SETUP) {
      return refused("SETUP_KEY_PUBLISHED", "kind", request.partialKey());
    }
    Optional<RegisteredKey> known = batch.ledger().key(request.keyId());
    if (known.isPresent() && !known.get().fingerprint().equals(request.fingerprint())) {
      return refused("KEY_ID_TAKEN", "keyId", request.keyId());
    }
    if (known.isPresent() && known.get().kind() != request.kind()) {
      return refused("KEY_KIND_FIXED", "kind", known.get().kind().name());
    }
    Optional<RegisteredKey> twin =
        batch
            .ledger()
            .keys()
            .filter(key -> key.fingerprint().equals(request.fingerprint()))
            .filter(key -> !key.keyId().equals(request.keyId()))
            .findFirst();
    if (twin.isPresent()) {
      return refused("KEY_ALREADY_REGISTERED", "productKey", twin.get().keyId());
    }
    if (known.isPresent()) {
      Pool pool = batch.ledger().pool(request.keyId());
      if (request.purchased() < pool.reserved() + pool.consumed() - pool.overdrawn()) {
        return refused("PURCHASED_BELOW_USE", "purchased", pool.reserved() + pool.consumed());
      }
    }
    return agreementRefusal(batch, request);
  }

  private static Optional<Refusal> agreementRefusal(
      RegistrationBatch batch, KeyRegistrationRequested request) {
    if (request.agreementId() == null) {
      return Optional.empty();
    }
    Optional<Agreement> agreement = batch.agreement(request.agreementId());
    if (agreement.isEmpty()) {
      return refused("AGREEMENT_UNKNOWN", "agreementId", request.agreementId());
    }
    return agreement.get().lists(request.partialKey())
        ? Optional.empty()
        : refused("KEY_NOT_IN_AGREEMENT", "agreementId", request.partialKey());
  }

  /** Registers an agreement, or replaces what was known of it. */
  public void register(
      RegistrationBatch batch, AgreementRegistrationRequested request, Instant now) {
    batch.register(
        new Agreement(
            request.agreementId(),
            request.program(),
            request.windowsOrders() == null ? 0 : request.windowsOrders(),
            request.validFrom(),
            request.validTo(),
            request.portalKeys()),
        now);
  }

  /** Blocks a key or lifts the block. */
  public Optional<Refusal> block(RegistrationBatch batch, KeyBlockRequested request, Instant now) {
    Optional<RegisteredKey> key = batch.ledger().key(request.keyId());
    if (key.isEmpty()) {
      return refused("KEY_UNKNOWN", "keyId", request.keyId());
    }
    batch.ledger().replace(key.get().withBlocked(request.blocked()), now);
    return Optional.empty();
  }

  private static RegisteredKey key(KeyRegistrationRequested request, boolean blocked) {
    return new RegisteredKey(
        request.keyId(),
        request.kind(),
        request.fingerprint(),
        request.partialKey(),
        request.products(),
        request.agreementId(),
        request.site(),
        request.expiresAt(),
        blocked,
        new LowPool(request.lowPoolPercent(), request.lowPoolSeats()));
  }

  private static Optional<Refusal> refused(String reason, String field, Object value) {
    return Optional.of(
        new Refusal(reason, Refusal.INVALID_PRODUCT_KEY, Map.of("field", field, "value", value)));
  }
}
