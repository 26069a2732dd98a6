package io.kagimori.contracts.event;

/** How a KMS client knows its host; direct registration wins over discovery. */
public enum KmsHostOrigin {
  REGISTERED,
  DNS,
  NONE
}
