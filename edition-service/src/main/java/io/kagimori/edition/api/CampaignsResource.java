package io.kagimori.edition.api;

import io.kagimori.contracts.event.CampaignAction;
import io.kagimori.contracts.event.CampaignState;
import io.kagimori.contracts.event.EditionCampaignControlled;
import io.kagimori.contracts.event.EditionCampaignRequested;
import io.kagimori.contracts.event.EventType;
import io.kagimori.edition.domain.Campaign;
import io.kagimori.edition.store.CampaignEntity;
import io.kagimori.stream.api.Page;
import io.kagimori.stream.api.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;

/** Campaigns of upgrades and re-images. */
@Path("/campaigns")
public class CampaignsResource {
  private final Replies replies;

  CampaignsResource(Replies replies) {
    this.replies = replies;
  }

  /**
   * Why an operator acts.
   *
   * @param comment in words
   */
  public record Remark(String comment) {}

  /**
   * A campaign as REST shows it.
   *
   * @param figures how far it has come; absent in lists
   */
  public record View(
      String campaignId,
      CampaignState state,
      int wave,
      String reason,
      EditionCampaignRequested plan,
      Instant createdAt,
      CampaignEntity.Figures figures) {
    static View of(Campaign campaign, CampaignEntity.Figures figures) {
      return new View(
          campaign.campaignId(),
          campaign.state(),
          campaign.wave(),
          campaign.reason(),
          campaign.asked(),
          campaign.createdAt(),
          figures);
    }
  }

  /** Plans a campaign. */
  @POST
  public Response plan(
      EditionCampaignRequested campaign,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @HeaderParam("Prefer") String prefer) {
    return replies.submit(
        EventType.EDITION_CAMPAIGN_REQUESTED,
        campaign,
        "campaigns",
        campaign == null ? null : campaign.campaignId(),
        idempotencyKey,
        prefer);
  }

  /** Releases no further wave. */
  @POST
  @Path("/{campaignId}/pause")
  public Response pause(
      String campaignId,
      Remark remark,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @HeaderParam("Prefer") String prefer) {
    return control(campaignId, CampaignAction.PAUSE, remark, idempotencyKey, prefer);
  }

  /** Goes on; failures so far no longer pause it. */
  @POST
  @Path("/{campaignId}/resume")
  public Response resume(
      String campaignId,
      Remark remark,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @HeaderParam("Prefer") String prefer) {
    return control(campaignId, CampaignAction.RESUME, remark, idempotencyKey, prefer);
  }

  /** Gives up what was not released. */
  @POST
  @Path("/{campaignId}/cancel")
  public Response cancel(
      String campaignId,
      Remark remark,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @HeaderParam("Prefer") String prefer) {
    return control(campaignId, CampaignAction.CANCEL, remark, idempotencyKey, prefer);
  }

  private Response control(
      String campaignId,
      CampaignAction action,
      Remark remark,
      String idempotencyKey,
      String prefer) {
    return replies.submit(
        EventType.EDITION_CAMPAIGN_CONTROLLED,
        new EditionCampaignControlled(campaignId, action, remark == null ? null : remark.comment()),
        "campaigns",
        campaignId,
        idempotencyKey,
        prefer);
  }

  /** Campaigns in the order of their ids. */
  @GET
  public Page<View> list(
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    List<View> rows =
        CampaignEntity.after(after, limit + 1).stream().map(c -> View.of(c, null)).toList();
    return Page.of(rows, limit, View::campaignId);
  }

  /** One campaign with its funnel, failures by reason and median duration. */
  @GET
  @Path("/{campaignId}")
  public View show(String campaignId) {
    return CampaignEntity.named(campaignId)
        .map(campaign -> View.of(campaign, CampaignEntity.figures(campaignId)))
        .orElseThrow(
            () ->
                Problem.of(404, "CAMPAIGN_UNKNOWN", "campaignId", "No campaign of that id.")
                    .exception());
  }
}
