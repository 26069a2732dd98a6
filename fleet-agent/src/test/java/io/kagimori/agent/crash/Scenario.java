package io.kagimori.agent.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * One scenario on the shared stack: remembers where the answer topics ended when it began, and lets
 * the auditors judge everything that came after.
 */
final class Scenario implements AutoCloseable {
  private static final List<String> ANSWERS = List.of("key.verdicts", "activation.results");

  private final CrashStack stack;
  private final Tape tape;
  private final Groups groups;
  private final Map<TopicPartition, Long> start;
  private final Set<String> earlierLetters;

  Scenario(CrashStack stack) throws Exception {
    this.stack = stack;
    tape = new Tape(stack.kafka());
    groups = new Groups(stack.kafka());
    start = tape.ends(ANSWERS);
    earlierLetters =
        tape.all(tape.deadLetterTopics()).stream()
            .map(Wire.Incoming::origin)
            .collect(Collectors.toSet());
  }

  Groups groups() {
    return groups;
  }

  /** Dead letters of records that were not there before this scenario; repetitions once. */
  List<Wire.Incoming> newDeadLetters() {
    return List.copyOf(
        tape.all(tape.deadLetterTopics()).stream()
            .filter(letter -> !earlierLetters.contains(letter.origin()))
            .collect(Collectors.toMap(Wire.Incoming::origin, l -> l, (first, again) -> first))
            .values());
  }

  /** Event ids on the answer topics since the scenario began. */
  Set<String> publishedIds() {
    return tape.since(start).stream().map(Wire.Incoming::id).collect(Collectors.toSet());
  }

  /** Every answer ever published, by event id; fails when one id stands for different bytes. */
  Map<String, String> everythingPublished() {
    return tape.all(ANSWERS).stream()
        .collect(
            Collectors.toMap(
                Wire.Incoming::id,
                Wire.Incoming::sameness,
                (first, again) -> {
                  assertThat(again).isEqualTo(first);
                  return first;
                }));
  }

  /** Waits until all is done and judges; no dead letters are expected. */
  AnswerAudit audit(Fleet fleet) throws SQLException {
    AnswerAudit answers = audit(fleet.work(), fleet.reports());
    assertThat(newDeadLetters()).as("dead letters, seed %d", fleet.work().seed()).isEmpty();
    return answers;
  }

  /** Waits until all is done and judges answers and ledger. */
  AnswerAudit audit(Workload work, Map<UUID, Boolean> reports) throws SQLException {
    groups.awaitQuiet();
    return judge(work, reports);
  }

  private AnswerAudit judge(Workload work, Map<UUID, Boolean> reports) throws SQLException {
    AnswerAudit answers = new AnswerAudit(work, reports, tape.since(start));
    List<String> findings = new ArrayList<>(answers.findings());
    try (Connection database = stack.database("key")) {
      findings.addAll(LedgerAudit.findings(database, work, answers));
    }
    assertThat(findings).as("auditor, seed %d", work.seed()).isEmpty();
    return answers;
  }

  @Override
  public void close() {
    tape.close();
    groups.close();
  }
}
