package io.kagimori.key.domain;

import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A device's claim on a key. Every request for the same seat shares its state.
 *
 * @param id which key, device and installation
 * @param state reserved, consumed or released
 * @param openRequests requests granted on it that have not ended; the reservation goes back when
 *     the last of them ends without success
 * @param activations how often an activation with it succeeded
 * @param leaseUntil until when it is reserved; null when it is not
 */
public record Seat(
    Id id, State state, Set<UUID> openRequests, int activations, Instant leaseUntil) {

  public Seat {
    openRequests = Collections.unmodifiableSet(new TreeSet<>(openRequests));
  }

  /**
   * What makes two requests ask for one seat.
   *
   * @param deviceId the device
   * @param keyId the key
   * @param installationId the installation; empty when the request gave none, and on KMS host keys
   */
  public record Id(String deviceId, String keyId, String installationId) {}

  /** Where the seat stands. */
  public enum State {
    RESERVED,
    CONSUMED,
    RELEASED
  }

  /** Whether the device holds it. */
  public boolean held() {
    return state != State.RELEASED;
  }
}
