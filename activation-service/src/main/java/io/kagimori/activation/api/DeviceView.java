package io.kagimori.activation.api;

import io.kagimori.activation.domain.Device;
import io.kagimori.activation.domain.DeviceHistory;
import io.kagimori.activation.domain.DeviceKms;
import io.kagimori.activation.domain.Expiry;
import io.kagimori.activation.domain.InitialGrace;
import io.kagimori.activation.domain.License;
import io.kagimori.activation.domain.LicenseChannel;
import io.kagimori.activation.domain.Validity;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.LicenseStatuses.LicenseStatus;
import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A device as REST shows it.
 *
 * @param deviceId the device
 * @param product slug of the product family
 * @param edition EditionID
 * @param site label of the site
 * @param osBuild build number
 * @param channel sales route of its base license
 * @param licenseStatus 0 to 6
 * @param licenseStatusName name of that status
 * @param statusReason code behind the status
 * @param partialKey last five characters of its key
 * @param keyId the key
 * @param expiry when the license ends
 * @param alert {@code EXPIRING_30D} or {@code EXPIRED}; absent while there is time
 * @param grace countdown of the initial grace; absent outside of it
 * @param rearmCount rearms left
 * @param warnings warnings of the last decision
 * @param kms how it knows its KMS host
 * @param history newest lines first; absent in lists
 * @param lastReportAt when the newest report was collected
 * @param changedAt record time of the last change
 */
public record DeviceView(
    String deviceId,
    String product,
    String edition,
    String site,
    String osBuild,
    LicenseChannel channel,
    Integer licenseStatus,
    String licenseStatusName,
    String statusReason,
    String partialKey,
    String keyId,
    Expiry expiry,
    String alert,
    GraceView grace,
    Integer rearmCount,
    List<Warning> warnings,
    DeviceKms kms,
    List<DeviceHistory> history,
    Instant lastReportAt,
    Instant changedAt) {

  /**
   * The countdown of an initial grace.
   *
   * @param endsAt its end
   * @param daysLeft days left, a begun day counts
   * @param phase where the device stands
   * @param alarm whether somebody has to act
   */
  public record GraceView(Instant endsAt, long daysLeft, InitialGrace.Phase phase, boolean alarm) {}

  static DeviceView of(Device device, List<DeviceHistory> history, Instant now) {
    License license = device.license();
    Catalogue catalogue = Catalogue.get();
    return new DeviceView(
        device.deviceId(),
        device.installed().product(),
        device.installed().edition(),
        device.installed().site(),
        device.installed().osBuild(),
        license.channel(),
        license.status(),
        Optional.ofNullable(license.status())
            .flatMap(catalogue.licenseStatuses()::find)
            .map(LicenseStatus::name)
            .orElse(null),
        license.statusReason(),
        license.partialKey(),
        license.keyId(),
        license.expiry(),
        Validity.alert(license.expiry(), now, catalogue.kmsRules().lapseNotice()).orElse(null),
        new InitialGrace(catalogue.kmsRules())
            .of(device, now)
            .map(g -> new GraceView(g.endsAt(), g.daysLeft(), g.phase(), g.alarm()))
            .orElse(null),
        device.rearmCount(),
        device.warnings(),
        device.kms(),
        history,
        device.lastReportAt(),
        device.changedAt());
  }
}
