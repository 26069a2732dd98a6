package io.kagimori.agent.collect;

import java.util.Arrays;
import java.util.Optional;

/** The license states of Windows, by the number that WMI gives and the words that slmgr prints. */
public enum LicenseStatusCode {
  UNLICENSED(0, "Unlicensed"),
  LICENSED(1, "Licensed"),
  OOB_GRACE(2, "Initial grace period"),
  OOT_GRACE(3, "Additional grace period (KMS license expired or hardware out of tolerance)"),
  NON_GENUINE_GRACE(4, "Non-genuine grace period"),
  NOTIFICATION(5, "Notification"),
  EXTENDED_GRACE(6, "Extended grace period");

  private final int code;
  private final String words;

  LicenseStatusCode(int code, String words) {
    this.code = code;
    this.words = words;
  }

  /** The number 0 to 6 that {@code SoftwareLicensingProduct.LicenseStatus} holds. */
  public int code() {
    return code;
  }

  /** The English words, which are the value of the fact {@code license_status}. */
  public String words() {
    return words;
  }

  /** The state behind a value of the fact {@code license_status}; empty for any other text. */
  public static Optional<LicenseStatusCode> ofWords(String words) {
    return Arrays.stream(values()).filter(status -> status.words.equals(words)).findFirst();
  }

  /** The state with this number; empty outside 0 to 6. */
  public static Optional<LicenseStatusCode> ofCode(int code) {
    return Arrays.stream(values()).filter(status -> status.code == code).findFirst();
  }
}
