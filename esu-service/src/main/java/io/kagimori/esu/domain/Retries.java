package io.kagimori.esu.domain;

import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuVerdict;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Proposes to try failed updates again once the coverage they lacked has arrived. */
final class Retries {
  private final EsuPlan plan;

  Retries(EsuPlan plan) {
    this.plan = plan;
  }

  /** The change, with a proposal for each update that failed for want of coverage. */
  Entitlement.Change proposed(
      Entitlement.Change change, LocalDate today, String requestId, Instant now) {
    EsuDevice device = change.device();
    if (!device.covered(today)) {
      return change;
    }
    List<EsuResult> results = new ArrayList<>(change.results());
    for (Incident incident : device.incidents()) {
      if (incident.reason().equals(Reasons.ESU_NOT_ACTIVATED)) {
        device =
            device.with(
                new Incident(
                    incident.kb(),
                    incident.reason(),
                    incident.code(),
                    incident.openedAt(),
                    incident.requestId(),
                    now));
        results.add(
            Answers.of(EsuVerdict.DIAGNOSED, incident.requestId(), device, now)
                .year(plan.on(device.facts().product(), today))
                .because(Reasons.RETRY_PROPOSED)
                .code(incident.code())
                .with("kb", incident.kb())
                .with("failedAt", incident.openedAt())
                .with("coverageBy", requestId)
                .steps(List.of("install " + incident.kb() + " again", "restart"))
                .result());
      }
    }
    return new Entitlement.Change(device, results, change.enrolments());
  }
}
