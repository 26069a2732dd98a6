package io.kagimori.edition.api;

import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.ReimageOverrideRequested;
import io.kagimori.edition.store.OverrideEntity;
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
import java.util.Optional;

/** What lifts a no on re-imaging: somebody's signed responsibility, for a while. */
@Path("/reimage-overrides")
public class OverridesResource {
  private final Replies replies;

  OverridesResource(Replies replies) {
    this.replies = replies;
  }

  /**
   * An override as REST shows it.
   *
   * @param expired whether its last moment has passed
   */
  public record View(
      String overrideId,
      String deviceId,
      String imageId,
      String document,
      String requestedBy,
      String approvedBy,
      Instant validUntil,
      String comment,
      boolean expired) {
    static View of(ReimageOverrideRequested known, Instant now) {
      return new View(
          known.overrideId(),
          known.deviceId(),
          known.imageId(),
          known.document(),
          known.requestedBy(),
          known.approvedBy(),
          known.validUntil(),
          known.comment(),
          !known.validUntil().isAfter(now));
    }
  }

  /** Records an override. */
  @POST
  public Response record(
      ReimageOverrideRequested override,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @HeaderParam("Prefer") String prefer) {
    return replies.submit(
        EventType.REIMAGE_OVERRIDE_REQUESTED,
        override,
        "reimage-overrides",
        override == null ? null : override.overrideId(),
        idempotencyKey,
        prefer);
  }

  /** Overrides in the order of their ids, expired ones too. */
  @GET
  public Page<View> list(
      @QueryParam("deviceId") Optional<String> deviceId,
      @QueryParam("imageId") Optional<String> imageId,
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    Instant now = Instant.now();
    List<View> rows =
        OverrideEntity.after(after, deviceId, imageId, limit + 1).stream()
            .map(known -> View.of(known, now))
            .toList();
    return Page.of(rows, limit, View::overrideId);
  }

  /** One override. */
  @GET
  @Path("/{overrideId}")
  public View show(String overrideId) {
    return OverrideEntity.named(overrideId)
        .map(known -> View.of(known, Instant.now()))
        .orElseThrow(
            () ->
                Problem.of(404, "OVERRIDE_UNKNOWN", "overrideId", "No override of that id.")
                    .exception());
  }
}
