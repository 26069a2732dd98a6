package io.kagimori.contracts.event;

import java.time.Instant;
import java.util.List;

/**
 * What is known of a key and its pool, as a fact for the other services.
 *
 * @param keyId the key
 * @param version grows with every change; a reader drops a version it has already passed
 * @param kind what kind of key
 * @param partialKey last five characters
 * @param products what it covers
 * @param agreementId the agreement it was bought under
 * @param site label of the site it is bound to
 * @param expiresAt end date
 * @param blocked whether an operator blocked it
 * @param purchased activations bought
 * @param available seats free
 * @param reserved seats on lease
 * @param consumed seats used up
 * @param overdrawn seats used beyond what was bought
 * @param saved activations that reused a seat instead of taking one
 * @param warnings {@code LOW_POOL} and the like
 * @param changedAt record time of the last change
 */
public record KeyState(
    String keyId,
    long version,
    KeyKind kind,
    String partialKey,
    List<KeyProduct> products,
    String agreementId,
    String site,
    Instant expiresAt,
    boolean blocked,
    long purchased,
    long available,
    long reserved,
    long consumed,
    long overdrawn,
    long saved,
    List<Warning> warnings,
    Instant changedAt)
    implements Event {

  /**
   * Whether DISM takes the key when an edition is changed: it must be made for one edition and no
   * other. A MAK covers several and is refused with error 1605. Source: edition_paths.csv.
   */
  public boolean takenByDism() {
    return (kind == KeyKind.RETAIL || kind == KeyKind.OEM)
        && products != null
        && products.size() == 1
        && products.get(0).editions().size() == 1
        && !products.get(0).editions().get(0).equals("*");
  }

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
        .required("kind", kind)
        .text("partialKey", partialKey, 5)
        .required("changedAt", changedAt);
  }
}
