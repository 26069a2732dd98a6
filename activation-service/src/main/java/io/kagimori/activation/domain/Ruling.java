package io.kagimori.activation.domain;

import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was decided last on an activation.
 *
 * @param verdict granted, refused, confirmed, failed or expired
 * @param reason stable code; null when granted or confirmed
 * @param code what Windows would print; null where there is none
 * @param detail the figures of the reason
 * @param warnings what the reader should know besides
 * @param steps commands for the agent, in order
 * @param decidedAt record time
 */
public record Ruling(
    Verdict verdict,
    String reason,
    String code,
    Map<String, Object> detail,
    List<Warning> warnings,
    List<String> steps,
    Instant decidedAt) {

  public Ruling {
    detail = detail == null ? Map.of() : detail;
    warnings = warnings == null ? List.of() : warnings.stream().filter(Objects::nonNull).toList();
    steps = steps == null ? List.of() : List.copyOf(steps);
  }

  static Ruling granted(Instant now, Map<String, Object> detail, List<String> steps) {
    return new Ruling(Verdict.GRANTED, null, null, detail, List.of(), steps, now);
  }

  static Ruling refused(Instant now, String reason, String code, Map<String, Object> detail) {
    return new Ruling(Verdict.REFUSED, reason, code, detail, List.of(), List.of(), now);
  }

  /** The same with commands that put right what it refuses. */
  Ruling withSteps(List<String> commands) {
    return new Ruling(verdict, reason, code, detail, warnings, commands, decidedAt);
  }

  /** The same with further warnings behind those it has. */
  Ruling with(List<Warning> further) {
    if (further == null || further.isEmpty()) {
      return this;
    }
    List<Warning> all = new ArrayList<>(warnings);
    all.addAll(further);
    return new Ruling(verdict, reason, code, detail, all, steps, decidedAt);
  }
}
