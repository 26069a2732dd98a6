package io.kagimori.contracts.event;

/** What an ESU result says. */
public enum EsuVerdict {
  ACCEPTED,
  ENTITLED,
  REFUSED,
  LAPSED,
  DIAGNOSED
}
