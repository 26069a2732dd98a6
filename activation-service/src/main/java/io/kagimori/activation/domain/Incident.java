package io.kagimori.activation.domain;

import io.kagimori.activation.domain.FailureSignal.Factor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Many devices that fail alike within a short time, as one thing to look at.
 *
 * @param incidentId time of its opening and what makes the failures alike, so that ids sort by time
 * @param kind what makes the failures alike
 * @param state whether it goes on
 * @param reason stable code of the failures
 * @param code what Windows printed; null where it printed nothing
 * @param cause the most likely cause of its first failure; null where none is known
 * @param firstAt record time of its first failure
 * @param openedAt record time of the failure that made it an incident
 * @param lastAt record time of its newest failure
 * @param closedAt when it ended; null while it is open
 * @param devices how many devices belong to it
 * @param recovered how many of them work again
 * @param tallies how many devices have which site, image, host, key and product
 */
public record Incident(
    String incidentId,
    String kind,
    State state,
    String reason,
    String code,
    String cause,
    Instant firstAt,
    Instant openedAt,
    Instant lastAt,
    Instant closedAt,
    long devices,
    long recovered,
    Map<Factor, Map<String, Long>> tallies) {

  /** A factor is shared when at least this part of the devices has the same value. */
  private static final double SHARED_MIN = 0.8;

  /** Values counted for each factor; with more of them nothing is shared anyway. */
  private static final int VALUES_MAX = 200;

  /** Whether an incident goes on. */
  public enum State {
    OPEN,
    /** Every device of it works again. */
    RECOVERED,
    /** No device has failed so for a while. */
    CLOSED
  }

  /**
   * What the devices of an incident share.
   *
   * @param factor site, image, host, key, product or code
   * @param value the value shared
   * @param devices how many have it
   * @param share the part of all devices, 0 to 1
   */
  public record Shared(Factor factor, String value, long devices, double share) {}

  public Incident {
    tallies = tallies == null ? Map.of() : tallies;
  }

  Incident with(FailureSignal signal) {
    Map<Factor, Map<String, Long>> counted = new EnumMap<>(Factor.class);
    tallies.forEach((factor, values) -> counted.put(factor, new TreeMap<>(values)));
    signal
        .factors()
        .forEach(
            (factor, value) -> {
              Map<String, Long> values = counted.computeIfAbsent(factor, f -> new TreeMap<>());
              if (values.containsKey(value) || values.size() < VALUES_MAX) {
                values.merge(value, 1L, Long::sum);
              }
            });
    return new Incident(
        incidentId,
        kind,
        state,
        reason,
        code,
        cause,
        firstAt,
        openedAt,
        later(lastAt, signal.at()),
        closedAt,
        devices + 1,
        recovered,
        counted);
  }

  /** A device of it failed once more. */
  Incident again(Instant at) {
    return of(state, later(lastAt, at), closedAt, recovered);
  }

  /** A device of it failed once more after it had worked. */
  Incident relapsed(Instant at) {
    return of(state, later(lastAt, at), closedAt, recovered - 1);
  }

  /** A device of it works again; with the last one it is over. */
  Incident recovered(Instant at) {
    boolean over = recovered + 1 >= devices;
    return of(over ? State.RECOVERED : state, lastAt, over ? at : null, recovered + 1);
  }

  Incident closed(Instant at) {
    return of(State.CLOSED, lastAt, at, recovered);
  }

  private Incident of(State next, Instant last, Instant closed, long nextRecovered) {
    return new Incident(
        incidentId,
        kind,
        next,
        reason,
        code,
        cause,
        firstAt,
        openedAt,
        last,
        closed,
        devices,
        nextRecovered,
        tallies);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** What its devices share, the widest and then the most telling first. */
  public List<Shared> shared() {
    List<Shared> shared = new ArrayList<>();
    tallies.forEach(
        (factor, values) ->
            values.forEach(
                (value, count) -> {
                  if (count >= SHARED_MIN * devices) {
                    double share = Math.round(100.0 * count / devices) / 100.0;
                    shared.add(new Shared(factor, value, count, share));
                  }
                }));
    shared.sort(Comparator.comparingDouble(Shared::share).reversed().thenComparing(Shared::factor));
    return shared;
  }
}
