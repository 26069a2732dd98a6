package io.kagimori.contracts.event;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What became of an ESU request, or of a device's coverage.
 *
 * @param requestId the request this is about; for a lapse the request that had brought coverage
 * @param deviceId the device
 * @param verdict accepted, entitled, refused, lapsed or diagnosed
 * @param program id of the program, such as {@code windows-10-esu}
 * @param year which year of it
 * @param product slug of the product family
 * @param edition EditionID
 * @param activationId SKU id of the add-on license
 * @param route how the year gets onto the device
 * @param coverageStart first day of the year's coverage
 * @param coverageEnd last day of the year's coverage
 * @param reason stable code; absent when accepted, entitled or installed
 * @param code what Windows prints, such as {@code 0x80070661}
 * @param warnings what the reader should know besides
 * @param steps what to do, in order; a key stands in them as <code>{key:keyId}</code>
 * @param evidence what the verdict rests on
 * @param keyId which key
 * @param leaseUntil until when the seat is reserved
 * @param activationRequestId the activation request behind it
 * @param site free label
 * @param decidedAt the record time the decision was taken for
 */
public record EsuResult(
    String requestId,
    String deviceId,
    EsuVerdict verdict,
    String program,
    Integer year,
    String product,
    String edition,
    String activationId,
    EsuRoute route,
    LocalDate coverageStart,
    LocalDate coverageEnd,
    String reason,
    String code,
    List<Warning> warnings,
    List<String> steps,
    Map<String, Object> evidence,
    String keyId,
    Instant leaseUntil,
    String activationRequestId,
    String site,
    Instant decidedAt)
    implements Event {

  /** The same answer to another request. */
  public EsuResult to(String otherRequest) {
    return new EsuResult(
        otherRequest,
        deviceId,
        verdict,
        program,
        year,
        product,
        edition,
        activationId,
        route,
        coverageStart,
        coverageEnd,
        reason,
        code,
        warnings,
        steps,
        evidence,
        keyId,
        leaseUntil,
        activationRequestId,
        site,
        decidedAt);
  }

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
