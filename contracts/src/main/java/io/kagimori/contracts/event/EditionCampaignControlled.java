package io.kagimori.contracts.event;

/**
 * An operator pauses, resumes or cancels a campaign.
 *
 * @param campaignId the campaign
 * @param action what to do
 * @param comment why
 */
public record EditionCampaignControlled(String campaignId, CampaignAction action, String comment)
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
    fields.text("campaignId", campaignId, 128).required("action", action);
  }
}
