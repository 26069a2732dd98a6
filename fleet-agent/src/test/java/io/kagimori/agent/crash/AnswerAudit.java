package io.kagimori.agent.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Judges what stands on the answer topics for one workload, by its own simple model: one decision a
 * request, repetitions equal to the byte, one conclusion a report, never more seats than bought.
 */
final class AnswerAudit {
  private static final Set<String> VERDICTS = Set.of("key.accepted", "key.refused");
  private static final Set<String> DECISIONS = Set.of("activation.granted", "activation.refused");

  private final Workload work;
  private final Map<UUID, Boolean> reports;
  private final Map<String, Ask> asks = new HashMap<>();
  private final Map<String, List<Wire.Incoming>> verdicts = new HashMap<>();
  private final Map<String, List<Wire.Incoming>> decisions = new HashMap<>();
  private final Map<String, List<Wire.Incoming>> conclusions = new HashMap<>();
  private final List<String> findings = new ArrayList<>();

  /**
   * @param reports what agents reported: request id and success
   * @param answers everything published on {@code key.verdicts} and {@code activation.results}
   */
  AnswerAudit(Workload work, Map<UUID, Boolean> reports, List<Wire.Incoming> answers) {
    this.work = work;
    this.reports = reports;
    work.asks().forEach(ask -> asks.put(ask.id().toString(), ask));
    for (Wire.Incoming answer : answers) {
      String request = answer.requestId();
      if (asks.containsKey(request)) {
        pile(answer).computeIfAbsent(request, id -> new ArrayList<>()).add(answer);
      }
    }
  }

  private Map<String, List<Wire.Incoming>> pile(Wire.Incoming answer) {
    if (VERDICTS.contains(answer.type())) {
      return verdicts;
    }
    return DECISIONS.contains(answer.type()) ? decisions : conclusions;
  }

  /** What is wrong; empty when nothing is. */
  List<String> findings() {
    findings.clear();
    for (Ask ask : asks.values()) {
      String id = ask.id().toString();
      oneAnswer("verdict", id, verdicts.get(id));
      oneAnswer("decision", id, decisions.get(id));
      if (findings.isEmpty() && accepted(verdicts.get(id)) != granted(id) && !isKms(ask)) {
        findings.add(id + ": verdict and decision differ");
      }
      if (reports.containsKey(ask.id())) {
        conclusion(id, reports.get(ask.id()));
      } else if (conclusions.containsKey(id)) {
        findings.add(id + ": concluded without a report");
      }
    }
    held()
        .forEach(
            (key, seats) -> {
              if (seats.size() > work.purchased().getOrDefault(key, 0)) {
                findings.add("%s: %d seats of %s".formatted(key, seats.size(), work.purchased()));
              }
            });
    return findings;
  }

  private void oneAnswer(String what, String id, List<Wire.Incoming> copies) {
    if (copies == null) {
      findings.add(id + ": no " + what);
    } else if (copies.stream().map(Wire.Incoming::id).distinct().count() != 1) {
      findings.add("%s: several %ss %s".formatted(id, what, types(copies)));
    } else if (copies.stream().map(Wire.Incoming::sameness).distinct().count() != 1) {
      findings.add("%s: repeated %s differs".formatted(id, what));
    }
  }

  private void conclusion(String id, boolean succeeded) {
    List<Wire.Incoming> copies = conclusions.get(id);
    oneAnswer("conclusion", id, copies);
    String expected = succeeded ? "activation.confirmed" : "activation.failed";
    if (copies != null && !copies.get(0).type().equals(expected)) {
      findings.add("%s: %s instead of %s".formatted(id, copies.get(0).type(), expected));
    }
  }

  /** Seats that hold, by key: granted at least once without that activation having failed. */
  Map<String, Set<String>> held() {
    Map<String, Set<String>> held = new HashMap<>();
    decisions.forEach(
        (id, copies) -> {
          Ask ask = asks.get(id);
          if (granted(id) && !isKms(ask) && !Boolean.FALSE.equals(reports.get(ask.id()))) {
            held.computeIfAbsent(key(copies), k -> new HashSet<>()).add(ask.seat());
          }
        });
    return held;
  }

  /** Seats used up, by key: at least one activation on them succeeded. */
  Map<String, Set<String>> consumed() {
    Map<String, Set<String>> consumed = new HashMap<>();
    decisions.forEach(
        (id, copies) -> {
          Ask ask = asks.get(id);
          if (Boolean.TRUE.equals(reports.get(ask.id()))) {
            consumed.computeIfAbsent(key(copies), k -> new HashSet<>()).add(ask.seat());
          }
        });
    return consumed;
  }

  /** How many requests got which answers, such as {@code activation.refused MAK_EXHAUSTED}. */
  Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    List.of(verdicts, decisions, conclusions)
        .forEach(
            pile ->
                pile.values().stream()
                    .map(copies -> copies.get(0))
                    .map(copy -> copy.type() + " " + copy.json().path("reason").asText())
                    .forEach(answer -> counts.merge(answer, 1, Integer::sum)));
    return counts;
  }

  /** Answers that were published more than once. */
  int repeated() {
    return (int)
        List.of(verdicts, decisions, conclusions).stream()
            .flatMap(pile -> pile.values().stream())
            .filter(copies -> copies.size() > 1)
            .count();
  }

  private boolean granted(String id) {
    return accepted(decisions.get(id));
  }

  private static boolean accepted(List<Wire.Incoming> copies) {
    return copies != null && copies.get(0).type().matches("key.accepted|activation.granted");
  }

  private static boolean isKms(Ask ask) {
    return ask.kind() == Ask.Kind.KMS;
  }

  private static String key(List<Wire.Incoming> copies) {
    return copies.get(0).json().path("keyId").asText();
  }

  private static List<String> types(List<Wire.Incoming> copies) {
    return copies.stream().map(Wire.Incoming::type).distinct().toList();
  }
}
