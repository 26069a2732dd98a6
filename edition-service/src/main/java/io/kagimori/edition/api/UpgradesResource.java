package io.kagimori.edition.api;

import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.EventType;
import io.kagimori.edition.domain.ChangeKind;
import io.kagimori.edition.domain.Preflight;
import io.kagimori.edition.store.ChangeEntity;
import io.kagimori.stream.api.Choices;
import io.kagimori.stream.api.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Optional;

/** Edition upgrades. */
@Path("/")
public class UpgradesResource {
  private final Replies replies;
  private final Preflights preflights;

  UpgradesResource(Replies replies, Preflights preflights) {
    this.replies = replies;
    this.preflights = preflights;
  }

  /**
   * Upgrades to look at beforehand.
   *
   * @param devices one request a device
   */
  public record Batch(List<EditionUpgradeRequested> devices) {}

  /** Asks for an upgrade. */
  @POST
  @Path("upgrades")
  public Response request(
      EditionUpgradeRequested upgrade,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @HeaderParam("Prefer") String prefer) {
    return replies.submit(
        EventType.EDITION_UPGRADE_REQUESTED, upgrade, "upgrades", null, idempotencyKey, prefer);
  }

  /** Says what would happen to each device, and sends nothing. */
  @POST
  @Path("upgrades:preflight")
  @Produces(MediaType.APPLICATION_JSON)
  public Preflight.Report preflight(Batch batch) {
    return preflights.upgrades(batch == null ? null : batch.devices());
  }

  /** The same as a table. */
  @POST
  @Path("upgrades:preflight")
  @Produces(PreflightCsv.MEDIA_TYPE)
  public StreamingOutput preflightTable(Batch batch) {
    return PreflightCsv.of(preflight(batch));
  }

  /** Upgrades in the order of their ids. */
  @GET
  @Path("upgrades")
  public Page<ChangeView> list(
      @QueryParam("deviceId") Optional<String> deviceId,
      @QueryParam("state") String state,
      @QueryParam("campaignId") Optional<String> campaignId,
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") String after) {
    return Changes.page(
        ChangeKind.UPGRADE,
        new ChangeEntity.Filter(
            deviceId, Choices.of(EditionState.class, state, "state"), campaignId),
        limit,
        after,
        preflights.rules());
  }

  /** One upgrade. */
  @GET
  @Path("upgrades/{requestId}")
  public ChangeView show(String requestId) {
    return Changes.one(ChangeKind.UPGRADE, requestId, preflights.rules());
  }
}
