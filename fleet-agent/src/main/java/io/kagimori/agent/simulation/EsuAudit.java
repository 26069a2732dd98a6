package io.kagimori.agent.simulation;

import io.kagimori.agent.simulation.EsuPlan.Enrolment;
import io.kagimori.agent.simulation.EsuPlan.Enrolments;
import io.kagimori.agent.simulation.EsuPlan.Fate;
import io.kagimori.agent.simulation.EsuPlan.Step;
import io.kagimori.agent.simulation.EsuPlan.Turn;
import io.kagimori.agent.simulation.EsuPlan.Update;
import io.kagimori.agent.simulation.EsuPlan.Updates;
import io.kagimori.agent.simulation.EsuPlan.YearKey;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/**
 * Holds what was seen of an ESU run against its plan. Knows the outside of the services only and
 * shares no rule with them.
 */
final class EsuAudit {
  static final String ANSWERED = "esuAnswersAsPlanned";
  static final String ONE_ENTITLEMENT = "esuOneEntitlementAYear";
  static final String BYTE_EQUAL = "esuResendsByteEqual";
  static final String LAPSES = "esuLapsesAtTheTurn";
  static final String UPDATES = "esuUpdatesDiagnosed";
  static final String POOLS = "esuPoolsAsAnswered";
  static final String COVERAGE = "esuCoverageAsAnswered";
  static final String NO_FULL_KEY = "esuNoFullKeySeen";

  private final EsuPlan plan;
  private final Map<UUID, Long> sent;
  private final EsuObserved observed;
  private final Invariants invariants = new Invariants();
  private final Map<String, List<EsuResult>> byRequest = new HashMap<>();

  private int lost;
  private int duplicates;

  EsuAudit(EsuPlan plan, Map<UUID, Long> sent, EsuObserved observed) {
    this.plan = plan;
    this.sent = sent;
    this.observed = observed;
    observed
        .results()
        .forEach(r -> byRequest.computeIfAbsent(r.requestId(), id -> new ArrayList<>()).add(r));
  }

  /**
   * The summary of the run.
   *
   * @param perSecond enrolments that asked for a seat and were answered in a second
   */
  EsuSummary summary(double perSecond) {
    invariants.checked(BYTE_EQUAL);
    observed.faults().forEach(fault -> invariants.check(BYTE_EQUAL, false, fault));
    invariants.checked(NO_FULL_KEY);
    observed.leaks().forEach(leak -> invariants.check(NO_FULL_KEY, false, leak));
    Map<String, Integer> refused = new TreeMap<>();
    int enrolments = 0;
    int entitled = 0;
    Map<String, Set<Integer>> years = new HashMap<>();
    Set<String> byPlatform = new HashSet<>();
    for (Step step : plan.steps()) {
      switch (step) {
        case Enrolments wave -> {
          for (Enrolment enrolment : wave.all()) {
            enrolments++;
            boolean got = check(enrolment, refused);
            if (got) {
              entitled++;
              if (enrolment.fate() == Fate.BY_PLATFORM) {
                byPlatform.add(enrolment.event().deviceId());
              } else {
                years
                    .computeIfAbsent(enrolment.event().deviceId(), d -> new HashSet<>())
                    .add(enrolment.event().year());
              }
            }
          }
        }
        case Updates updates -> updates.all().forEach(this::check);
        case Turn turn -> check(turn);
      }
    }
    checkEntitledOnce();
    checkRetries();
    checkPools(years);
    checkCoverage(years, byPlatform);
    return new EsuSummary(
        plan.devices(),
        enrolments,
        observed.results().size(),
        entitled,
        (int) count(EsuVerdict.LAPSED),
        (int) count(EsuVerdict.DIAGNOSED),
        refused,
        lost,
        duplicates,
        observed.resent(),
        invariants.held(),
        invariants.findings(),
        latency(),
        tenths(perSecond));
  }

  private long count(EsuVerdict verdict) {
    return observed.results().stream().filter(r -> r.verdict() == verdict).count();
  }

  private List<EsuResult> answers(UUID id) {
    return byRequest.getOrDefault(id.toString(), List.of());
  }

  /** Whether the enrolment ended in coverage. */
  private boolean check(Enrolment enrolment, Map<String, Integer> refused) {
    List<EsuVerdict> verdicts = new ArrayList<>();
    String reason = null;
    for (EsuResult answer : answers(enrolment.id())) {
      // A lapse names the request that had brought coverage.
      if (answer.verdict() != EsuVerdict.LAPSED && answer.verdict() != EsuVerdict.DIAGNOSED) {
        verdicts.add(answer.verdict());
        reason = answer.reason() == null ? reason : answer.reason();
      }
    }
    List<EsuVerdict> expected =
        switch (enrolment.fate()) {
          case ENTITLED -> List.of(EsuVerdict.ACCEPTED, EsuVerdict.ENTITLED);
          case BY_PLATFORM -> List.of(EsuVerdict.ENTITLED);
          case FAILS -> List.of(EsuVerdict.ACCEPTED, EsuVerdict.REFUSED);
          case REFUSED -> List.of(EsuVerdict.REFUSED);
        };
    if (verdicts.size() < expected.size()) {
      lost++;
    } else if (verdicts.size() > expected.size()) {
      duplicates++;
    }
    boolean right =
        verdicts.equals(expected)
            && (enrolment.reason() == null || enrolment.reason().equals(reason));
    invariants.check(
        ANSWERED,
        right,
        "%s of %s: %s %s instead of %s %s"
            .formatted(
                enrolment.id(),
                enrolment.event().deviceId(),
                verdicts,
                reason,
                expected,
                enrolment.reason()));
    if (verdicts.contains(EsuVerdict.REFUSED)) {
      refused.merge(String.valueOf(reason), 1, Integer::sum);
    }
    return verdicts.contains(EsuVerdict.ENTITLED);
  }

  private void check(Update update) {
    List<EsuResult> own =
        answers(update.id()).stream().filter(r -> !"RETRY_PROPOSED".equals(r.reason())).toList();
    if (own.isEmpty()) {
      lost++;
    }
    invariants.check(
        UPDATES,
        own.size() == 1 && Objects.equals(update.reason(), own.get(0).reason()),
        update.id() + " was diagnosed " + own.stream().map(EsuResult::reason).toList());
  }

  /** Each update that failed for want of coverage is proposed once when coverage has come. */
  private void checkRetries() {
    invariants.checked(UPDATES);
    Map<String, Integer> proposed = new HashMap<>();
    observed.results().stream()
        .filter(r -> "RETRY_PROPOSED".equals(r.reason()))
        .forEach(r -> proposed.merge(r.requestId(), 1, Integer::sum));
    for (Step step : plan.steps()) {
      if (step instanceof Updates updates) {
        for (Update update : updates.all()) {
          int due = "ESU_NOT_ACTIVATED".equals(update.reason()) ? 1 : 0;
          int found = proposed.getOrDefault(update.id().toString(), 0);
          invariants.check(
              UPDATES, found >= due, update.id() + " was proposed " + found + " times");
        }
      }
    }
  }

  private void check(Turn turn) {
    Map<String, Integer> lapsed = new LinkedHashMap<>();
    observed.results().stream()
        .filter(r -> r.verdict() == EsuVerdict.LAPSED)
        .forEach(r -> lapsed.merge(r.deviceId(), 1, Integer::sum));
    Set<String> due = Set.copyOf(turn.lapsing());
    invariants.check(
        LAPSES,
        lapsed.keySet().equals(due) && lapsed.values().stream().allMatch(n -> n == 1),
        "%d devices lapsed instead of %d".formatted(lapsed.size(), due.size()));
    lost += (int) due.stream().filter(device -> !lapsed.containsKey(device)).count();
  }

  private void checkEntitledOnce() {
    invariants.checked(ONE_ENTITLEMENT);
    Map<String, Integer> entitled = new HashMap<>();
    observed.results().stream()
        .filter(r -> r.verdict() == EsuVerdict.ENTITLED)
        .forEach(r -> entitled.merge(r.deviceId() + " year " + r.year(), 1, Integer::sum));
    entitled.forEach(
        (what, times) ->
            invariants.check(
                ONE_ENTITLEMENT, times == 1, what + " was entitled " + times + " times"));
  }

  /** Seats used up are those of devices with the year, and of no others. */
  private void checkPools(Map<String, Set<Integer>> years) {
    for (YearKey key : plan.keys()) {
      long have = years.values().stream().filter(y -> y.contains(key.year())).count();
      Long used = observed.consumed().get(key.keyId());
      invariants.check(
          POOLS,
          used != null && used == have,
          "%s says %s consumed, %d devices have the year".formatted(key.keyId(), used, have));
    }
  }

  private void checkCoverage(Map<String, Set<Integer>> years, Set<String> byPlatform) {
    invariants.checked(COVERAGE);
    boolean turned = plan.steps().stream().anyMatch(Turn.class::isInstance);
    int last = turned ? 3 : 2;
    years.forEach(
        (device, had) -> {
          String expected = had.contains(last) ? "COVERED" : turned ? "LAPSED" : "ELIGIBLE";
          invariants.check(
              COVERAGE,
              expected.equals(observed.coverage().get(device)),
              device + " is " + observed.coverage().get(device) + " instead of " + expected);
        });
    byPlatform.forEach(
        device ->
            invariants.check(
                COVERAGE,
                "COVERED_BY_PLATFORM".equals(observed.coverage().get(device)),
                device + " is " + observed.coverage().get(device)));
  }

  private FleetSummary.Latency latency() {
    Histogram micros = new Histogram(3);
    sent.forEach(
        (id, at) -> {
          Long seen = observed.firstSeen().get(id.toString());
          if (seen != null) {
            micros.recordValue(Math.max(0, (seen - at) / 1_000));
          }
        });
    return new FleetSummary.Latency(
        tenths(micros.getValueAtPercentile(50) / 1e3),
        tenths(micros.getValueAtPercentile(99) / 1e3));
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
