package io.kagimori.contracts.event;

import java.time.Instant;
import java.util.List;

/**
 * What is known of an agreement, as a fact for the other services.
 *
 * @param agreementId its number or name
 * @param version grows with every change
 * @param program the program it belongs to
 * @param windowsOrders Windows licenses ordered under it
 * @param validFrom start
 * @param validTo end
 * @param portalKeys last five characters of the keys the vendor's portal lists
 * @param changedAt record time of the last change
 */
public record AgreementState(
    String agreementId,
    long version,
    AgreementProgram program,
    long windowsOrders,
    Instant validFrom,
    Instant validTo,
    List<String> portalKeys,
    Instant changedAt)
    implements Event {

  @Override
  public String recordKey() {
    return agreementId;
  }

  @Override
  public String recordKeyField() {
    return "agreementId";
  }

  @Override
  public void check(Fields fields) {
    fields
        .text("agreementId", agreementId, 128)
        .required("program", program)
        .required("changedAt", changedAt);
  }
}
