package io.kagimori.activation.domain;

import java.time.Instant;

/**
 * A device of an incident.
 *
 * @param incidentId the incident
 * @param deviceId the device
 * @param last its newest failure
 * @param firstAt record time of its first one
 * @param recoveredAt record time of the success since; null while it fails
 */
public record IncidentMember(
    String incidentId, String deviceId, FailureSignal last, Instant firstAt, Instant recoveredAt) {

  IncidentMember again(FailureSignal signal) {
    return new IncidentMember(incidentId, deviceId, signal, firstAt, null);
  }

  IncidentMember recovered(Instant at) {
    return new IncidentMember(incidentId, deviceId, last, firstAt, at);
  }
}
