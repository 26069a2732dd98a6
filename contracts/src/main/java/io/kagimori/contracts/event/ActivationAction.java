package io.kagimori.contracts.event;

/** What a device asks for: to be activated, or to have its grace timers reset. */
public enum ActivationAction {
  ACTIVATE,
  REARM
}
