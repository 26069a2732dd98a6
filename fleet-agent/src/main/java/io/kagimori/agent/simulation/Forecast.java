package io.kagimori.agent.simulation;

import io.kagimori.agent.simulation.FleetPlan.Ask;
import io.kagimori.agent.simulation.FleetPlan.Fate;
import io.kagimori.agent.simulation.FleetPlan.Host;
import io.kagimori.contracts.catalogue.PlatformKind;
import io.kagimori.contracts.catalogue.Product;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a fleet must be told, worked out from its plan alone by a model that shares no code with the
 * services. Where several requests of one wave race for less than all of them want, the model knows
 * how many win and not who.
 */
public final class Forecast {
  /** Count that a client system demands. Source: kms_rules.csv, threshold-01. */
  private static final int CLIENTS_REQUIRED = 25;

  /** Count that a server system demands. Source: kms_rules.csv, threshold-02. */
  private static final int SERVERS_REQUIRED = 5;

  private final FleetPlan plan;
  private final Refusals refusals;
  private final Map<UUID, Decision> certain = new LinkedHashMap<>();
  private final List<Race> races = new ArrayList<>();

  private final Map<String, Long> free = new HashMap<>();
  private final Set<Seat> held = new HashSet<>();
  private final Map<String, Set<String>> cmids = new HashMap<>();

  /**
   * A decision that is sure.
   *
   * @param granted whether it is granted
   * @param reason reason of the refusal; null when granted
   */
  public record Decision(boolean granted, String reason) {}

  /**
   * Requests that race.
   *
   * @param contenders all of them
   * @param winners how many are granted
   * @param reason what the others are told
   */
  public record Race(Set<UUID> contenders, int winners, String reason) {}

  /** A seat: a device with its hardware on a group of pools. */
  private record Seat(Set<String> pools, String device, String installationId) {}

  private Forecast(FleetPlan plan) {
    this.plan = plan;
    this.refusals = new Refusals(plan);
    plan.keys().forEach(key -> free.put(key.keyId(), key.purchased()));
  }

  /**
   * The forecast of the requests that were sent.
   *
   * @param sent the ids of the requests that went out; a run may be cut short
   */
  public static Forecast of(FleetPlan plan, Set<UUID> sent) {
    Forecast forecast = new Forecast(plan);
    for (List<Ask> wave : plan.waves()) {
      forecast.wave(wave.stream().filter(ask -> sent.contains(ask.id())).toList());
    }
    return forecast;
  }

  /** Decisions that are sure, by request. */
  public Map<UUID, Decision> certain() {
    return certain;
  }

  /** Races. */
  public List<Race> races() {
    return races;
  }

  private void wave(List<Ask> wave) {
    Map<Set<String>, List<Ask>> bySeats = new LinkedHashMap<>();
    Map<String, List<Ask>> byHost = new LinkedHashMap<>();
    for (Ask ask : wave) {
      Optional<String> refusal = refusals.of(ask);
      if (refusal.isPresent()) {
        certain.put(ask.id(), new Decision(false, refusal.get()));
      } else if (ask.event().channel() == Channel.MAK) {
        bySeats.computeIfAbsent(refusals.pools(ask.event()), k -> new ArrayList<>()).add(ask);
      } else {
        byHost.computeIfAbsent(ask.event().kms().host(), k -> new ArrayList<>()).add(ask);
      }
    }
    bySeats.forEach(this::seats);
    byHost.forEach(this::counts);
  }

  private void seats(Set<String> pools, List<Ask> asks) {
    List<Ask> wanting = new ArrayList<>();
    for (Ask ask : asks) {
      if (held.contains(seat(pools, ask))) {
        grant(ask);
      } else {
        wanting.add(ask);
      }
    }
    long available = pools.stream().mapToLong(free::get).sum();
    if (wanting.size() <= available) {
      wanting.forEach(this::grant);
    } else if (available == 0) {
      wanting.forEach(ask -> certain.put(ask.id(), new Decision(false, "MAK_EXHAUSTED")));
    } else {
      requireCountable(wanting.stream().allMatch(ask -> ask.fate() == Fate.SUCCEEDS));
      races.add(new Race(ids(wanting), (int) available, "MAK_EXHAUSTED"));
      pools.forEach(pool -> free.put(pool, 0L));
      return;
    }
    if (available > 0) {
      wanting.stream().filter(ask -> ask.fate() != Fate.FAILS).forEach(ask -> take(pools, ask));
    }
  }

  /** One seat of the group is gone; of which pool does not matter to the sum. */
  private void take(Set<String> pools, Ask ask) {
    held.add(seat(pools, ask));
    refusals.hold(pools, ask.event().deviceId());
    String pool = pools.stream().filter(p -> free.get(p) > 0).findFirst().orElseThrow();
    free.merge(pool, -1L, Long::sum);
  }

  private static Seat seat(Set<String> pools, Ask ask) {
    return new Seat(pools, ask.event().deviceId(), ask.event().installationId());
  }

  private void counts(String host, List<Ask> asks) {
    Set<String> known = cmids.computeIfAbsent(host, h -> new HashSet<>());
    int before = known.size();
    asks.forEach(ask -> known.add(ask.event().kms().cmid()));
    int after = known.size();
    List<Ask> open = new ArrayList<>();
    for (Ask ask : asks) {
      int required = required(ask.event());
      // Each request counts itself, so the first one sees at least one computer.
      if (Math.max(before, 1) >= required) {
        grant(ask);
      } else if (after < required) {
        certain.put(ask.id(), new Decision(false, "BELOW_THRESHOLD"));
      } else {
        open.add(ask);
      }
    }
    if (!open.isEmpty()) {
      int required = required(open.get(0).event());
      requireCountable(
          open.size() == after - before
              && open.stream().allMatch(ask -> required(ask.event()) == required));
      int winners = after - Math.max(before, required - 1);
      if (winners == open.size()) {
        open.forEach(this::grant);
      } else {
        races.add(new Race(ids(open), winners, "BELOW_THRESHOLD"));
      }
    }
  }

  private void grant(Ask ask) {
    certain.put(ask.id(), new Decision(true, null));
  }

  /** The count that a request's system demands. */
  static int required(ActivationRequested event) {
    PlatformKind kind =
        Refusals.product(event.product()).map(Product::platformKind).orElse(PlatformKind.CLIENT);
    return kind == PlatformKind.SERVER ? SERVERS_REQUIRED : CLIENTS_REQUIRED;
  }

  private static void requireCountable(boolean countable) {
    if (!countable) {
      throw new IllegalStateException("the plan has a race whose outcome cannot be counted");
    }
  }

  private static Set<UUID> ids(List<Ask> asks) {
    return asks.stream().map(Ask::id).collect(Collectors.toSet());
  }

  /** How many computers each host of the plan has seen. */
  Map<String, Integer> distinctClients() {
    Map<String, Integer> distinct = new LinkedHashMap<>();
    for (Host host : plan.hosts()) {
      distinct.put(host.host(), cmids.getOrDefault(host.host(), Set.of()).size());
    }
    return distinct;
  }
}
