package io.kagimori.agent.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.simulation.EditionObserved.Seen;
import io.kagimori.agent.simulation.EditionPlan.Device;
import io.kagimori.contracts.Topics;
import io.kagimori.contracts.event.EditionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds what was seen of an edition fleet against what its devices must have led to. Knows the plan
 * and the outside of the services, nothing of their inside.
 */
final class EditionAuditor {
  static final String ENDS = "editionsEndAsForecast";
  static final String TOLD = "editionEndsTold";
  static final String VERIFIED_ONCE = "editionsVerifiedOnce";
  static final String ACTIVATED_ONCE = "editionsActivatedOnce";
  static final String BYTE_EQUAL = "editionResendsByteEqual";

  private final EditionPlan plan;
  private final EditionObserved observed;
  private final Invariants invariants = new Invariants();
  private int resent;

  private EditionAuditor(EditionPlan plan, EditionObserved observed) {
    this.plan = plan;
    this.observed = observed;
  }

  /** The summary of a run. */
  static EditionSummary audit(EditionPlan plan, EditionObserved observed) {
    return new EditionAuditor(plan, observed).audit();
  }

  private EditionSummary audit() {
    List.of(ENDS, TOLD, VERIFIED_ONCE, ACTIVATED_ONCE, BYTE_EQUAL).forEach(invariants::checked);
    List<Seen> answers = distinct();
    Map<String, List<JsonNode>> byRequest = new HashMap<>();
    Map<String, Set<String>> activations = new HashMap<>();
    for (Seen seen : answers) {
      String request = seen.data().path("requestId").asText();
      if (seen.topic().equals(Topics.EDITION_RESULTS)) {
        byRequest.computeIfAbsent(request, r -> new ArrayList<>()).add(seen.data());
      } else if (seen.data().path("initiator").asText().equals("EDITION")) {
        activations
            .computeIfAbsent(seen.data().path("deviceId").asText(), d -> new HashSet<>())
            .add(request);
      }
    }
    Map<String, Integer> ends = new TreeMap<>();
    Map<String, Integer> reasons = new TreeMap<>();
    int lost = 0;
    for (Device device : plan.devices()) {
      JsonNode change = observed.changes().get(device.requestId());
      if (change == null) {
        lost++;
        invariants.check(ENDS, false, device.deviceId() + " has no change");
        continue;
      }
      String state = change.path("state").asText();
      ends.merge(state, 1, Integer::sum);
      if (change.hasNonNull("reason")) {
        reasons.merge(change.path("reason").asText(), 1, Integer::sum);
      }
      lost += checkEnd(device, change) ? 0 : 1;
      checkTold(device, byRequest.getOrDefault(device.requestId().toString(), List.of()));
      int asked = activations.getOrDefault(device.deviceId(), Set.of()).size();
      invariants.check(
          ACTIVATED_ONCE,
          asked == (changes(device) ? 1 : 0),
          "%s, which does %s, led to %d activations"
              .formatted(device.deviceId(), device.behavior(), asked));
    }
    return new EditionSummary(
        plan.devices().size(),
        answers.size(),
        resent,
        ends,
        reasons,
        lost,
        invariants.held(),
        invariants.findings().isEmpty() ? null : invariants.findings(),
        Math.round(observed.seconds() * 10) / 10.0);
  }

  /** Whether the device runs another edition or image at the end, and so must be activated. */
  private static boolean changes(Device device) {
    EditionState end = device.behavior().end();
    return end == EditionState.COMPLETED || end == EditionState.NEEDS_ACTIVATION;
  }

  private List<Seen> distinct() {
    Map<String, Seen> first = new LinkedHashMap<>();
    for (Seen seen : observed.answers()) {
      Seen before = first.putIfAbsent(seen.eventId(), seen);
      if (before != null) {
        resent++;
        invariants.check(
            BYTE_EQUAL,
            before.body().equals(seen.body()),
            "event " + seen.eventId() + " came differently");
      }
    }
    return List.copyOf(first.values());
  }

  /** Tells whether the change came to an end at all. */
  private boolean checkEnd(Device device, JsonNode change) {
    EditionBehavior behavior = device.behavior();
    String state = change.path("state").asText();
    String reason = change.path("reason").asText(null);
    boolean same =
        behavior.end().name().equals(state)
            && (behavior.reason() == null
                ? behavior.end() != EditionState.COMPLETED || reason == null
                : behavior.reason().equals(reason));
    invariants.check(
        ENDS,
        same,
        "%s, which does %s, stands at %s %s instead of %s %s"
            .formatted(
                device.deviceId(), behavior, state, reason, behavior.end(), behavior.reason()));
    return switch (EditionState.valueOf(state)) {
      case COMPLETED, NEEDS_ACTIVATION, FAILED, REFUSED -> true;
      default -> false;
    };
  }

  private void checkTold(Device device, List<JsonNode> answers) {
    long ends =
        answers.stream()
            .filter(a -> device.behavior().end().name().equals(a.path("state").asText()))
            .count();
    invariants.check(
        TOLD,
        ends == 1,
        "%s, which does %s, was told of its end %d times"
            .formatted(device.deviceId(), device.behavior(), ends));
    long verified =
        answers.stream().filter(a -> a.path("state").asText().equals("VERIFIED")).count();
    invariants.check(
        VERIFIED_ONCE,
        verified == (changes(device) ? 1 : 0),
        "%s, which does %s, was verified %d times"
            .formatted(device.deviceId(), device.behavior(), verified));
  }
}
