package io.kagimori.contracts.event;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What became of an activation request, for agents, dashboards and the other services.
 *
 * @param requestId the activation request this is about
 * @param deviceId the device
 * @param product slug of the product family
 * @param edition EditionID
 * @param channel MAK or KMS
 * @param verdict granted, refused, confirmed, failed or expired
 * @param reason stable code; absent when granted or confirmed
 * @param code what Windows would print, such as {@code 0xC004F038}
 * @param detail the figures of the reason
 * @param warnings what the reader should know besides
 * @param keyId which key
 * @param partialKey its last five characters
 * @param steps commands for the agent in order, the key as <code>{key:keyId}</code>
 * @param expiresAt when a KMS activation lapses; absent for one-time activations
 * @param leaseUntil until when the seat is reserved
 * @param installationId the installation the seat belongs to
 * @param activationId SKU id of an add-on license
 * @param initiator who asked
 * @param decidedAt the record time the decision was taken for
 */
@RecordBuilder
public record ActivationResult(
    String requestId,
    String deviceId,
    String product,
    String edition,
    Channel channel,
    Verdict verdict,
    String reason,
    String code,
    Map<String, Object> detail,
    List<Warning> warnings,
    String keyId,
    String partialKey,
    List<String> steps,
    Instant expiresAt,
    Instant leaseUntil,
    String installationId,
    String activationId,
    Initiator initiator,
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
        .required("decidedAt", decidedAt);
  }
}
