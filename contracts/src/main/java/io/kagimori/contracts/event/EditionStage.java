package io.kagimori.contracts.event;

/** How far an edition change has come on a device, as its agent sees it. */
public enum EditionStage {
  /** The setup key of the target edition is in place. */
  KEY_INSTALLED,
  /** The packages of the old edition are removed. */
  PACKAGES_REMOVED,
  /** The packages of the new edition are applied. */
  PACKAGES_APPLIED,
  /** The restart was put off. */
  REBOOT_PENDING,
  /** The restart has begun. */
  REBOOTING,
  /** The first start finishes the change; the device may be silent for a while. */
  FINALISING,
  /** The edition was read again afterwards. */
  OBSERVED,
  /** The command as a whole came back, mostly because it failed. */
  SET_EDITION,
  /** The image was put on the device. */
  REIMAGED
}
