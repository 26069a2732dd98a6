package io.kagimori.contracts.event;

/** Where an upgrade or re-image stands. */
public enum EditionState {
  /** Waits for its wave of a campaign. */
  QUEUED,
  /** The agent may begin. */
  PLANNED,
  KEY_INSTALLED,
  PACKAGES_REMOVED,
  PACKAGES_APPLIED,
  REBOOT_PENDING,
  REBOOTING,
  FINALISING,
  /** Nothing was heard for longer than is normal. */
  STALLED,
  /** The device runs the edition or image that was wanted. */
  VERIFIED,
  /** The device is to be activated again. */
  ACTIVATION_REQUESTED,
  /** The end as it was wanted. */
  COMPLETED,
  /** An end: changed, but not activated; a later activation still completes it. */
  NEEDS_ACTIVATION,
  /** An end: not changed as far as is known. */
  FAILED,
  /** An end: never begun. */
  REFUSED
}
