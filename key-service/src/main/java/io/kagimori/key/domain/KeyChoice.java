package io.kagimori.key.domain;

import io.kagimori.contracts.catalogue.SetupKey;

/** Which key a request gets, or why it gets none. */
public sealed interface KeyChoice {

  /** A key of the organisation. */
  record Registered(RegisteredKey key) implements KeyChoice {}

  /** A published setup key; it needs no seat. */
  record Setup(SetupKey key) implements KeyChoice {}

  /** No key. */
  record Refused(Refusal refusal) implements KeyChoice {}

  /** A refusal without figures. */
  static KeyChoice refused(String reason, String code) {
    return new Refused(Refusal.of(reason, code));
  }
}
