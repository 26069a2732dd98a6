package io.kagimori.agent.simulation;

import io.kagimori.contracts.event.ActivationResult;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What was seen of a run from outside: answers, dead letters, pools and their ledgers.
 *
 * @param sent when each request was sent first, in nanoseconds of one clock
 * @param requestNanos time during which requests were under way
 * @param reported the requests whose agents reported an end
 * @param answers every answer record about our requests, in the order it was seen
 * @param deadLetters every dead letter that appeared
 * @param pools what REST says of each key of the plan at the end
 * @param ledgers the entries of each key
 * @param leaks places where a full product key was seen
 */
public record Observed(
    Map<UUID, Long> sent,
    long requestNanos,
    List<UUID> reported,
    List<SeenAnswer> answers,
    List<SeenDeadLetter> deadLetters,
    Map<String, PoolReading> pools,
    Map<String, List<LedgerMove>> ledgers,
    List<String> leaks) {

  public Observed {
    sent = Map.copyOf(sent);
    reported = List.copyOf(reported);
    answers = List.copyOf(answers);
    deadLetters = List.copyOf(deadLetters);
    pools = Map.copyOf(pools);
    ledgers = Map.copyOf(ledgers);
    leaks = List.copyOf(leaks);
  }

  /**
   * An answer record.
   *
   * @param eventId its event id
   * @param body its bytes as text
   * @param result what it says
   * @param at when it was seen, in nanoseconds of the clock of {@code sent}
   */
  public record SeenAnswer(String eventId, String body, ActivationResult result, long at) {}

  /**
   * A dead letter.
   *
   * @param topic the dead-letter topic
   * @param eventId event id of the record; null when it had none
   * @param reason why
   * @param detail what was wrong
   */
  public record SeenDeadLetter(String topic, String eventId, String reason, String detail) {}

  /** The figures of a pool. */
  public record PoolReading(
      long purchased, long available, long reserved, long consumed, long overdrawn) {}

  /** A ledger entry: seats that moved between two accounts. */
  public record LedgerMove(String from, String to, long seats) {}
}
