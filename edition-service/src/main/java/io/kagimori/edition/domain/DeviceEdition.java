package io.kagimori.edition.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A device as far as editions go.
 *
 * @param deviceId the device
 * @param edition EditionID it reported last; null while nobody told
 * @param editionAsOf when that was read
 * @param targetEditions what DISM offers there; null while nobody told
 * @param openChange the upgrade that holds the device; null when none does
 * @param lastChange the change that held it last
 * @param activatedKeyId key of the last confirmed activation
 * @param activatedInstallationId the installation it was for
 */
public record DeviceEdition(
    String deviceId,
    String edition,
    Instant editionAsOf,
    List<String> targetEditions,
    UUID openChange,
    UUID lastChange,
    String activatedKeyId,
    String activatedInstallationId) {

  /** A device that is heard of for the first time. */
  public static DeviceEdition unknown(String deviceId) {
    return new DeviceEdition(deviceId, null, Instant.EPOCH, null, null, null, null, null);
  }

  DeviceEdition seen(String nextEdition, List<String> targets, Instant at) {
    if (at.isBefore(editionAsOf)) {
      return this;
    }
    boolean changed = nextEdition != null && !Editions.same(nextEdition, edition);
    return new DeviceEdition(
        deviceId,
        nextEdition == null ? edition : nextEdition,
        nextEdition == null ? editionAsOf : at,
        // Targets of another edition are no longer true.
        targets != null ? targets : changed ? null : targetEditions,
        openChange,
        lastChange,
        activatedKeyId,
        activatedInstallationId);
  }

  DeviceEdition holding(UUID open, UUID last) {
    return new DeviceEdition(
        deviceId,
        edition,
        editionAsOf,
        targetEditions,
        open,
        last,
        activatedKeyId,
        activatedInstallationId);
  }

  DeviceEdition activated(String keyId, String installationId) {
    return new DeviceEdition(
        deviceId,
        edition,
        editionAsOf,
        targetEditions,
        openChange,
        lastChange,
        keyId,
        installationId);
  }

  /** Whether the same installation already holds a seat of the key, so that it needs no other. */
  boolean holdsSeat(String keyId, String installationId) {
    return installationId != null
        && installationId.equals(activatedInstallationId)
        && keyId != null
        && keyId.equals(activatedKeyId);
  }
}
