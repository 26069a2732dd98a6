package io.kagimori.key.domain;

import io.kagimori.contracts.event.AgreementProgram;
import java.time.Instant;
import java.util.List;

/**
 * A volume-licensing agreement.
 *
 * @param agreementId number or name
 * @param program program
 * @param windowsOrders Windows licenses ordered
 * @param validFrom start; may be null
 * @param validTo end; may be null
 * @param portalKeys last five characters of the keys its portal lists; null when none was imported
 */
public record Agreement(
    String agreementId,
    AgreementProgram program,
    long windowsOrders,
    Instant validFrom,
    Instant validTo,
    List<String> portalKeys) {

  /** Whether the portal's list, if there is one, has a key with these last five characters. */
  public boolean lists(String partialKey) {
    return portalKeys == null || portalKeys.stream().anyMatch(partialKey::equalsIgnoreCase);
  }
}
