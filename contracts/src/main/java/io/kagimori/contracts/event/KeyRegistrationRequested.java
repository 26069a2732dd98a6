package io.kagimori.contracts.event;

import java.time.Instant;
import java.util.List;

/**
 * Somebody registers a product key, or changes what is known of it. The key itself is already
 * sealed in key-service; here travels its fingerprint.
 *
 * @param keyId the name the organisation gives the key
 * @param kind what kind of key
 * @param fingerprint HMAC of the key, hex: tells two keys apart without showing either
 * @param partialKey last five characters
 * @param products what the key covers
 * @param agreementId the agreement it was bought under
 * @param purchased activations bought
 * @param site label of the site the key is bound to
 * @param expiresAt end date of the key
 * @param lowPoolPercent warn when fewer than this share of the purchased seats is available
 * @param lowPoolSeats warn when fewer than this many seats are available
 */
public record KeyRegistrationRequested(
    String keyId,
    KeyKind kind,
    String fingerprint,
    String partialKey,
    List<KeyProduct> products,
    String agreementId,
    Long purchased,
    String site,
    Instant expiresAt,
    Integer lowPoolPercent,
    Long lowPoolSeats)
    implements Event {

  @Override
  public String recordKey() {
    return keyId;
  }

  @Override
  public String recordKeyField() {
    return "keyId";
  }

  @Override
  public void check(Fields fields) {
    fields
        .text("keyId", keyId, 128)
        .noProductKey("keyId", keyId)
        .required("kind", kind)
        .text("fingerprint", fingerprint, 128)
        .text("partialKey", partialKey, 5)
        .when(products == null || products.isEmpty(), "products")
        .when(purchased == null || purchased < 0, "purchased")
        .optional("agreementId", agreementId, 128)
        .optional("site", site, 128);
    if (products != null) {
      for (KeyProduct product : products) {
        fields.when(
            product == null || product.product() == null || product.product().isBlank(),
            "products.product");
      }
    }
  }
}
