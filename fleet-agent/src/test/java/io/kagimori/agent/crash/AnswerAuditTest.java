package io.kagimori.agent.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The auditor of the crash tests sees each fault that it is there for. */
class AnswerAuditTest {
  private static final String KEY = "pool";

  private final Ask one = ask("one");
  private final Ask two = ask("two");
  private final Workload work = new Workload(0, List.of(one, two), Map.of(KEY, 1));
  private final List<Wire.Incoming> answers = new ArrayList<>();

  @Test
  @DisplayName("Every request answered once, one of them twice alike: no finding")
  void sound() {
    grant(one);
    refuse(two);
    answers.addAll(List.copyOf(answers));
    confirm(one);

    AnswerAudit audit = new AnswerAudit(work, Map.of(one.id(), true), answers);

    assertThat(audit.findings()).isEmpty();
    assertThat(audit.repeated()).isEqualTo(4);
    assertThat(audit.held().get(KEY)).containsExactly(one.seat());
    assertThat(audit.consumed().get(KEY)).containsExactly(one.seat());
  }

  @Test
  @DisplayName("A request without an answer")
  void unanswered() {
    grant(one);
    assertThat(findings(Map.of())).anyMatch(f -> f.startsWith(two.id() + ": no verdict"));
  }

  @Test
  @DisplayName("A request with two outcomes")
  void decidedTwice() {
    grant(one);
    refuse(two);
    grant(two);
    assertThat(findings(Map.of())).anyMatch(f -> f.contains("several decisions"));
  }

  @Test
  @DisplayName("An answer that comes again with other bytes under its id")
  void otherBytes() {
    grant(one);
    refuse(two);
    Wire.Incoming first = answers.get(0);
    answers.add(
        new Wire.Incoming(
            first.topic(),
            0,
            9,
            first.key(),
            first.headers(),
            Wire.base64(Wire.bytes("{\"requestId\":\"" + one.id() + "\",\"keyId\":\"other\"}"))));
    assertThat(findings(Map.of())).anyMatch(f -> f.contains("repeated verdict differs"));
  }

  @Test
  @DisplayName("More seats granted than bought, unless an activation failed")
  void overdrawn() {
    grant(one);
    grant(two);
    assertThat(findings(Map.of())).anyMatch(f -> f.startsWith(KEY + ": 2 seats"));

    answer(one, "activation.failed");
    assertThat(findings(Map.of(one.id(), false))).isEmpty();
  }

  @Test
  @DisplayName("A report that nobody concluded, and a conclusion that nobody reported")
  void conclusions() {
    grant(one);
    refuse(two);
    assertThat(findings(Map.of(one.id(), true))).anyMatch(f -> f.contains("no conclusion"));

    confirm(one);
    assertThat(findings(Map.of())).anyMatch(f -> f.contains("concluded without a report"));
    assertThat(findings(Map.of(one.id(), false))).anyMatch(f -> f.contains("instead of"));
  }

  private List<String> findings(Map<UUID, Boolean> reports) {
    return new AnswerAudit(work, reports, answers).findings();
  }

  private void grant(Ask ask) {
    answer(ask, "key.accepted");
    answer(ask, "activation.granted");
  }

  private void refuse(Ask ask) {
    answer(ask, "key.refused");
    answer(ask, "activation.refused");
  }

  private void confirm(Ask ask) {
    answer(ask, "activation.confirmed");
  }

  private void answer(Ask ask, String type) {
    String topic = type.startsWith("key.") ? "key.verdicts" : "activation.results";
    Map<String, String> headers =
        Map.of("ce_id", ask.device() + type, "ce_type", "io.kagimori." + type + ".v1");
    String body = "{\"requestId\":\"%s\",\"keyId\":\"%s\"}".formatted(ask.id(), KEY);
    answers.add(
        new Wire.Incoming(
            topic, 0, answers.size(), ask.device(), headers, Wire.base64(Wire.bytes(body))));
  }

  private static Ask ask(String device) {
    UUID id = UUID.nameUUIDFromBytes(Wire.bytes(device));
    return new Ask(id, device, "0".repeat(54), Ask.Kind.NAMED, KEY, "site");
  }
}
