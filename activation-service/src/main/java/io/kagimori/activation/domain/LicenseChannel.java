package io.kagimori.activation.domain;

import io.kagimori.contracts.event.KeyKind;
import java.util.Locale;
import java.util.Optional;

/** The sales route a device's license belongs to. */
public enum LicenseChannel {
  MAK,
  KMS,
  KMS_HOST,
  RETAIL,
  OEM,
  EVALUATION;

  /**
   * The channel that a license description names, such as {@code VOLUME_KMSCLIENT}; absent for a
   * text that names none. Source: license_status.csv, the property {@code Description}.
   */
  public static Optional<LicenseChannel> named(String text) {
    if (text == null) {
      return Optional.empty();
    }
    String name = text.toUpperCase(Locale.ROOT);
    if (name.contains("KMSCLIENT") || name.equals("KMS") || name.contains("KMS_CLIENT")) {
      return Optional.of(KMS);
    }
    if (name.contains("VOLUME_KMS") || name.contains("KMS_HOST") || name.contains("CSVLK")) {
      return Optional.of(KMS_HOST);
    }
    if (name.contains("MAK")) {
      return Optional.of(MAK);
    }
    if (name.contains("EVAL")) {
      return Optional.of(EVALUATION);
    }
    if (name.contains("OEM")) {
      return Optional.of(OEM);
    }
    return name.contains("RETAIL") ? Optional.of(RETAIL) : Optional.empty();
  }

  /** The channel of a device that carries a key of this kind. */
  static LicenseChannel of(KeyKind kind) {
    return switch (kind) {
      case MAK, ESU_MAK -> MAK;
      case CSVLK -> KMS_HOST;
      case RETAIL -> RETAIL;
      case OEM -> OEM;
      case SETUP -> KMS;
    };
  }

  /** Whether a license of this channel, once activated, stays so without renewal. */
  boolean isOneTime() {
    return this == MAK || this == KMS_HOST || this == RETAIL || this == OEM;
  }
}
