package io.kagimori.agent.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kagimori.agent.simulation.EditionObserved.Seen;
import io.kagimori.agent.simulation.EditionPlan.Device;
import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.EditionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The auditor agrees with a perfect run and finds every planted fault. */
class EditionAuditorTest {
  private final EditionPlan plan = EditionPlan.of(200, 7, true);
  private final List<Seen> answers = new ArrayList<>();
  private final Map<UUID, JsonNode> changes = new HashMap<>();

  EditionAuditorTest() {
    for (Device device : plan.devices()) {
      EditionState end = device.behavior().end();
      if (end == EditionState.COMPLETED || end == EditionState.NEEDS_ACTIVATION) {
        answer(device, "VERIFIED");
        activation(device, "a-" + device.deviceId());
      }
      answer(device, end.name());
      ObjectNode change = EventJson.mapper().createObjectNode();
      change.put("state", end.name());
      if (device.behavior().reason() != null) {
        change.put("reason", device.behavior().reason());
      }
      changes.put(device.requestId(), change);
    }
  }

  private void answer(Device device, String state) {
    ObjectNode data = EventJson.mapper().createObjectNode();
    data.put("requestId", device.requestId().toString()).put("state", state);
    answers.add(new Seen(Topics.EDITION_RESULTS, device.deviceId() + state, data.toString(), data));
  }

  private void activation(Device device, String request) {
    ObjectNode data = EventJson.mapper().createObjectNode();
    data.put("requestId", request).put("deviceId", device.deviceId()).put("initiator", "EDITION");
    answers.add(new Seen(Topics.ACTIVATION_RESULTS, request, data.toString(), data));
  }

  private EditionSummary audit() {
    return EditionAuditor.audit(plan, new EditionObserved(answers, changes, 1));
  }

  private Device one(EditionBehavior behavior) {
    return plan.devices().stream().filter(d -> d.behavior() == behavior).findFirst().orElseThrow();
  }

  private void assertBroken(String invariant) {
    EditionSummary summary = audit();
    assertThat(summary.good()).isFalse();
    assertThat(summary.invariants()).containsEntry(invariant, false);
  }

  @Test
  @DisplayName("A perfect run is good, and the plan has every behavior")
  void perfect() {
    Set<EditionBehavior> seen = new HashSet<>();
    plan.devices().forEach(device -> seen.add(device.behavior()));
    assertThat(seen).containsExactlyInAnyOrder(EditionBehavior.values());
    assertThat(audit().findings()).isNull();
    assertThat(audit().good()).isTrue();
  }

  @Test
  @DisplayName("The same seed gives the same plan")
  void sameSeed() {
    assertThat(EditionPlan.of(200, 7, true)).isEqualTo(plan);
    assertThat(EditionPlan.of(200, 8, true)).isNotEqualTo(plan);
  }

  @Test
  @DisplayName("A change that does not end is lost")
  void stuck() {
    Device device = one(EditionBehavior.SMOOTH);
    ((ObjectNode) changes.get(device.requestId())).put("state", "REBOOTING");
    assertThat(audit().lost()).isEqualTo(1);
    assertBroken(EditionAuditor.ENDS);
  }

  @Test
  @DisplayName("A wrong reason, a second upgrade, a second activation and a missing end are found")
  void faults() {
    ((ObjectNode) changes.get(one(EditionBehavior.COMMAND_FAILS).requestId()))
        .put("reason", "STALLED");
    assertBroken(EditionAuditor.ENDS);
    Device smooth = one(EditionBehavior.SMOOTH);
    answer(smooth, "VERIFIED");
    ObjectNode again = EventJson.mapper().createObjectNode();
    again.put("requestId", smooth.requestId().toString()).put("state", "VERIFIED");
    answers.add(new Seen(Topics.EDITION_RESULTS, "another", again.toString(), again));
    assertBroken(EditionAuditor.VERIFIED_ONCE);
    activation(smooth, "a-second");
    assertBroken(EditionAuditor.ACTIVATED_ONCE);
    answers.removeIf(a -> a.eventId().equals(one(EditionBehavior.STALLS).deviceId() + "FAILED"));
    assertBroken(EditionAuditor.TOLD);
  }

  @Test
  @DisplayName("A resend with other bytes is found")
  void otherBytes() {
    Seen first = answers.get(0);
    answers.add(new Seen(first.topic(), first.eventId(), first.body() + " ", first.data()));
    assertBroken(EditionAuditor.BYTE_EQUAL);
  }
}
