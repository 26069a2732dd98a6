package io.kagimori.contracts.event;

import java.time.Instant;

/**
 * key-service refuses a registration or another change of a key or agreement.
 *
 * @param requestId the request refused
 * @param id the key or agreement it was about
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
