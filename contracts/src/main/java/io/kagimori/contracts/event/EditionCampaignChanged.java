package io.kagimori.contracts.event;

import java.time.Instant;
import java.util.Map;

/**
 * A campaign began, released a wave, paused, went on or ended.
 *
 * @param campaignId the campaign
 * @param state where it stands
 * @param wave the wave it has come to; 0 before the first
 * @param reason stable code, where it did not go on by itself
 * @param detail the figures of the reason
 * @param causedBy id of the request or tick behind it
 * @param request the campaign as it was planned
 * @param decidedAt the record time the decision was taken for
 */
public record EditionCampaignChanged(
    String campaignId,
    CampaignState state,
    int wave,
    String reason,
    Map<String, Object> detail,
    String causedBy,
    EditionCampaignRequested request,
    Instant decidedAt)
    implements Event {

  @Override
  public String recordKey() {
    return campaignId;
  }

  @Override
  public String recordKeyField() {
    return "campaignId";
  }

  @Override
  public void check(Fields fields) {
    fields
        .text("campaignId", campaignId, 128)
        .required("state", state)
        .required("decidedAt", decidedAt);
  }
}
