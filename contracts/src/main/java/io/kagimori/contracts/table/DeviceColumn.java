package io.kagimori.contracts.table;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A column of the device table. A row is one license of a device; only the device is required. */
public enum DeviceColumn {
  DEVICE_ID("deviceId"),
  PRODUCT("product"),
  EDITION("edition"),
  OS_BUILD("osBuild"),
  LANGUAGE("language"),
  SITE("site"),
  IMAGE_ID("imageId"),
  DEPLOYMENT("deployment"),
  LICENSE_NAME("licenseName"),
  CHANNEL("channel"),
  ACTIVATION_ID("activationId"),
  APPLICATION_ID("applicationId"),
  PARTIAL_KEY("partialKey"),
  LICENSE_STATUS("licenseStatus"),
  STATUS_REASON("statusReason"),
  REMAINING_MINUTES("remainingMinutes"),
  EXTENDED_PID("extendedPid"),
  INSTALLATION_ID("installationId"),
  REARM_COUNT("rearmCount"),
  KMS_HOST("kmsHost"),
  KMS_PORT("kmsPort"),
  CMID("cmid"),
  SOURCE("source"),
  COLLECTED_AT("collectedAt");

  private final String header;

  DeviceColumn(String header) {
    this.header = header;
  }

  /** The name in the header line. */
  public String header() {
    return header;
  }

  /** The column of that name; case, width, blanks, hyphens and underscores do not matter. */
  public static Optional<DeviceColumn> named(String name) {
    String folded = folded(name);
    return Arrays.stream(values()).filter(c -> folded(c.header).equals(folded)).findFirst();
  }

  static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .replaceAll("[\\s_-]", "")
        .toLowerCase(Locale.ROOT);
  }
}
