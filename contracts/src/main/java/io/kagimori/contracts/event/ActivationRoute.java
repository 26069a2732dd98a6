package io.kagimori.contracts.event;

/** How a one-time activation reaches the vendor. */
public enum ActivationRoute {
  ONLINE,
  TELEPHONE
}
