package io.kagimori.key.domain;

import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import java.time.Instant;
import java.util.List;

/**
 * A product key as its organisation registered it, without the key itself.
 *
 * @param keyId the organisation's name for it
 * @param kind what kind of key
 * @param fingerprint HMAC of the key
 * @param partialKey last five characters
 * @param products what it covers
 * @param agreementId the agreement it was bought under; may be null
 * @param site label of the site it is bound to; null serves every site
 * @param expiresAt end date; may be null
 * @param blocked whether an operator blocked it
 * @param lowPool when its pool is low
 */
public record RegisteredKey(
    String keyId,
    KeyKind kind,
    String fingerprint,
    String partialKey,
    List<KeyProduct> products,
    String agreementId,
    String site,
    Instant expiresAt,
    boolean blocked,
    LowPool lowPool) {

  public RegisteredKey {
    products = List.copyOf(products);
  }

  /** Whether the end date has passed. */
  public boolean expiredAt(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** Whether it covers this edition of this product. */
  public boolean covers(String product, String edition) {
    return products.stream().anyMatch(p -> p.covers(product, edition));
  }

  /**
   * Whether it covers this edition of this product and is for this add-on license.
   *
   * @param activationId SKU id of the add-on; null for the base license
   */
  public boolean covers(String product, String edition, String activationId) {
    return products.stream().anyMatch(p -> p.covers(product, edition) && p.serves(activationId));
  }

  /** Whether it covers some edition of this product. */
  public boolean isFor(String product) {
    return products.stream().anyMatch(p -> p.product().equals(product));
  }

  /** Whether devices of this site may use it; a key without a site serves all. */
  public boolean serves(String deviceSite) {
    return site == null || site.equals(deviceSite);
  }

  /** Whether one device at a time may hold it. */
  public boolean singleUse() {
    return kind == KeyKind.RETAIL || kind == KeyKind.OEM;
  }

  /**
   * The seat that an installation of a device needs on this key. A KMS host key counts hosts
   * (kms_rules.csv, host-01), so there a host put in anew is still the same one of the six.
   */
  public Seat.Id seat(String deviceId, String installationId) {
    boolean byDevice = installationId == null || kind == KeyKind.CSVLK;
    return new Seat.Id(deviceId, keyId, byDevice ? "" : installationId);
  }

  /** The same key, blocked or not. */
  public RegisteredKey withBlocked(boolean nowBlocked) {
    return new RegisteredKey(
        keyId,
        kind,
        fingerprint,
        partialKey,
        products,
        agreementId,
        site,
        expiresAt,
        nowBlocked,
        lowPool);
  }
}
