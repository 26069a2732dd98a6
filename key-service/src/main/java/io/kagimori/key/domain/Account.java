package io.kagimori.key.domain;

/**
 * The accounts of a key's ledger. Seats flow from {@link #PURCHASED} and {@link #OVERDRAWN} into
 * the three others, so that at every commit purchased + overdrawn = available + reserved +
 * consumed.
 */
public enum Account {
  /** Bought under an agreement. */
  PURCHASED,
  /** Used beyond what was bought, because it happened. */
  OVERDRAWN,
  /** Free. */
  AVAILABLE,
  /** On lease to a device that was granted and has not reported back. */
  RESERVED,
  /** Used up by an activation. */
  CONSUMED
}
