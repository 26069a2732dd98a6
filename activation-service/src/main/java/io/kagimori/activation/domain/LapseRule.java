package io.kagimori.activation.domain;

import io.kagimori.contracts.event.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Decides what has run out when a tick looks at an activation that is due. Pure. */
public final class LapseRule {
  private LapseRule() {}

  /**
   * Decides one activation.
   *
   * @param activation one whose {@code dueAt} has come
   * @param device its device
   * @param cause id of the tick
   * @param now record time of the tick
   */
  public static Conclusion decide(Activation activation, Device device, UUID cause, Instant now) {
    if (activation.expiresAt() == null) {
      return activation.state().isOpen()
          ? leaseOver(activation, device, now)
          : Conclusion.traced(Optional.of(activation.due(null)), device, List.of());
    }
    if (!activation.id().equals(device.license().licensedBy())) {
      // Another activation gave the present validity; this one has nothing left to end.
      return Conclusion.traced(Optional.of(activation.due(null)), device, List.of());
    }
    Instant until = device.license().expiry().at();
    if (until != null && until.isAfter(now)) {
      // The client renewed with its host and a report said so.
      return Conclusion.traced(Optional.of(activation.due(until)), device, List.of());
    }
    return validityOver(activation, device, cause, now);
  }

  /** Silence: nobody reported within the lease. */
  private static Conclusion leaseOver(Activation activation, Device device, Instant now) {
    Map<String, Object> detail =
        new Details().with("leaseUntil", String.valueOf(activation.asked().leaseUntil())).map();
    Ruling ruling = expired(Reasons.LEASE_EXPIRED, detail, now);
    return Conclusion.decided(
        activation.decided(ActivationState.EXPIRED, ruling, null, null), device, List.of());
  }

  private static Conclusion validityOver(
      Activation activation, Device device, UUID cause, Instant now) {
    Ruling ruling = expired(Reasons.VALIDITY_EXPIRED, Map.of(), now);
    Activation ended =
        activation.decided(ActivationState.EXPIRED, ruling, activation.expiresAt(), null);
    Device after = device.withLicense(device.license().expired(), now, now);
    DeviceHistory line =
        DeviceHistory.of(
            after,
            now,
            cause,
            DeviceHistory.TICK,
            activation.asked().requestId(),
            Reasons.VALIDITY_EXPIRED);
    return Conclusion.decided(ended, after, List.of(line));
  }

  private static Ruling expired(String reason, Map<String, Object> detail, Instant now) {
    return new Ruling(Verdict.EXPIRED, reason, null, detail, List.of(), List.of(), now);
  }
}
