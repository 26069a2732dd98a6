package io.kagimori.contracts.event;

/**
 * The step of the runbook that an attempt reports: uninstall the key, install the key, activate,
 * read the state, apply a confirmation ID.
 */
public enum ActivationStage {
  UPK,
  IPK,
  ATO,
  DLV,
  CONFIRMATION_ID
}
