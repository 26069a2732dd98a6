package io.kagimori.activation.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kagimori.activation.domain.Conflict;
import io.kagimori.activation.domain.Device;
import io.kagimori.activation.domain.DeviceHistory;
import io.kagimori.activation.domain.DeviceKms;
import io.kagimori.activation.domain.Expiry;
import io.kagimori.activation.domain.InitialGrace;
import io.kagimori.activation.domain.License;
import io.kagimori.activation.domain.LicenseChannel;
import io.kagimori.activation.domain.ProductLicense;
import io.kagimori.activation.domain.Reasons;
import io.kagimori.activation.domain.Statement;
import io.kagimori.activation.domain.Trouble;
import io.kagimori.activation.domain.Validity;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.LicenseStatuses.LicenseStatus;
import io.kagimori.contracts.event.Warning;
import java.time.Duration;
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
 * @param conflicts {@code EVIDENCE_CONFLICT}: facts on which sources disagree; the present keeps
 *     what was undisputed last
 * @param evidence what sources said last, with its age
 * @param licenses the licenses of its products, add-ons included
 * @param trouble its failures since it last worked; absent when it never failed
 * @param imageId image it was installed from
 * @param deployment how it was installed
 * @param kms how it knows its KMS host
 * @param history newest lines first; absent in lists
 * @param shipping whether it may be handed out; absent unless it is marked for it
 * @param lastReportAt when the newest report was collected
 * @param ageMinutes how long ago that is; absent when there was none
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
    EndView expiry,
    String alert,
    GraceView grace,
    Integer rearmCount,
    List<Warning> warnings,
    List<ConflictView> conflicts,
    List<StatementView> evidence,
    List<LicenseView> licenses,
    Trouble trouble,
    String imageId,
    String deployment,
    DeviceKms kms,
    List<DeviceHistory> history,
    ShippingView shipping,
    Instant lastReportAt,
    Long ageMinutes,
    Instant changedAt) {

  /**
   * A device that is about to be handed out.
   *
   * @param state {@code READY_TO_SHIP} or {@code NOT_READY_TO_SHIP}
   * @param licenseStatusName name of the license status that decides it; absent while not known
   */
  public record ShippingView(String state, String licenseStatusName) {
    static ShippingView of(Device device, String licenseStatusName) {
      return Boolean.TRUE.equals(device.installed().ship())
          ? new ShippingView(
              device.notReadyToShip() ? Reasons.NOT_READY_TO_SHIP : "READY_TO_SHIP",
              licenseStatusName)
          : null;
    }
  }

  /**
   * When a license ends, and how far that is.
   *
   * @param expiry kind and time of the end
   * @param daysLeft whole days left, none when it has passed; absent where there is no date
   */
  public record EndView(@JsonUnwrapped Expiry expiry, Long daysLeft) {
    static EndView of(Expiry expiry, Instant now) {
      boolean dated = expiry.kind() == Expiry.Kind.DATE;
      return new EndView(
          expiry, dated ? Math.max(0, Duration.between(now, expiry.at()).toDays()) : null);
    }

    Instant at() {
      return expiry.at();
    }
  }

  /**
   * The countdown of an initial grace.
   *
   * @param endsAt its end
   * @param daysLeft days left, a begun day counts
   * @param phase where the device stands
   * @param alarm whether somebody has to act
   */
  public record GraceView(Instant endsAt, long daysLeft, InitialGrace.Phase phase, boolean alarm) {}

  /**
   * What one source said of one fact.
   *
   * @param fact edition, channel, key or whether it is licensed
   * @param source who said it
   * @param value what it said
   * @param at when it was so
   * @param ageMinutes how long ago that is
   */
  public record StatementView(
      Statement.Fact fact, String source, String value, Instant at, long ageMinutes) {
    static StatementView of(Statement said, Instant now) {
      return new StatementView(
          said.fact(), said.source(), said.value(), said.at(), Ages.minutes(said.at(), now));
    }
  }

  /**
   * A disagreement.
   *
   * @param code {@code EVIDENCE_CONFLICT}
   * @param fact what it is about
   * @param statements what each source said, newest first
   */
  public record ConflictView(String code, Statement.Fact fact, List<StatementView> statements) {
    static ConflictView of(Conflict conflict, Instant now) {
      return new ConflictView(
          Reasons.EVIDENCE_CONFLICT,
          conflict.fact(),
          conflict.statements().stream().map(s -> StatementView.of(s, now)).toList());
    }
  }

  /**
   * The license of a product.
   *
   * @param license as a report last showed it
   * @param ageMinutes how long ago that is
   */
  public record LicenseView(@JsonUnwrapped ProductLicense license, long ageMinutes) {}

  static DeviceView of(Device device, List<DeviceHistory> history, Instant now) {
    License license = device.license();
    Catalogue catalogue = Catalogue.get();
    String statusName =
        Optional.ofNullable(license.status())
            .flatMap(catalogue.licenseStatuses()::find)
            .map(LicenseStatus::name)
            .orElse(null);
    return new DeviceView(
        device.deviceId(),
        device.installed().product(),
        device.installed().edition(),
        device.installed().site(),
        device.installed().osBuild(),
        license.channel(),
        license.status(),
        statusName,
        license.statusReason(),
        license.partialKey(),
        license.keyId(),
        EndView.of(license.expiry(), now),
        Validity.alert(license.expiry(), now, catalogue.kmsRules().lapseNotice()).orElse(null),
        new InitialGrace(catalogue.kmsRules())
            .of(device, now)
            .map(g -> new GraceView(g.endsAt(), g.daysLeft(), g.phase(), g.alarm()))
            .orElse(null),
        device.rearmCount(),
        device.warnings(),
        device.evidence().conflicts().stream().map(c -> ConflictView.of(c, now)).toList(),
        device.evidence().statements().stream().map(s -> StatementView.of(s, now)).toList(),
        device.evidence().licenses().stream()
            .map(l -> new LicenseView(l, Ages.minutes(l.at(), now)))
            .toList(),
        device.trouble(),
        device.installed().imageId(),
        device.installed().deployment(),
        device.kms(),
        history,
        ShippingView.of(device, statusName),
        device.lastReportAt(),
        Ages.minutes(device.lastReportAt(), now),
        device.changedAt());
  }
}
