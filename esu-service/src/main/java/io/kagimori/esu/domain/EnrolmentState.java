package io.kagimori.esu.domain;

/** Where an enrolment stands. */
public enum EnrolmentState {
  /** Eligible; a seat is being asked for. */
  REQUESTED,
  /** A seat is reserved; the agent has its steps. */
  ACCEPTED,
  ENTITLED,
  REFUSED,
  /** The activation failed; the seat is free again. */
  FAILED,
  /** Nothing was heard until the lease ran out. */
  EXPIRED;

  /** Whether an answer is still to come. */
  public boolean isOpen() {
    return this == REQUESTED || this == ACCEPTED;
  }
}
