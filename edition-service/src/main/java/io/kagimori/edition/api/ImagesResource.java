package io.kagimori.edition.api;

import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.ImageRegistrationRequested;
import io.kagimori.edition.domain.Image;
import io.kagimori.edition.store.ImageEntity;
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
import java.util.List;

/** Images. */
@Path("/images")
public class ImagesResource {
  private final Replies replies;

  ImagesResource(Replies replies) {
    this.replies = replies;
  }

  /** An image as REST shows it. */
  public record View(
      String imageId,
      String product,
      String edition,
      String language,
      String version,
      ImageKind kind,
      String source,
      String keyId,
      String maker,
      String model,
      Boolean modified,
      long revision,
      boolean sourceUnknown) {
    static View of(Image image) {
      ImageRegistrationRequested known = image.request();
      return new View(
          known.imageId(),
          known.product(),
          known.edition(),
          known.language(),
          known.version(),
          known.kind(),
          known.source(),
          known.keyId(),
          known.maker(),
          known.model(),
          known.modified(),
          image.version(),
          image.isSourceUnknown());
    }
  }

  /** Registers an image, or changes what is known of it. */
  @POST
  public Response register(
      ImageRegistrationRequested image,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @HeaderParam("Prefer") String prefer) {
    return replies.submit(
        EventType.IMAGE_REGISTRATION_REQUESTED,
        image,
        "images",
        image == null ? null : image.imageId(),
        idempotencyKey,
        prefer);
  }

  /** Images in the order of their ids. */
  @GET
  public Page<View> list(
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    List<View> rows = ImageEntity.after(after, limit + 1).stream().map(View::of).toList();
    return Page.of(rows, limit, View::imageId);
  }

  /** One image. */
  @GET
  @Path("/{imageId}")
  public View show(String imageId) {
    return ImageEntity.named(imageId)
        .map(View::of)
        .orElseThrow(
            () -> Problem.of(404, "IMAGE_UNKNOWN", "imageId", "No image of that id.").exception());
  }
}
