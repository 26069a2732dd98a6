package io.kagimori.contracts.event;

/** How far the installation of an update has come on a device. */
public enum EsuUpdateStage {
  /** The package is there; nothing was installed, and nothing follows about entitlement. */
  DOWNLOADED,
  /** The installer ran and failed. */
  INSTALL,
  /** The installer is done and the restart is outstanding: not installed yet. */
  PENDING_REBOOT,
  /** Windows took the update back during the restart. */
  REVERTED,
  /** Installed, and still there after the restart. */
  INSTALLED
}
