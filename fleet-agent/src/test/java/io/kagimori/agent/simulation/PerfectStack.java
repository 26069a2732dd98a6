package io.kagimori.agent.simulation;

import io.kagimori.agent.simulation.FleetPlan.Ask;
import io.kagimori.agent.simulation.FleetPlan.Fate;
import io.kagimori.agent.simulation.FleetPlan.PoolKey;
import io.kagimori.agent.simulation.Observed.LedgerMove;
import io.kagimori.agent.simulation.Observed.PoolReading;
import io.kagimori.agent.simulation.Observed.SeenAnswer;
import io.kagimori.agent.simulation.Observed.SeenDeadLetter;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationResultBuilder;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What would be seen of a stack that makes no mistake, made up from a plan. Tests then plant one.
 */
final class PerfectStack {
  final Map<UUID, Long> sent = new LinkedHashMap<>();
  final List<UUID> reported = new ArrayList<>();
  final List<SeenAnswer> answers = new ArrayList<>();
  final List<SeenDeadLetter> deadLetters = new ArrayList<>();
  final Map<String, PoolReading> pools = new HashMap<>();
  final Map<String, List<LedgerMove>> ledgers = new HashMap<>();
  final List<String> leaks = new ArrayList<>();

  private final Refusals refusals;
  private final Set<String> seats = new HashSet<>();

  PerfectStack(FleetPlan plan) {
    this.refusals = new Refusals(plan);
    for (PoolKey key : plan.keys()) {
      pools.put(key.keyId(), new PoolReading(0, 0, 0, 0, 0));
      ledgers.put(key.keyId(), new ArrayList<>());
      move(key.keyId(), "PURCHASED", "AVAILABLE", key.purchased());
    }
    plan.asks().forEach(ask -> sent.put(ask.id(), 0L));
    Forecast forecast = Forecast.of(plan, sent.keySet());
    Map<UUID, Ask> asks = new LinkedHashMap<>();
    plan.asks().forEach(ask -> asks.put(ask.id(), ask));
    forecast
        .certain()
        .forEach((id, decision) -> decide(asks.get(id), decision.granted(), decision.reason()));
    for (Forecast.Race race : forecast.races()) {
      int left = race.winners();
      for (UUID id : race.contenders()) {
        boolean wins = left-- > 0;
        decide(asks.get(id), wins, wins ? null : race.reason());
      }
    }
    plan.badRecords()
        .forEach(
            bad ->
                deadLetters.add(
                    new SeenDeadLetter(
                        "activation.requests.dlq",
                        bad.id().toString(),
                        bad.reason().name(),
                        "detail")));
  }

  Observed observed() {
    return new Observed(
        sent, 1_000_000_000L, reported, answers, deadLetters, pools, ledgers, leaks);
  }

  private void decide(Ask ask, boolean granted, String reason) {
    String keyId = ask.event().channel() == Channel.MAK && granted ? poolOf(ask) : null;
    answer(
        ask,
        granted ? Verdict.GRANTED : Verdict.REFUSED,
        reason,
        granted ? null : Refusals.CODES.get(reason),
        keyId,
        0);
    if (!granted) {
      return;
    }
    if (keyId != null && seats.add(seat(ask))) {
      move(keyId, "AVAILABLE", "RESERVED", 1);
    }
    if (ask.fate() != Fate.STAYS_SILENT) {
      end(ask, keyId);
    }
  }

  private void end(Ask ask, String keyId) {
    reported.add(ask.id());
    boolean succeeds = ask.fate() == Fate.SUCCEEDS;
    for (int i = 0; i < FleetAuditor.endings(ask); i++) {
      answer(ask, succeeds ? Verdict.CONFIRMED : Verdict.FAILED, null, ask.failureCode(), keyId, i);
    }
    if (keyId != null && !succeeds) {
      seats.remove(seat(ask));
      move(keyId, "RESERVED", "AVAILABLE", 1);
    } else if (keyId != null && seats.add(seat(ask) + "/used")) {
      move(keyId, "RESERVED", "CONSUMED", 1);
    }
  }

  private static String seat(Ask ask) {
    return ask.event().deviceId() + "/" + ask.event().installationId();
  }

  private String poolOf(Ask ask) {
    return refusals.pools(ask.event()).stream()
        .filter(id -> seats.contains(seat(ask)) || pools.get(id).available() > 0)
        .sorted()
        .findFirst()
        .orElseThrow();
  }

  void answer(Ask ask, Verdict verdict, String reason, String code, String keyId, int repetition) {
    ActivationResult result =
        ActivationResultBuilder.builder()
            .requestId(ask.id().toString())
            .deviceId(ask.event().deviceId())
            .product(ask.event().product())
            .edition(ask.event().edition())
            .channel(ask.event().channel())
            .verdict(verdict)
            .reason(reason)
            .code(code)
            .keyId(keyId)
            .installationId(ask.event().installationId())
            .decidedAt(Instant.EPOCH)
            .build();
    answers.add(
        new SeenAnswer(
            EventIds.answer(ask.id(), "test", verdict + "#" + repetition).toString(),
            new String(EventJson.bytes(result), StandardCharsets.UTF_8),
            result,
            1_000_000L));
  }

  void move(String keyId, String from, String to, long count) {
    ledgers.get(keyId).add(new LedgerMove(from, to, count));
    PoolReading pool = pools.get(keyId);
    pools.put(
        keyId,
        new PoolReading(
            pool.purchased() + (from.equals("PURCHASED") ? count : 0),
            pool.available() + moved("AVAILABLE", from, to, count),
            pool.reserved() + moved("RESERVED", from, to, count),
            pool.consumed() + moved("CONSUMED", from, to, count),
            pool.overdrawn()));
  }

  private static long moved(String account, String from, String to, long count) {
    return (to.equals(account) ? count : 0) - (from.equals(account) ? count : 0);
  }
}
