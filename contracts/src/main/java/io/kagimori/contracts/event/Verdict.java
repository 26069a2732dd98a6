package io.kagimori.contracts.event;

/** What an activation result says. */
public enum Verdict {
  GRANTED,
  REFUSED,
  CONFIRMED,
  FAILED,
  EXPIRED
}
