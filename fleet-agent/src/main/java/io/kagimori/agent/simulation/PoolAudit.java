package io.kagimori.agent.simulation;

import io.kagimori.agent.simulation.FleetPlan.Ask;
import io.kagimori.agent.simulation.FleetPlan.Fate;
import io.kagimori.agent.simulation.FleetPlan.PoolKey;
import io.kagimori.agent.simulation.Observed.LedgerMove;
import io.kagimori.agent.simulation.Observed.PoolReading;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Does the sums of the pools: against themselves, their ledgers, and the answers given. */
final class PoolAudit {
  static final String CONSERVED = "poolsConserved";
  static final String NOT_NEGATIVE = "poolsNotNegative";
  static final String LEDGER = "ledgersExplainPools";
  static final String AS_ANSWERED = "poolsAsAnswered";

  private final FleetPlan plan;
  private final Observed observed;
  private final Invariants invariants;

  /** A seat that an answer speaks of. */
  private record Seat(String keyId, String device, String installationId) {}

  PoolAudit(FleetPlan plan, Observed observed, Invariants invariants) {
    this.plan = plan;
    this.observed = observed;
    this.invariants = invariants;
  }

  void check(
      Map<UUID, Ask> asks,
      Map<UUID, ActivationResult> decisions,
      Map<UUID, ActivationResult> ends) {
    Map<String, Integer> consumed = perKey(consumedSeats(asks, ends));
    Map<String, Integer> reserved =
        perKey(reservedSeats(asks, decisions, ends, consumedSeats(asks, ends)));
    for (PoolKey key : plan.keys()) {
      PoolReading pool = observed.pools().get(key.keyId());
      invariants.check(CONSERVED, pool != null, key.keyId() + " has no pool");
      if (pool == null) {
        continue;
      }
      checkSums(key, pool);
      checkLedger(key.keyId(), pool, observed.ledgers().getOrDefault(key.keyId(), List.of()));
      int used = consumed.getOrDefault(key.keyId(), 0);
      int leased = reserved.getOrDefault(key.keyId(), 0);
      invariants.check(
          AS_ANSWERED,
          pool.consumed() == used && pool.reserved() == leased,
          "%s says %d consumed and %d reserved, the answers say %d and %d"
              .formatted(key.keyId(), pool.consumed(), pool.reserved(), used, leased));
    }
  }

  private void checkSums(PoolKey key, PoolReading pool) {
    long left = pool.purchased() + pool.overdrawn();
    long right = pool.available() + pool.reserved() + pool.consumed();
    invariants.check(
        CONSERVED,
        left == right && pool.purchased() == key.purchased(),
        "%s: %d purchased and overdrawn, %d available, reserved and consumed, %d bought"
            .formatted(key.keyId(), left, right, key.purchased()));
    boolean negative =
        pool.available() < 0
            || pool.reserved() < 0
            || pool.consumed() < 0
            || pool.overdrawn() < 0
            || pool.purchased() < 0;
    invariants.check(NOT_NEGATIVE, !negative, key.keyId() + " is below zero: " + pool);
  }

  private void checkLedger(String keyId, PoolReading pool, List<LedgerMove> moves) {
    Map<String, Long> accounts = new HashMap<>();
    for (LedgerMove move : moves) {
      accounts.merge(move.from(), -move.seats(), Long::sum);
      accounts.merge(move.to(), move.seats(), Long::sum);
    }
    PoolReading sum =
        new PoolReading(
            -accounts.getOrDefault("PURCHASED", 0L),
            accounts.getOrDefault("AVAILABLE", 0L),
            accounts.getOrDefault("RESERVED", 0L),
            accounts.getOrDefault("CONSUMED", 0L),
            -accounts.getOrDefault("OVERDRAWN", 0L));
    invariants.check(
        LEDGER, sum.equals(pool), "%s is %s, its ledger says %s".formatted(keyId, pool, sum));
  }

  /** A confirmed activation uses its seat up once, however often it is repeated. */
  private static Set<Seat> consumedSeats(Map<UUID, Ask> asks, Map<UUID, ActivationResult> ends) {
    Set<Seat> seats = new HashSet<>();
    ends.forEach(
        (id, end) -> {
          Ask ask = asks.get(id);
          if (end.verdict() == Verdict.CONFIRMED && ask.event().channel() == Channel.MAK) {
            seats.add(seat(end.keyId(), ask));
          }
        });
    return seats;
  }

  /** A grant keeps its seat until its end is known, unless the seat is used up already. */
  private static Set<Seat> reservedSeats(
      Map<UUID, Ask> asks,
      Map<UUID, ActivationResult> decisions,
      Map<UUID, ActivationResult> ends,
      Set<Seat> consumed) {
    Set<Seat> seats = new HashSet<>();
    decisions.forEach(
        (id, decision) -> {
          Ask ask = asks.get(id);
          boolean open =
              decision.verdict() == Verdict.GRANTED
                  && ask.event().channel() == Channel.MAK
                  && (ask.fate() == Fate.STAYS_SILENT || !ends.containsKey(id));
          if (open && !consumed.contains(seat(decision.keyId(), ask))) {
            seats.add(seat(decision.keyId(), ask));
          }
        });
    return seats;
  }

  private static Seat seat(String keyId, Ask ask) {
    return new Seat(keyId, ask.event().deviceId(), ask.event().installationId());
  }

  private static Map<String, Integer> perKey(Set<Seat> seats) {
    Map<String, Integer> counts = new HashMap<>();
    seats.forEach(seat -> counts.merge(seat.keyId(), 1, Integer::sum));
    return counts;
  }
}
