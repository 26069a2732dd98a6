package io.kagimori.key.domain;

import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What an activation result does to the pool: success consumes the seat, every other end gives it
 * back. Pure. A key that is not registered here, as setup keys are not, has no pool to settle; that
 * is also why a MAK replaced by a KMS setup key does not give its seat back.
 */
public final class SettlementRule {

  /**
   * Settles one result.
   *
   * @return whether the pool of the result's key was touched
   */
  public boolean settle(KeyLedger ledger, UUID eventId, ActivationResult result, Instant now) {
    Optional<UUID> request = request(result);
    if (result.keyId() == null || result.verdict() == Verdict.GRANTED || request.isEmpty()) {
      return false;
    }
    Optional<RegisteredKey> key = ledger.key(result.keyId());
    if (key.isEmpty()) {
      return false;
    }
    Seat.Id seat = key.get().seat(result.deviceId(), result.installationId());
    if (result.verdict() == Verdict.CONFIRMED) {
      ledger.consume(seat, request.get(), eventId, now);
    } else {
      ledger.release(seat, request.get(), eventId, now);
    }
    return true;
  }

  /** Only requests that key-service decided hold seats, and those have UUIDs. */
  private static Optional<UUID> request(ActivationResult result) {
    try {
      return Optional.of(UUID.fromString(result.requestId()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
