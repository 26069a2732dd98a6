package io.kagimori.activation.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The failures of a device from the first until it worked again: one incident of its own, however
 * often it tried.
 *
 * @param state whether it still fails
 * @param since record time of the first failure
 * @param recoveredAt record time of the success that ended it; null while it fails
 * @param attempts how many failed
 * @param failures the newest of them, oldest first
 */
public record Trouble(
    State state, Instant since, Instant recoveredAt, int attempts, List<Failure> failures) {
  private static final int FAILURES_MAX = 20;

  /** Whether the device still fails. */
  public enum State {
    FAILING,
    RECOVERED
  }

  /**
   * One failed attempt.
   *
   * @param at record time
   * @param requestId the activation request
   * @param reason stable code of the failure
   * @param code what Windows printed; null where it printed nothing
   * @param cause the most likely cause; null where none is known
   * @param kind what makes failures alike, see {@link FailureSignal}
   * @param patched how far the device was patched; null where updates are not the cause
   * @param retriedAt record time at which the activation was asked for again by itself; null while
   *     it was not
   */
  public record Failure(
      Instant at,
      String requestId,
      String reason,
      String code,
      String cause,
      String kind,
      PatchLevel patched,
      Instant retriedAt) {

    private Failure retried(Instant now) {
      return new Failure(at, requestId, reason, code, cause, kind, patched, now);
    }
  }

  public Trouble {
    failures = failures == null ? List.of() : List.copyOf(failures);
  }

  /** After one more failure; after a recovery a new trouble begins. */
  static Trouble after(Trouble before, Failure failure) {
    if (before == null || before.state() == State.RECOVERED) {
      return new Trouble(State.FAILING, failure.at(), null, 1, List.of(failure));
    }
    List<Failure> all = new ArrayList<>(before.failures());
    all.add(failure);
    List<Failure> kept = all.subList(Math.max(0, all.size() - FAILURES_MAX), all.size());
    return new Trouble(State.FAILING, before.since(), null, before.attempts() + 1, kept);
  }

  Trouble recovered(Instant now) {
    return state == State.RECOVERED
        ? this
        : new Trouble(State.RECOVERED, since, now, attempts, failures);
  }

  /** After the activation that failed last was asked for again by itself. */
  Trouble retried(Instant now) {
    List<Failure> all = new ArrayList<>(failures);
    all.set(all.size() - 1, last().retried(now));
    return new Trouble(state, since, recoveredAt, attempts, all);
  }

  /** The newest failure. */
  public Failure last() {
    return failures.get(failures.size() - 1);
  }

  /** What its failures were, each kind once. */
  public List<String> kinds() {
    return failures.stream().map(Failure::kind).distinct().toList();
  }
}
