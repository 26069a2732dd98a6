package io.kagimori.key.domain;

import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.Verdict;
import java.time.Instant;
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
    if (result.keyId() == null
        || result.verdict() == Verdict.GRANTED
        || ledger.key(result.keyId()).isEmpty()) {
      return false;
    }
    String installation = result.installationId() == null ? "" : result.installationId();
    Seat.Id seat = new Seat.Id(result.deviceId(), result.keyId(), installation);
    if (result.verdict() == Verdict.CONFIRMED) {
      ledger.consume(seat, eventId, now);
    } else {
      ledger.release(seat, eventId, now);
    }
    return true;
  }
}
