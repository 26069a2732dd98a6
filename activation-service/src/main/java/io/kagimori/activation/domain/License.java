package io.kagimori.activation.domain;

import java.util.UUID;

/**
 * The base license of a device.
 *
 * @param channel the sales route; null while not known
 * @param status 0 to 6 as Windows gives it; null while not known
 * @param statusReason code behind the status
 * @param partialKey last five characters of the installed key
 * @param keyId the key, where it is one of ours or a published setup key
 * @param expiry when the license ends
 * @param licensedBy the activation that gave the present validity; null when none of ours did
 */
public record License(
    LicenseChannel channel,
    Integer status,
    String statusReason,
    String partialKey,
    String keyId,
    Expiry expiry,
    UUID licensedBy) {
  /** {@code LicenseStatus} of an activated license. */
  static final int LICENSED = 1;

  /** {@code LicenseStatus} in the initial grace. */
  static final int INITIAL_GRACE = 2;

  /** {@code LicenseStatus} after a KMS activation has lapsed. Source: license_status.csv. */
  static final int LAPSED = 3;

  static final License UNKNOWN = new License(null, null, null, null, null, Expiry.UNKNOWN, null);

  /** An edition that nothing has licensed yet; {@code LicenseStatus} 0. */
  static final License UNLICENSED = new License(null, 0, null, null, null, Expiry.UNKNOWN, null);

  License expired() {
    return new License(channel, LAPSED, statusReason, partialKey, keyId, expiry, licensedBy);
  }
}
