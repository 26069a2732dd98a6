package io.kagimori.activation.domain;

import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A device and its license as they are at present.
 *
 * @param deviceId the device
 * @param installed what is installed on it
 * @param license its base license
 * @param rearmCount rearms left; null while nobody told
 * @param kms how it knows its KMS host; null while nothing is known
 * @param graceSince when it was first seen in its initial grace; null outside of it
 * @param warnings warnings of the last decision
 * @param asOf time of the newest fact; what is older changes the history only
 * @param lastReportAt when the newest report was collected; null when there was none
 * @param changedAt record time of the last change
 */
public record Device(
    String deviceId,
    Installation installed,
    License license,
    Integer rearmCount,
    DeviceKms kms,
    Instant graceSince,
    List<Warning> warnings,
    Instant asOf,
    Instant lastReportAt,
    Instant changedAt) {

  /**
   * What is installed.
   *
   * @param product slug of the product family
   * @param edition EditionID
   * @param site label of the site
   * @param osBuild build number
   */
  public record Installation(String product, String edition, String site, String osBuild) {
    static final Installation UNKNOWN = new Installation(null, null, null, null);
  }

  public Device {
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }

  /** A device that is heard of for the first time. */
  public static Device unknown(String deviceId, Instant now) {
    return new Device(
        deviceId,
        Installation.UNKNOWN,
        License.UNKNOWN,
        null,
        null,
        null,
        List.of(),
        Instant.EPOCH,
        null,
        now);
  }

  Device withInstalled(Installation next, Instant now) {
    return installed.equals(next)
        ? this
        : new Device(
            deviceId,
            next,
            license,
            rearmCount,
            kms,
            graceSince,
            warnings,
            asOf,
            lastReportAt,
            now);
  }

  Device withRearmCount(int next, Instant now) {
    return new Device(
        deviceId, installed, license, next, kms, graceSince, warnings, asOf, lastReportAt, now);
  }

  Device withWarnings(List<Warning> next, Instant now) {
    return warnings.equals(next)
        ? this
        : new Device(
            deviceId,
            installed,
            license,
            rearmCount,
            kms,
            graceSince,
            next,
            asOf,
            lastReportAt,
            now);
  }

  /** The device with another license, known as of that time. */
  Device withLicense(License next, Instant at, Instant now) {
    boolean inGrace = Objects.equals(next.status(), License.INITIAL_GRACE);
    Instant since = inGrace ? (graceSince == null ? at : graceSince) : null;
    return new Device(
        deviceId,
        installed,
        next,
        rearmCount,
        kms,
        since,
        warnings,
        at.isAfter(asOf) ? at : asOf,
        lastReportAt,
        now);
  }

  /** The device after a report that was collected at that time. */
  Device reported(DeviceKms nextKms, Integer nextRearmCount, Instant at, Instant now) {
    return new Device(
        deviceId, installed, license, nextRearmCount, nextKms, graceSince, warnings, asOf, at, now);
  }
}
