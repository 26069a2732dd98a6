package io.kagimori.contracts.event;

/** What key-service says of a request. */
public enum KeyDecision {
  ACCEPTED,
  REFUSED
}
