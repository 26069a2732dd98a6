package io.kagimori.contracts.event;

/** Who asked for an activation. */
public enum Initiator {
  AGENT,
  OPERATOR,
  EDITION,
  ESU
}
