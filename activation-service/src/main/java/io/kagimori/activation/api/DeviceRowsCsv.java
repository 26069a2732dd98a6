package io.kagimori.activation.api;

import io.kagimori.activation.domain.Device;
import io.kagimori.activation.domain.DeviceKms;
import io.kagimori.activation.domain.Expiry;
import io.kagimori.activation.domain.License;
import io.kagimori.activation.domain.LicenseChannel;
import io.kagimori.activation.domain.ProductLicense;
import io.kagimori.contracts.table.DeviceColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A device as rows of the device table: its base license first, then its other products. What a
 * report did not tell is left empty.
 */
final class DeviceRowsCsv {
  private DeviceRowsCsv() {}

  static List<Map<DeviceColumn, String>> of(Device device) {
    List<Map<DeviceColumn, String>> rows = new ArrayList<>();
    License base = device.license();
    Map<DeviceColumn, String> first = common(device);
    put(first, DeviceColumn.CHANNEL, channel(base.channel()));
    put(first, DeviceColumn.PARTIAL_KEY, base.partialKey());
    put(first, DeviceColumn.LICENSE_STATUS, base.status());
    put(first, DeviceColumn.STATUS_REASON, base.statusReason());
    put(first, DeviceColumn.REARM_COUNT, device.rearmCount());
    Instant at = device.lastReportAt() == null ? device.changedAt() : device.lastReportAt();
    put(first, DeviceColumn.COLLECTED_AT, at);
    put(first, DeviceColumn.REMAINING_MINUTES, minutes(base.expiry(), at));
    kms(first, device.kms());
    for (ProductLicense license : device.evidence().licenses()) {
      if (isBase(license, base)) {
        named(first, license);
        continue;
      }
      Map<DeviceColumn, String> row = common(device);
      named(row, license);
      put(row, DeviceColumn.CHANNEL, channel(license.channel()));
      put(row, DeviceColumn.PARTIAL_KEY, license.partialKey());
      put(row, DeviceColumn.LICENSE_STATUS, license.status());
      put(row, DeviceColumn.STATUS_REASON, license.statusReason());
      put(row, DeviceColumn.SOURCE, license.source());
      put(row, DeviceColumn.COLLECTED_AT, license.at());
      put(row, DeviceColumn.REMAINING_MINUTES, minutes(license.expiry(), license.at()));
      rows.add(row);
    }
    rows.add(0, first);
    return rows;
  }

  private static boolean isBase(ProductLicense license, License base) {
    return base.partialKey() != null && Objects.equals(license.partialKey(), base.partialKey());
  }

  private static void named(Map<DeviceColumn, String> row, ProductLicense license) {
    put(row, DeviceColumn.LICENSE_NAME, license.name());
    put(row, DeviceColumn.ACTIVATION_ID, license.activationId());
    put(row, DeviceColumn.APPLICATION_ID, license.applicationId());
    put(row, DeviceColumn.SOURCE, license.source());
  }

  private static Map<DeviceColumn, String> common(Device device) {
    Map<DeviceColumn, String> row = new EnumMap<>(DeviceColumn.class);
    Device.Installation installed = device.installed();
    put(row, DeviceColumn.DEVICE_ID, device.deviceId());
    put(row, DeviceColumn.PRODUCT, installed.product());
    put(row, DeviceColumn.EDITION, installed.edition());
    put(row, DeviceColumn.OS_BUILD, installed.osBuild());
    put(row, DeviceColumn.SITE, installed.site());
    put(row, DeviceColumn.IMAGE_ID, installed.imageId());
    put(row, DeviceColumn.DEPLOYMENT, installed.deployment());
    return row;
  }

  private static void kms(Map<DeviceColumn, String> row, DeviceKms kms) {
    if (kms != null) {
      put(row, DeviceColumn.KMS_HOST, kms.host());
      put(row, DeviceColumn.KMS_PORT, kms.port());
      put(row, DeviceColumn.CMID, kms.cmid());
    }
  }

  private static String channel(LicenseChannel channel) {
    return channel == null ? null : channel.name();
  }

  private static Long minutes(Expiry expiry, Instant at) {
    return expiry.kind() == Expiry.Kind.DATE && expiry.at().isAfter(at)
        ? Duration.between(at, expiry.at()).toMinutes()
        : null;
  }

  private static void put(Map<DeviceColumn, String> row, DeviceColumn column, Object value) {
    if (value != null) {
      row.put(column, value.toString());
    }
  }
}
