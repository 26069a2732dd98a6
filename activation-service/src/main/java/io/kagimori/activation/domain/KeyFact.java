package io.kagimori.activation.domain;

import io.kagimori.contracts.diagnosis.Evidence;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyState;
import java.time.Instant;
import java.util.List;

/** What key-service's newest word on a key says about a failed activation. Pure. */
final class KeyFact {
  private KeyFact() {}

  /**
   * The key as evidence.
   *
   * @param seatHeld whether the activation holds a seat, so that an empty pool is not its trouble
   */
  static Evidence.Key evidence(
      KeyState key, ActivationRequested request, boolean seatHeld, Instant now) {
    boolean pooled = key.kind() == KeyKind.MAK || key.kind() == KeyKind.ESU_MAK;
    Long available = pooled && !(seatHeld && key.available() == 0) ? key.available() : null;
    boolean expired = key.expiresAt() != null && !key.expiresAt().isAfter(now);
    return new Evidence.Key(key.keyId(), available, expired, key.blocked(), covers(key, request));
  }

  /** The key that a device has, whether or not it was ours that put it there. */
  static Evidence.Key evidence(KeyState key, Device.Installation on, Instant now) {
    boolean covers =
        on.product() != null
            && on.edition() != null
            && key.products() != null
            && key.products().stream().anyMatch(p -> p.covers(on.product(), on.edition()));
    boolean expired = key.expiresAt() != null && !key.expiresAt().isAfter(now);
    return new Evidence.Key(key.keyId(), null, expired, key.blocked(), covers);
  }

  private static boolean covers(KeyState key, ActivationRequested request) {
    List<KeyProduct> products = key.products() == null ? List.of() : key.products();
    return products.stream()
        .anyMatch(
            product ->
                product.covers(request.product(), request.edition())
                    && product.serves(request.activationId()));
  }
}
