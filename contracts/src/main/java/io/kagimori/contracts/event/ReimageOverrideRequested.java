package io.kagimori.contracts.event;

import java.time.Instant;

/**
 * Somebody takes the responsibility for a re-image that the rules do not permit.
 *
 * @param overrideId its name
 * @param deviceId the device it is for; absent: any
 * @param imageId the image it is for; absent: any
 * @param document what it rests on
 * @param requestedBy who asks
 * @param approvedBy who else approves
 * @param validUntil its last moment
 * @param comment why
 */
public record ReimageOverrideRequested(
    String overrideId,
    String deviceId,
    String imageId,
    String document,
    String requestedBy,
    String approvedBy,
    Instant validUntil,
    String comment)
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
    fields.text("overrideId", overrideId, 128);
  }
}
