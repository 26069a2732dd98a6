package io.kagimori.contracts.event;

/** What an edition result says. */
public enum EditionVerdict {
  PLANNED,
  REFUSED,
  PROGRESSED,
  COMPLETED,
  FAILED
}
