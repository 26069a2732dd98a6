package io.kagimori.agent.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.agent.simulation.FleetPlan.Ask;
import io.kagimori.agent.simulation.FleetPlan.Fate;
import io.kagimori.agent.simulation.Observed.LedgerMove;
import io.kagimori.agent.simulation.Observed.PoolReading;
import io.kagimori.agent.simulation.Observed.SeenAnswer;
import io.kagimori.agent.simulation.Observed.SeenDeadLetter;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The auditor is content with a stack that makes no mistake, and finds each planted one. */
class FleetAuditorTest {
  private final FleetPlan plan = FleetPlanner.plan(1200, 7);
  private PerfectStack stack;

  @BeforeEach
  void perfect() {
    stack = new PerfectStack(plan);
  }

  private FleetSummary audit() {
    return FleetAuditor.audit(plan, stack.observed());
  }

  private void assertBroken(String invariant) {
    FleetSummary summary = audit();
    assertThat(summary.good()).isFalse();
    assertThat(summary.invariants()).containsEntry(invariant, false);
    assertThat(summary.findings()).anyMatch(finding -> finding.startsWith(invariant));
  }

  private SeenAnswer anAnswer(Verdict verdict, Channel channel) {
    return stack.answers.stream()
        .filter(a -> a.result().verdict() == verdict && a.result().channel() == channel)
        .findFirst()
        .orElseThrow();
  }

  private Ask askOf(SeenAnswer answer) {
    return plan.asks()
        .filter(ask -> ask.id().toString().equals(answer.result().requestId()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @DisplayName("A run without a mistake is good and its counts add up")
  void good() {
    FleetSummary summary = audit();

    assertThat(summary.findings()).isNull();
    assertThat(summary.good()).isTrue();
    assertThat(summary.lost()).isZero();
    assertThat(summary.duplicates()).isZero();
    int refused = summary.refused().values().stream().mapToInt(Integer::intValue).sum();
    assertThat(summary.granted() + refused).isEqualTo(summary.requests());
    assertThat(summary.refused())
        .containsKeys(
            "MAK_EXHAUSTED",
            "BELOW_THRESHOLD",
            "HOST_NOT_ACTIVATED",
            "CLOCK_SKEW",
            "KEY_IN_USE",
            "KEY_EXPIRED",
            "KEY_BLOCKED",
            "KEY_UNKNOWN",
            "KEY_MODEL_MISMATCH",
            "EDITION_MISMATCH",
            "NO_KEY",
            "UNKNOWN_PRODUCT",
            "UNKNOWN_EDITION");
    assertThat(summary.failed()).isNotEmpty();
  }

  @Test
  @DisplayName("A lost decision is found")
  void lostDecision() {
    stack.answers.remove(anAnswer(Verdict.REFUSED, Channel.MAK));

    assertThat(audit().lost()).isEqualTo(1);
    assertBroken(FleetAuditor.DECIDED_ONCE);
  }

  @Test
  @DisplayName("A lost final answer is found")
  void lostEnd() {
    stack.answers.remove(anAnswer(Verdict.CONFIRMED, Channel.KMS));

    assertThat(audit().lost()).isEqualTo(1);
    assertBroken(FleetAuditor.ENDS);
  }

  @Test
  @DisplayName("A doubled grant is found")
  void doubledGrant() {
    SeenAnswer granted = anAnswer(Verdict.GRANTED, Channel.MAK);
    stack.answer(askOf(granted), Verdict.GRANTED, null, null, granted.result().keyId(), 99);

    assertThat(audit().duplicates()).isEqualTo(1);
    assertBroken(FleetAuditor.DECIDED_ONCE);
  }

  @Test
  @DisplayName("A grant where a refusal was due is found")
  void wrongGrant() {
    SeenAnswer refused =
        stack.answers.stream()
            .filter(a -> "KEY_BLOCKED".equals(a.result().reason()))
            .findFirst()
            .orElseThrow();
    stack.answers.remove(refused);
    stack.answer(askOf(refused), Verdict.GRANTED, null, null, null, 0);

    assertBroken(FleetAuditor.AS_FORECAST);
  }

  @Test
  @DisplayName("One winner too many in a race is found")
  void raceMiscounted() {
    SeenAnswer refused =
        stack.answers.stream()
            .filter(a -> "MAK_EXHAUSTED".equals(a.result().reason()))
            .findFirst()
            .orElseThrow();
    stack.answers.remove(refused);
    stack.answer(askOf(refused), Verdict.GRANTED, null, null, askOf(refused).event().keyId(), 0);

    assertBroken(FleetAuditor.AS_FORECAST);
  }

  @Test
  @DisplayName("An end nobody reported is found")
  void unreportedEnd() {
    Ask silent =
        plan.asks()
            .filter(a -> a.fate() == Fate.STAYS_SILENT && a.event().keyId() != null)
            .filter(
                a ->
                    stack.answers.stream()
                        .anyMatch(
                            s ->
                                s.result().verdict() == Verdict.GRANTED
                                    && s.result().requestId().equals(a.id().toString())))
            .findFirst()
            .orElseThrow();
    stack.answer(silent, Verdict.CONFIRMED, null, null, silent.event().keyId(), 0);

    assertBroken(FleetAuditor.ENDS);
  }

  @Test
  @DisplayName("A resend with the same bytes is the same answer, with others it is a fault")
  void resends() {
    SeenAnswer granted = anAnswer(Verdict.GRANTED, Channel.MAK);
    stack.answers.add(granted);
    FleetSummary resent = audit();
    assertThat(resent.good()).isTrue();
    assertThat(resent.resent()).isEqualTo(1);

    stack.answers.add(
        new SeenAnswer(granted.eventId(), granted.body() + " ", granted.result(), granted.at()));

    assertBroken(FleetAuditor.BYTE_EQUAL);
  }

  @Test
  @DisplayName("An unbalanced pool is found")
  void unbalanced() {
    String key = plan.keys().get(0).keyId();
    PoolReading pool = stack.pools.get(key);
    stack.pools.put(
        key,
        new PoolReading(
            pool.purchased(),
            pool.available() + 1,
            pool.reserved(),
            pool.consumed(),
            pool.overdrawn()));

    assertBroken(PoolAudit.CONSERVED);
    assertBroken(PoolAudit.LEDGER);
  }

  @Test
  @DisplayName("A pool below zero is found even when it balances")
  void negative() {
    String key = plan.keys().get(0).keyId();
    PoolReading pool = stack.pools.get(key);
    stack.pools.put(key, new PoolReading(pool.purchased(), -1, pool.purchased() + 1, 0, 0));

    assertBroken(PoolAudit.NOT_NEGATIVE);
  }

  @Test
  @DisplayName("A seat that moved without an answer is found")
  void silentMove() {
    stack.move(plan.keys().get(0).keyId(), "AVAILABLE", "CONSUMED", 1);

    FleetSummary summary = audit();
    assertThat(summary.invariants()).containsEntry(PoolAudit.CONSERVED, true);
    assertBroken(PoolAudit.AS_ANSWERED);
  }

  @Test
  @DisplayName("A ledger that forgot an entry is found")
  void forgottenEntry() {
    String key = plan.keys().get(0).keyId();
    LedgerMove last = stack.ledgers.get(key).removeLast();

    assertThat(last.seats()).isPositive();
    assertBroken(PoolAudit.LEDGER);
  }

  @Test
  @DisplayName("A dead letter too many and one too few are found")
  void deadLetters() {
    SeenDeadLetter planned = stack.deadLetters.removeFirst();
    assertBroken(FleetAuditor.DEAD_LETTERS);

    stack.deadLetters.add(planned);
    assertThat(audit().good()).isTrue();

    stack.deadLetters.add(new SeenDeadLetter("key.verdicts.dlq", null, "INVALID_JSON", "?"));
    assertBroken(FleetAuditor.DEAD_LETTERS);
  }

  @Test
  @DisplayName("SX-03 a full product key seen anywhere is found")
  void leak() {
    stack.leaks.add("activation.results shows a product key");

    assertBroken(FleetAuditor.NO_FULL_KEY);
  }
}
