package io.kagimori.activation.domain;

/** Where an activation stands. */
public enum ActivationState {
  /** The agent may go ahead; its report is awaited. */
  GRANTED,
  /** Granted by telephone: somebody has to read the installation ID to the vendor. */
  AWAITING_CONFIRMATION_ID,
  REFUSED,
  CONFIRMED,
  FAILED,
  EXPIRED;

  /** Whether a report of the agent is still awaited. */
  public boolean isOpen() {
    return this == GRANTED || this == AWAITING_CONFIRMATION_ID;
  }
}
