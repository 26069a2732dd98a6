package io.kagimori.contracts.event;

/** Where a campaign stands. */
public enum CampaignState {
  /** Releases its waves when their time has come. */
  RUNNING,
  /** Releases nothing; what was released goes on. */
  PAUSED,
  /** An end: what was not released is given up. */
  CANCELLED,
  /** An end: its last day has passed. */
  CLOSED
}
