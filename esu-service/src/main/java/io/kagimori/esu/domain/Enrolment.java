package io.kagimori.esu.domain;

import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuRoute;
import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.util.List;

/**
 * An enrolment request and what has become of it.
 *
 * @param requestId the request
 * @param deviceId the device
 * @param product slug of the product
 * @param edition EditionID
 * @param program id of the program; null where none was found
 * @param year which year; null where none was found
 * @param activationId SKU id of the add-on license
 * @param route how the year gets onto the device
 * @param site free label
 * @param state where it stands
 * @param activationRequestId the activation asked for; null where none was
 * @param warnings what was to be said when it was asked for; null when nothing
 * @param result the latest answer; null while a seat is being asked for
 * @param requestedAt record time of the request
 */
public record Enrolment(
    String requestId,
    String deviceId,
    String product,
    String edition,
    String program,
    Integer year,
    String activationId,
    EsuRoute route,
    String site,
    EnrolmentState state,
    String activationRequestId,
    List<Warning> warnings,
    EsuResult result,
    Instant requestedAt) {

  Enrolment answered(EnrolmentState next, EsuResult answer) {
    return with(next, warnings, answer);
  }

  /** With the answer that accepted it. */
  public Enrolment accepted(EsuResult answer) {
    return answered(EnrolmentState.ACCEPTED, answer);
  }

  /** What its device's document keeps; answers are kept apart from it. */
  Enrolment inDocument() {
    EnrolmentState kept = state.isOpen() ? EnrolmentState.REQUESTED : state;
    List<Warning> said = state.isOpen() ? warnings : null;
    boolean same = kept == state && said == warnings && result == null;
    return same ? this : with(kept, said, null);
  }

  private Enrolment with(EnrolmentState next, List<Warning> said, EsuResult answer) {
    return new Enrolment(
        requestId,
        deviceId,
        product,
        edition,
        program,
        year,
        activationId,
        route,
        site,
        next,
        activationRequestId,
        said,
        answer,
        requestedAt);
  }

  boolean isFor(YearRecord record) {
    return year != null && year == record.year() && record.program().equals(program);
  }
}
