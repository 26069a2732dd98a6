package io.kagimori.edition.domain;

/** What the upgrade rules say to a request. */
public sealed interface UpgradeRuling {

  /** It can be done. */
  record Planned(ChangePlan plan) implements UpgradeRuling {}

  /** It cannot. */
  record Refused(Refusal refusal) implements UpgradeRuling {}
}
