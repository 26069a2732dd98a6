package io.kagimori.edition.api;

import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionState;
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

/** Decisions on re-imaging. */
@Path("/")
public class ReimagesResource {
  private final Replies replies;
  private final Preflights preflights;

  ReimagesResource(Replies replies, Preflights preflights) {
    this.replies = replies;
    this.preflights = preflights;
  }

  /**
   * Re-images to look at beforehand.
   *
   * @param devices one request a device
   * @param kmsHost a KMS host that all of them reach; absent where there is none
   */
  public record Batch(List<EditionReimageRequested> devices, String kmsHost) {}

  /** Asks whether a device may be re-imaged. */
  @POST
  @Path("reimages")
  public Response request(
      EditionReimageRequested reimage,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @HeaderParam("Prefer") String prefer) {
    return replies.submit(
        EventType.EDITION_REIMAGE_REQUESTED, reimage, "reimages", null, idempotencyKey, prefer);
  }

  /** Says for each device whether it may be re-imaged, and records nothing. */
  @POST
  @Path("reimages:preflight")
  @Produces(MediaType.APPLICATION_JSON)
  public Preflight.Report preflight(Batch batch) {
    return preflights.reimages(
        batch == null ? null : batch.devices(), batch == null ? null : batch.kmsHost());
  }

  /** The same as a table. */
  @POST
  @Path("reimages:preflight")
  @Produces(PreflightCsv.MEDIA_TYPE)
  public StreamingOutput preflightTable(Batch batch) {
    return PreflightCsv.of(preflight(batch));
  }

  /** Decisions in the order of their ids. */
  @GET
  @Path("reimages")
  public Page<ChangeView> list(
      @QueryParam("deviceId") Optional<String> deviceId,
      @QueryParam("state") String state,
      @QueryParam("campaignId") Optional<String> campaignId,
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") String after) {
    return Changes.page(
        ChangeKind.REIMAGE,
        new ChangeEntity.Filter(
            deviceId, Choices.of(EditionState.class, state, "state"), campaignId),
        limit,
        after,
        preflights.rules());
  }

  /** One decision. */
  @GET
  @Path("reimages/{requestId}")
  public ChangeView show(String requestId) {
    return Changes.one(ChangeKind.REIMAGE, requestId, preflights.rules());
  }
}
