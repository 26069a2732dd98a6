package io.kagimori.contracts.event;

import java.time.Instant;
import java.util.List;

/**
 * Somebody registers a volume-licensing agreement.
 *
 * @param agreementId its number or name
 * @param program the program it belongs to
 * @param windowsOrders Windows licenses ordered under it
 * @param validFrom start
 * @param validTo end
 * @param portalKeys last five characters of every key the vendor's portal lists for it; absent when
 *     no list was imported
 */
public record AgreementRegistrationRequested(
    String agreementId,
    AgreementProgram program,
    Long windowsOrders,
    Instant validFrom,
    Instant validTo,
    List<String> portalKeys)
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
        .when(windowsOrders != null && windowsOrders < 0, "windowsOrders")
        .when(validFrom != null && validTo != null && validTo.isBefore(validFrom), "validTo");
  }
}
