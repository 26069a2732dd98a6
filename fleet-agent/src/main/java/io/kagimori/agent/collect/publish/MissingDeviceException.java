package io.kagimori.agent.collect.publish;

/** A text says something of a device and not of which, and nobody else did. */
public final class MissingDeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingDeviceException() {
    super("it does not name the device it comes from");
  }
}
