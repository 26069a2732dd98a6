package io.kagimori.agent.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.agent.simulation.EsuPlan.Enrolment;
import io.kagimori.agent.simulation.EsuPlan.Enrolments;
import io.kagimori.agent.simulation.EsuPlan.Fate;
import io.kagimori.agent.simulation.EsuPlan.Step;
import io.kagimori.agent.simulation.EsuPlan.Turn;
import io.kagimori.agent.simulation.EsuPlan.Update;
import io.kagimori.agent.simulation.EsuPlan.Updates;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The auditor finds what is wrong, and nothing where all is right. */
class EsuAuditTest {
  private final EsuPlan plan = EsuPlanner.plan(100, 7, true);
  private final List<EsuResult> results = new ArrayList<>();
  private final Map<String, Long> consumed = new HashMap<>();
  private final Map<String, String> coverage = new HashMap<>();

  /** What a stack without fault says. */
  private EsuAuditTest perfect() {
    plan.keys().forEach(key -> consumed.put(key.keyId(), 0L));
    for (Step step : plan.steps()) {
      switch (step) {
        case Enrolments wave -> wave.all().forEach(this::answers);
        case Updates updates -> updates.all().forEach(this::answers);
        case Turn turn -> {
          for (String device : turn.lapsing()) {
            results.add(result(UUID.randomUUID(), device, EsuVerdict.LAPSED, 2, "YEAR_ENDED"));
            coverage.put(device, "LAPSED");
          }
        }
      }
    }
    return this;
  }

  private void answers(Enrolment e) {
    String device = e.event().deviceId();
    Integer year = e.event().year();
    switch (e.fate()) {
      case ENTITLED -> {
        results.add(result(e.id(), device, EsuVerdict.ACCEPTED, year, null));
        results.add(result(e.id(), device, EsuVerdict.ENTITLED, year, null));
        consumed.merge(plan.keys().get(year - 1).keyId(), 1L, Long::sum);
        coverage.put(device, year == 3 ? "COVERED" : "ELIGIBLE");
      }
      case BY_PLATFORM -> {
        results.add(result(e.id(), device, EsuVerdict.ENTITLED, 2, null));
        coverage.put(device, "COVERED_BY_PLATFORM");
      }
      case FAILS -> {
        results.add(result(e.id(), device, EsuVerdict.ACCEPTED, year, null));
        results.add(result(e.id(), device, EsuVerdict.REFUSED, year, "ACTIVATION_FAILED"));
      }
      case REFUSED -> results.add(result(e.id(), device, EsuVerdict.REFUSED, year, e.reason()));
    }
  }

  private void answers(Update update) {
    String device = update.event().deviceId();
    results.add(result(update.id(), device, EsuVerdict.DIAGNOSED, 2, update.reason()));
    if (update.reason() != null) {
      results.add(result(update.id(), device, EsuVerdict.DIAGNOSED, 2, "RETRY_PROPOSED"));
    }
  }

  private static EsuResult result(
      UUID request, String device, EsuVerdict verdict, Integer year, String reason) {
    return new EsuResult(
        request.toString(),
        device,
        verdict,
        "windows-10-esu",
        year,
        "windows-10",
        "Enterprise",
        null,
        null,
        null,
        null,
        reason,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Instant.EPOCH);
  }

  private EsuSummary audit() {
    return new EsuAudit(
            plan,
            Map.of(),
            new EsuObserved(results, Map.of(), List.of(), List.of(), 0, consumed, coverage))
        .summary(0);
  }

  private int first(Predicate<EsuResult> fits) {
    return results.indexOf(results.stream().filter(fits).findFirst().orElseThrow());
  }

  private void broken(String invariant) {
    EsuSummary summary = audit();
    assertThat(summary.invariants()).containsEntry(invariant, false);
    assertThat(summary.findings()).isNotEmpty();
  }

  @Test
  @DisplayName("A stack without fault has none found, and every kind of fate occurs")
  void nothingToFind() {
    EsuSummary summary = perfect().audit();
    assertThat(summary.findings()).isEmpty();
    assertThat(summary.invariants()).doesNotContainValue(false).hasSize(8);
    assertThat(summary.lost()).isZero();
    assertThat(summary.duplicates()).isZero();
    for (Fate fate : Fate.values()) {
      assertThat(
              plan.steps().stream()
                  .filter(Enrolments.class::isInstance)
                  .flatMap(step -> ((Enrolments) step).all().stream())
                  .map(Enrolment::fate))
          .contains(fate);
    }
  }

  @Test
  @DisplayName("A lost entitlement, one too many, and another reason are found")
  void answersAreHeldAgainstThePlan() {
    perfect().results.remove(first(r -> r.verdict() == EsuVerdict.ENTITLED));
    assertThat(audit().lost()).isPositive();
    broken(EsuAudit.ANSWERED);

    results.clear();
    EsuResult twice = perfect().results.get(first(r -> r.verdict() == EsuVerdict.ENTITLED));
    results.add(twice);
    broken(EsuAudit.ONE_ENTITLEMENT);

    results.clear();
    consumed.clear();
    int refused = perfect().first(r -> "BUILD_TOO_OLD".equals(r.reason()));
    EsuResult was = results.get(refused);
    results.set(
        refused,
        result(UUID.fromString(was.requestId()), was.deviceId(), EsuVerdict.REFUSED, 1, "NO_KEY"));
    broken(EsuAudit.ANSWERED);
  }

  @Test
  @DisplayName("A lapse too few or too many, a seat that is off, a state that is wrong are found")
  void turnPoolsAndCoverage() {
    perfect().results.remove(first(r -> r.verdict() == EsuVerdict.LAPSED));
    broken(EsuAudit.LAPSES);

    results.clear();
    consumed.clear();
    perfect().consumed.merge(plan.keys().get(1).keyId(), 1L, Long::sum);
    broken(EsuAudit.POOLS);

    results.clear();
    consumed.clear();
    perfect();
    coverage.replaceAll((device, state) -> "COVERED".equals(state) ? "LAPSED" : state);
    broken(EsuAudit.COVERAGE);
  }

  @Test
  @DisplayName("A failed update that is never proposed again is found")
  void retries() {
    perfect().results.removeIf(r -> "RETRY_PROPOSED".equals(r.reason()));
    broken(EsuAudit.UPDATES);
  }

  @Test
  @DisplayName("The same seed plans the same, ids included")
  void sameSeed() {
    assertThat(EsuPlanner.plan(100, 7, true).steps()).isEqualTo(plan.steps());
    assertThat(EsuPlanner.plan(100, 8, true).steps()).isNotEqualTo(plan.steps());
  }
}
