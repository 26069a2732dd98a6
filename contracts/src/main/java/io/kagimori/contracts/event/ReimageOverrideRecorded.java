package io.kagimori.contracts.event;

import java.time.Instant;

/**
 * An override holds from now on.
 *
 * @param requestId the request that recorded it
 * @param overrideId the override
 * @param request what it says
 * @param decidedAt the record time the decision was taken for
 */
public record ReimageOverrideRecorded(
    String requestId, String overrideId, ReimageOverrideRequested request, Instant decidedAt)
    implements Event {

  @Override
  public String recordKey() {
    return overrideId;
  }

  @Override
  public String recordKeyField() {
    return "overrideId";
  }

  @Override
  public void check(Fields fields) {
    fields
        .text("overrideId", overrideId, 128)
        .required("requestId", requestId)
        .required("request", request)
        .required("decidedAt", decidedAt);
  }
}
