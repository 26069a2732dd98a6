package io.kagimori.esu.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuRoute;
import io.kagimori.esu.domain.Enrolment;
import io.kagimori.esu.domain.EnrolmentState;
import java.time.Instant;

/**
 * An enrolment as REST shows it.
 *
 * @param requestId the request
 * @param deviceId the device
 * @param product slug of the product
 * @param edition EditionID
 * @param program id of the program
 * @param year which year
 * @param activationId SKU id of the add-on license
 * @param route how the year gets onto the device
 * @param site free label
 * @param state where it stands
 * @param activationRequestId the activation asked for
 * @param result the latest answer; absent while a seat is being asked for
 * @param requestedAt record time of the request
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnrolmentView(
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
    EsuResult result,
    Instant requestedAt) {

  static EnrolmentView of(Enrolment enrolment) {
    return new EnrolmentView(
        enrolment.requestId(),
        enrolment.deviceId(),
        enrolment.product(),
        enrolment.edition(),
        enrolment.program(),
        enrolment.year(),
        enrolment.activationId(),
        enrolment.route(),
        enrolment.site(),
        enrolment.state(),
        enrolment.activationRequestId(),
        enrolment.result(),
        enrolment.requestedAt());
  }
}
