package io.kagimori.contracts.event;

/** How a device is activated. */
public enum Channel {
  MAK,
  KMS
}
