package io.kagimori.contracts.event;

/** Whether a device may be re-imaged. */
public enum ReimageDecision {
  PERMITTED,
  CONDITIONAL,
  NOT_PERMITTED
}
