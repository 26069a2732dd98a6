package io.kagimori.activation.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * Something a person has to do where commands no longer help.
 *
 * @param itemId its id, which is that of the request that made it
 * @param kind what is to be done
 * @param state where it stands
 * @param owner who does it
 * @param dueOn by which day
 * @param deviceId the device it is about; null when it is about an incident
 * @param incidentId the incident it is about; null when it is about a device
 * @param note what to know, such as the number of a ticket
 * @param createdAt when it was made
 * @param changedAt when it was changed last
 * @param number how many changes it has seen, itself included
 */
public record WorkItem(
    UUID itemId,
    Kind kind,
    State state,
    String owner,
    LocalDate dueOn,
    String deviceId,
    String incidentId,
    String note,
    Instant createdAt,
    Instant changedAt,
    int number) {

  /** What is to be done. */
  public enum Kind {
    /** Ask for another key where the key was bought. */
    KEY_REISSUE,
    /** Open a case with the vendor's support. */
    VENDOR_TICKET,
    /** Move to the edition that fits. */
    EDITION_MOVE,
    /** Buy licenses again. */
    REPURCHASE,
    /** Think the licensing model over. */
    LICENSING_REVIEW
  }

  /** Where it stands. */
  public enum State {
    OPEN,
    IN_PROGRESS,
    /** Somebody else has to answer first. */
    WAITING,
    DONE,
    CANCELED;

    /** Whether nothing is left to do. */
    public boolean isOver() {
      return this == DONE || this == CANCELED;
    }
  }

  /**
   * A change that is asked for; what is null stays.
   *
   * @param state where it shall stand
   * @param owner who shall do it
   * @param dueOn by which day
   * @param note what to know
   */
  public record Change(State state, String owner, LocalDate dueOn, String note) {}

  /** The item after a change; empty where its state does not allow that. */
  public Optional<WorkItem> changed(Change change, Instant now) {
    State next = change.state() == null ? state : change.state();
    boolean reopened = next == State.OPEN;
    if (state.isOver() && !reopened) {
      return Optional.empty();
    }
    return Optional.of(
        new WorkItem(
            itemId,
            kind,
            next,
            change.owner() == null ? owner : change.owner(),
            change.dueOn() == null ? dueOn : change.dueOn(),
            deviceId,
            incidentId,
            change.note() == null ? note : change.note(),
            createdAt,
            now,
            number + 1));
  }

  /** Whether its day has passed and something is left to do. */
  public boolean isOverdue(LocalDate today) {
    return !state.isOver() && dueOn.isBefore(today);
  }
}
