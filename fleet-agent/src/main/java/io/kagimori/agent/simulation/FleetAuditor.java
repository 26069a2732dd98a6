package io.kagimori.agent.simulation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.kagimori.agent.simulation.FleetPlan.Ask;
import io.kagimori.agent.simulation.FleetPlan.Bad;
import io.kagimori.agent.simulation.FleetPlan.Fate;
import io.kagimori.agent.simulation.FleetPlan.Report;
import io.kagimori.agent.simulation.Observed.SeenAnswer;
import io.kagimori.agent.simulation.Observed.SeenDeadLetter;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/**
 * Holds what was seen of a run against what had to be seen, and adds it up. Knows the plan and the
 * outside of the services, nothing of their inside.
 */
public final class FleetAuditor {
  static final String DECIDED_ONCE = "everyRequestDecidedOnce";
  static final String AS_FORECAST = "decisionsAsForecast";
  static final String ENDS = "endsAsReported";
  static final String BYTE_EQUAL = "resendsByteEqual";
  static final String THRESHOLD = "kmsThresholdKept";
  static final String DEAD_LETTERS = "deadLettersAsPlanned";
  static final String NO_FULL_KEY = "noFullKeySeen";

  private static final Set<Verdict> DECISIONS = Set.of(Verdict.GRANTED, Verdict.REFUSED);
  private static final Set<Verdict> ENDINGS = Set.of(Verdict.CONFIRMED, Verdict.FAILED);

  private final FleetPlan plan;
  private final Observed observed;
  private final Map<UUID, Ask> asks;
  private final Forecast forecast;
  private final Invariants invariants = new Invariants();
  private final Map<UUID, List<SeenAnswer>> answers;

  private int lost;
  private int duplicates;

  private FleetAuditor(FleetPlan plan, Observed observed) {
    this.plan = plan;
    this.observed = observed;
    this.asks =
        plan.asks()
            .filter(ask -> observed.sent().containsKey(ask.id()))
            .collect(toMap(Ask::id, ask -> ask, (a, b) -> a, LinkedHashMap::new));
    this.forecast = Forecast.of(plan, asks.keySet());
    this.answers =
        observed.answers().stream()
            .collect(groupingBy(seen -> UUID.fromString(seen.result().requestId())));
  }

  /** The summary of a run. */
  public static FleetSummary audit(FleetPlan plan, Observed observed) {
    return new FleetAuditor(plan, observed).audit();
  }

  private FleetSummary audit() {
    int resent = checkResends();
    Map<UUID, ActivationResult> decisions = checkDecisions();
    checkForecast(decisions);
    Map<UUID, ActivationResult> ends = checkEnds(decisions);
    checkThreshold(decisions);
    checkDeadLetters();
    invariants.checked(NO_FULL_KEY);
    observed.leaks().forEach(leak -> invariants.check(NO_FULL_KEY, false, leak));
    new PoolAudit(plan, observed, invariants).check(asks, decisions, ends);
    return summary(resent, decisions, ends);
  }

  private int checkResends() {
    invariants.checked(BYTE_EQUAL);
    int resent = 0;
    Map<String, String> bodies = new LinkedHashMap<>();
    for (SeenAnswer seen : observed.answers()) {
      String first = bodies.putIfAbsent(seen.eventId(), seen.body());
      if (first != null) {
        resent++;
        invariants.check(
            BYTE_EQUAL, first.equals(seen.body()), "event " + seen.eventId() + " came differently");
      }
    }
    return resent;
  }

  private Map<UUID, ActivationResult> checkDecisions() {
    Map<UUID, ActivationResult> decisions = new LinkedHashMap<>();
    for (UUID id : asks.keySet()) {
      List<ActivationResult> found = distinct(id, DECISIONS);
      invariants.check(DECIDED_ONCE, found.size() == 1, id + " has decisions " + verdicts(found));
      if (found.isEmpty()) {
        lost++;
      } else {
        decisions.put(id, found.get(0));
        duplicates += found.size() > 1 ? 1 : 0;
      }
    }
    return decisions;
  }

  /** The answers to a request with one of these verdicts, resends left out. */
  private List<ActivationResult> distinct(UUID id, Set<Verdict> verdicts) {
    Map<String, ActivationResult> byEvent = new LinkedHashMap<>();
    for (SeenAnswer seen : answers.getOrDefault(id, List.of())) {
      if (verdicts.contains(seen.result().verdict())) {
        byEvent.putIfAbsent(seen.eventId(), seen.result());
      }
    }
    return new ArrayList<>(byEvent.values());
  }

  private void checkForecast(Map<UUID, ActivationResult> decisions) {
    forecast
        .certain()
        .forEach(
            (id, expected) -> {
              ActivationResult found = decisions.get(id);
              if (found != null) {
                checkDecision(id, found, expected.granted(), expected.reason());
              }
            });
    for (Forecast.Race race : forecast.races()) {
      int winners = 0;
      for (UUID id : race.contenders()) {
        ActivationResult found = decisions.get(id);
        boolean granted = found != null && found.verdict() == Verdict.GRANTED;
        winners += granted ? 1 : 0;
        if (found != null) {
          checkDecision(id, found, granted, race.reason());
        }
      }
      invariants.check(
          AS_FORECAST,
          winners == race.winners(),
          "%d of %d racing for the same were granted instead of %d"
              .formatted(winners, race.contenders().size(), race.winners()));
    }
  }

  private void checkDecision(UUID id, ActivationResult found, boolean granted, String reason) {
    boolean same =
        granted
            ? found.verdict() == Verdict.GRANTED && found.reason() == null
            : found.verdict() == Verdict.REFUSED
                && reason.equals(found.reason())
                && Refusals.CODES.get(reason).equals(found.code());
    invariants.check(
        AS_FORECAST,
        same,
        "%s was %s %s %s instead of %s"
            .formatted(
                id, found.verdict(), found.reason(), found.code(), granted ? "GRANTED" : reason));
  }

  private Map<UUID, ActivationResult> checkEnds(Map<UUID, ActivationResult> decisions) {
    invariants.checked(ENDS);
    Map<UUID, ActivationResult> ends = new LinkedHashMap<>();
    Set<UUID> reported = Set.copyOf(observed.reported());
    for (Ask ask : asks.values()) {
      List<ActivationResult> found = distinct(ask.id(), ENDINGS);
      ActivationResult decision = decisions.get(ask.id());
      boolean due =
          decision != null && decision.verdict() == Verdict.GRANTED && reported.contains(ask.id());
      long expected = due ? endings(ask) : 0;
      if (found.size() < expected) {
        lost++;
      } else if (found.size() > expected) {
        duplicates++;
      }
      boolean right =
          found.size() == expected && found.stream().allMatch(end -> isAsReported(ask, end));
      invariants.check(
          ENDS, right, ask.id() + ", which " + ask.fate() + ", ended as " + verdicts(found));
      if (!found.isEmpty()) {
        ends.put(ask.id(), found.get(0));
      }
    }
    return ends;
  }

  /** Each report that ends the activation is answered once, however often it is sent. */
  static long endings(Ask ask) {
    return ask.reports().stream()
        .map(Report::event)
        .filter(
            said ->
                said.stage() == ActivationStage.ATO
                    || (said.stage() == ActivationStage.IPK && !said.succeeded()))
        .count();
  }

  private static boolean isAsReported(Ask ask, ActivationResult end) {
    return ask.fate() == Fate.SUCCEEDS
        ? end.verdict() == Verdict.CONFIRMED
        : end.verdict() == Verdict.FAILED && ask.failureCode().equals(end.code());
  }

  private void checkThreshold(Map<UUID, ActivationResult> decisions) {
    invariants.checked(THRESHOLD);
    Map<String, Integer> distinct = forecast.distinctClients();
    decisions.forEach(
        (id, decision) -> {
          Ask ask = asks.get(id);
          if (decision.verdict() == Verdict.GRANTED && ask.event().channel() == Channel.KMS) {
            int required = Forecast.required(ask.event());
            int count = distinct.get(ask.event().kms().host());
            invariants.check(
                THRESHOLD,
                count >= required,
                "%s was granted on a host with %d of %d".formatted(id, count, required));
          }
        });
  }

  private void checkDeadLetters() {
    invariants.checked(DEAD_LETTERS);
    Map<String, Bad> due =
        plan.badRecords().stream().collect(toMap(bad -> bad.id().toString(), bad -> bad));
    Map<String, Bad> missing = new LinkedHashMap<>(due);
    for (SeenDeadLetter letter : observed.deadLetters()) {
      Bad bad = letter.eventId() == null ? null : due.get(letter.eventId());
      boolean planned = bad != null && bad.reason().name().equals(letter.reason());
      invariants.check(
          DEAD_LETTERS,
          planned,
          "%s holds %s with %s (%s)"
              .formatted(letter.topic(), letter.eventId(), letter.reason(), letter.detail()));
      missing.remove(letter.eventId());
    }
    missing
        .keySet()
        .forEach(id -> invariants.check(DEAD_LETTERS, false, id + " is no dead letter"));
  }

  private FleetSummary summary(
      int resent, Map<UUID, ActivationResult> decisions, Map<UUID, ActivationResult> ends) {
    int granted = 0;
    Map<String, Integer> refused = new TreeMap<>();
    for (ActivationResult decision : decisions.values()) {
      if (decision.verdict() == Verdict.GRANTED) {
        granted++;
      } else {
        refused.merge(String.valueOf(decision.reason()), 1, Integer::sum);
      }
    }
    int confirmed = 0;
    Map<String, Integer> failed = new TreeMap<>();
    for (ActivationResult end : ends.values()) {
      if (end.verdict() == Verdict.CONFIRMED) {
        confirmed++;
      } else {
        failed.merge(String.valueOf(end.code()), 1, Integer::sum);
      }
    }
    Map<String, Integer> deadLetters = new TreeMap<>();
    observed.deadLetters().forEach(letter -> deadLetters.merge(letter.reason(), 1, Integer::sum));
    double seconds = observed.requestNanos() / 1e9;
    return new FleetSummary(
        plan.devices(),
        asks.size(),
        observed.answers().size() - resent,
        granted,
        confirmed,
        refused,
        failed,
        lost,
        duplicates,
        resent,
        deadLetters,
        invariants.held(),
        invariants.findings().isEmpty() ? null : invariants.findings(),
        latency(decisions.keySet()),
        seconds > 0 ? tenths(decisions.size() / seconds) : 0,
        null,
        null);
  }

  private FleetSummary.Latency latency(Set<UUID> decided) {
    Histogram micros = new Histogram(3);
    for (UUID id : decided) {
      long seen =
          answers.get(id).stream()
              .filter(answer -> DECISIONS.contains(answer.result().verdict()))
              .mapToLong(SeenAnswer::at)
              .min()
              .orElseThrow();
      micros.recordValue(Math.max(0, (seen - observed.sent().get(id)) / 1_000));
    }
    return new FleetSummary.Latency(
        tenths(micros.getValueAtPercentile(50) / 1e3),
        tenths(micros.getValueAtPercentile(99) / 1e3));
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private static String verdicts(List<ActivationResult> results) {
    return results.stream().map(r -> r.verdict() + " " + r.code()).toList().toString();
  }
}
