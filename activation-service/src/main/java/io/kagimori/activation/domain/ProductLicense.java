package io.kagimori.activation.domain;

import java.time.Instant;
import java.util.Locale;

/**
 * The license of one product on a device, as a report last showed it.
 *
 * @param name as Windows prints it
 * @param activationId SKU id
 * @param applicationId application GUID
 * @param channel the sales route; null where not told
 * @param status 0 to 6; null where not told
 * @param statusReason code behind the status
 * @param partialKey last five characters of the installed key
 * @param expiry when it ends
 * @param source the tool that told
 * @param at when it was collected
 */
public record ProductLicense(
    String name,
    String activationId,
    String applicationId,
    LicenseChannel channel,
    Integer status,
    String statusReason,
    String partialKey,
    Expiry expiry,
    String source,
    Instant at) {

  /** What tells two products of one device apart: the activation id, else the name. */
  public String product() {
    if (activationId != null) {
      return activationId.toLowerCase(Locale.ROOT);
    }
    return name == null ? "" : name;
  }
}
