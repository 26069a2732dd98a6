package io.kagimori.contracts.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What became of an upgrade, and how far a re-image has come.
 *
 * @param requestId the request this is about
 * @param deviceId the device
 * @param verdict planned, refused, progressed, completed or failed
 * @param state where it stands
 * @param reason stable code; absent where all is well
 * @param code what DISM or Windows printed
 * @param steps commands for the agent in order, the key as <code>{key:keyId}</code>
 * @param detail the figures of the reason
 * @param warnings what the reader should know besides
 * @param rebootExpected whether a restart belongs to it
 * @param activationRequestId the activation that follows it
 * @param product slug of the product family
 * @param fromEdition EditionID before
 * @param toEdition EditionID wanted
 * @param campaignId the campaign it belongs to
 * @param wave wave of the campaign
 * @param request the request as it was understood, in the first answer
 * @param decidedAt the record time the decision was taken for
 */
public record EditionResult(
    String requestId,
    String deviceId,
    EditionVerdict verdict,
    EditionState state,
    String reason,
    String code,
    List<String> steps,
    Map<String, Object> detail,
    List<Warning> warnings,
    Boolean rebootExpected,
    String activationRequestId,
    String product,
    String fromEdition,
    String toEdition,
    String campaignId,
    Integer wave,
    EditionUpgradeRequested request,
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
        .required("state", state)
        .required("decidedAt", decidedAt);
  }
}
