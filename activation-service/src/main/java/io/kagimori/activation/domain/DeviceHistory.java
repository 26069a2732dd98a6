package io.kagimori.activation.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * A line in a device's history: what was seen, whether or not it changed the present.
 *
 * @param deviceId the device
 * @param at when it was so
 * @param eventId the event that told
 * @param source who told: {@code ACTIVATION}, {@code OUTCOME}, {@code TICK} or the tool of a report
 * @param channel the sales route of the license then; null where not told
 * @param licenseStatus 0 to 6; null where not told
 * @param partialKey last five characters of the key; null where not told
 * @param requestId the activation request it belongs to; null for reports
 * @param note what happened, such as a verdict, a stage or {@code LATE_REPORT}
 * @param code what Windows printed
 * @param message the text Windows printed
 * @param product activation id or name of the license, for another than the base license
 */
public record DeviceHistory(
    String deviceId,
    Instant at,
    UUID eventId,
    String source,
    LicenseChannel channel,
    Integer licenseStatus,
    String partialKey,
    String requestId,
    String note,
    String code,
    String message,
    String product) {
  public static final String ACTIVATION = "ACTIVATION";
  public static final String OUTCOME = "OUTCOME";
  public static final String TICK = "TICK";

  public static DeviceHistory of(
      Device device, Instant at, UUID eventId, String source, String requestId, String note) {
    License license = device.license();
    return new DeviceHistory(
        device.deviceId(),
        at,
        eventId,
        source,
        license.channel(),
        license.status(),
        license.partialKey(),
        requestId,
        note,
        null,
        null,
        null);
  }
}
