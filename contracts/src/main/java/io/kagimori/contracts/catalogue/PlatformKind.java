package io.kagimori.contracts.catalogue;

/** Whether a Windows product is a client or a server system; KMS thresholds hang on it. */
public enum PlatformKind {
  CLIENT,
  SERVER
}
