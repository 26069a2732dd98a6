package io.kagimori.key.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.KeyDecision;
import io.kagimori.contracts.event.KeyVerdict;

/** What a verdict must say. */
final class Verdicts {
  private Verdicts() {}

  static void refused(KeyVerdict verdict, String reason, String code) {
    assertThat(verdict.verdict()).isEqualTo(KeyDecision.REFUSED);
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.code()).isEqualTo(code);
    assertThat(verdict.keyId()).isNull();
  }

  static void accepted(KeyVerdict verdict, String keyId) {
    assertThat(verdict.reason()).isNull();
    assertThat(verdict.verdict()).isEqualTo(KeyDecision.ACCEPTED);
    assertThat(verdict.keyId()).isEqualTo(keyId);
  }
}
