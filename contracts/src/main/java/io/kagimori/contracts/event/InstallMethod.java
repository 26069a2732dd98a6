package io.kagimori.contracts.event;

/** How a key was put in. */
public enum InstallMethod {
  SCRIPT,
  GUI
}
