package io.kagimori.contracts.event;

import java.time.Instant;
import java.util.List;

/**
 * An image is known from now on.
 *
 * @param requestId the request that registered it
 * @param imageId the image
 * @param version grows with every change
 * @param warnings what the reader should know besides
 * @param request the image
 * @param decidedAt the record time the decision was taken for
 */
public record ImageRegistered(
    String requestId,
    String imageId,
    long version,
    List<Warning> warnings,
    ImageRegistrationRequested request,
    Instant decidedAt)
    implements Event {

  @Override
  public String recordKey() {
    return imageId;
  }

  @Override
  public String recordKeyField() {
    return "imageId";
  }

  @Override
  public void check(Fields fields) {
    fields
        .text("imageId", imageId, 128)
        .required("requestId", requestId)
        .required("request", request)
        .required("decidedAt", decidedAt);
  }
}
