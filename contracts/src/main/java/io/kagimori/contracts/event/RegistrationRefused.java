package io.kagimori.contracts.event;

import java.time.Instant;

/**
 * A service refuses a registration or another change of something named: a key, an agreement, an
 * image, an override, a campaign.
 *
 * @param requestId the request refused
 * @param id what it was about
 * @param reason stable code
 * @param field the offending field
 * @param value what was found there
 * @param decidedAt the record time the decision was taken for
 */
public record RegistrationRefused(
    String requestId, String id, String reason, String field, String value, Instant decidedAt)
    implements Event {

  @Override
  public String recordKey() {
    return id;
  }

  @Override
  public String recordKeyField() {
    return "id";
  }

  @Override
  public void check(Fields fields) {
    fields
        .text("id", id, 128)
        .required("requestId", requestId)
        .required("reason", reason)
        .required("decidedAt", decidedAt);
  }
}
