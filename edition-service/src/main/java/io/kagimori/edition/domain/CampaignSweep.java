package io.kagimori.edition.domain;

import io.kagimori.contracts.event.EditionCampaignChanged;
import io.kagimori.contracts.event.EditionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a tick makes of the campaigns.
 *
 * @param steps changes that began or were given up
 * @param said campaigns that went on
 */
public record CampaignSweep(List<Step> steps, List<EditionCampaignChanged> said) {

  /** Looks at every campaign of the batch that was counted. */
  public static CampaignSweep of(
      EditionEventRule rule, EditionBatch batch, UUID cause, Instant now) {
    List<Step> steps = new ArrayList<>();
    List<EditionCampaignChanged> said = new ArrayList<>();
    for (Campaign campaign : batch.campaigns()) {
      CampaignRule.Move move =
          CampaignRule.ticked(campaign, batch.count(campaign.campaignId()), cause, now);
      if (!move.campaign().equals(campaign)) {
        batch.put(move.campaign());
      }
      move.said().ifPresent(said::add);
      for (DeviceChange change : batch.changes()) {
        if (change.state() == EditionState.QUEUED
            && campaign.campaignId().equals(change.campaignId())) {
          if (move.release().filter(wave -> wave == change.wave()).isPresent()) {
            steps.add(rule.released(batch, change, now));
          } else if (move.giveUp().isPresent()) {
            steps.add(rule.givenUp(batch, change, move.giveUp().get(), now));
          }
        }
      }
    }
    return new CampaignSweep(steps, said);
  }
}
