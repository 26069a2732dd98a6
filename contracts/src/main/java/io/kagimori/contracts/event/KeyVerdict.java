package io.kagimori.contracts.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * key-service's answer to an activation request, and all that activation-service needs to go on.
 *
 * @param requestId the request answered
 * @param deviceId the device
 * @param verdict accepted or refused
 * @param reason stable code of a refusal
 * @param code what Windows would print for the refusal
 * @param detail the figures of the reason
 * @param warnings what the reader should know besides
 * @param keyId the key chosen
 * @param partialKey its last five characters
 * @param keyKind what kind of key it is
 * @param seatReused whether the device already held this seat
 * @param leaseUntil until when the seat is reserved
 * @param requestedAt the agent's clock when it asked; absent when it gave none
 * @param receivedAt the record time of the request
 * @param request the request as it was understood
 * @param decidedAt the record time the decision was taken for
 */
public record KeyVerdict(
    String requestId,
    String deviceId,
    KeyDecision verdict,
    String reason,
    String code,
    Map<String, Object> detail,
    List<Warning> warnings,
    String keyId,
    String partialKey,
    KeyKind keyKind,
    boolean seatReused,
    Instant leaseUntil,
    Instant requestedAt,
    Instant receivedAt,
    ActivationRequested request,
    Instant decidedAt)
    implements Event {

  @Override
  public String recordKey() {
    return deviceId;
  }

  @Override
  public void check(Fields fields) {
    fields
        .device(deviceId)
        .required("requestId", requestId)
        .required("verdict", verdict)
        .required("receivedAt", receivedAt)
        .required("request", request);
    if (verdict == KeyDecision.REFUSED) {
      fields.required("reason", reason);
    }
  }
}
