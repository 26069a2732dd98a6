package io.kagimori.key.domain;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keys and agreements that a batch of registrations touches. Not for several threads. */
public final class RegistrationBatch {
  private final KeyLedger ledger;
  private final Map<String, Agreement> agreements = new TreeMap<>();
  private final Map<String, Instant> changedAgreements = new TreeMap<>();

  public RegistrationBatch(KeyLedger ledger) {
    this.ledger = ledger;
  }

  public KeyLedger ledger() {
    return ledger;
  }

  /** Puts in an agreement as it was read. */
  public void loaded(Agreement agreement) {
    agreements.put(agreement.agreementId(), agreement);
  }

  public Optional<Agreement> agreement(String agreementId) {
    return Optional.ofNullable(agreements.get(agreementId));
  }

  /** Registers an agreement, or replaces what was known of it. */
  public void register(Agreement agreement, Instant now) {
    agreements.put(agreement.agreementId(), agreement);
    changedAgreements.put(agreement.agreementId(), now);
  }

  /** Agreements changed since loading, each with the record time of its last change. */
  public Map<String, Instant> changedAgreements() {
    return Map.copyOf(changedAgreements);
  }
}
