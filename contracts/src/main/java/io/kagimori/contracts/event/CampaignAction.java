package io.kagimori.contracts.event;

/** What an operator does with a campaign that runs. */
public enum CampaignAction {
  PAUSE,
  RESUME,
  CANCEL
}
