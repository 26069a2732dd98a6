package io.kagimori.activation.domain;

import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What a successful activation changes: the activation, the device, its KMS host. Pure. */
final class ConfirmationRule {
  private final Duration kmsValidity;

  /**
   * @param kmsValidity how long a KMS activation lasts
   */
  ConfirmationRule(Duration kmsValidity) {
    this.kmsValidity = kmsValidity;
  }

  Conclusion confirm(
      Activation activation,
      Device device,
      Function<String, Optional<KmsHost>> hosts,
      ActivationAttempted said,
      UUID cause,
      Instant now) {
    Activation confirmed = confirmed(activation, said, now);
    Device after = confirmed.isAddOn() ? device : licensed(confirmed, device, now);
    boolean news =
        activation.state() != ActivationState.CONFIRMED
            || !after.license().equals(device.license());
    DeviceHistory line =
        DeviceHistory.of(
            after,
            now,
            cause,
            DeviceHistory.ACTIVATION,
            said.requestId(),
            confirmed.isAddOn() ? "ADD_ON_CONFIRMED" : "CONFIRMED");
    Conclusion conclusion =
        Conclusion.decided(
                confirmed,
                after.withWarnings(confirmed.ruling().warnings(), now),
                news ? List.of(line) : List.of())
            .with(confirmation(confirmed, said, now));
    return confirmed.isHostActivation()
        ? confirmed
            .kmsHost()
            .map(
                address -> hosts.apply(address.host()).orElse(KmsHost.unknown(address.host(), now)))
            .map(host -> conclusion.with(host.withActivated(true, now)))
            .orElse(conclusion)
        : conclusion;
  }

  /** The device works again, and what sources said of its license before is settled. */
  private static Device licensed(Activation confirmed, Device device, Instant now) {
    Device after =
        device
            .withLicense(license(confirmed), now, now)
            .withEvidence(device.evidence().settled(), now);
    return device.trouble() == null
        ? after
        : after.withTrouble(device.trouble().recovered(now), now);
  }

  private Activation confirmed(Activation activation, ActivationAttempted said, Instant now) {
    boolean again = activation.state() == ActivationState.CONFIRMED;
    if (again && (!activation.isKms() || said.remainingMinutes() == null)) {
      return activation;
    }
    Instant expiresAt = activation.isKms() ? expiresAt(said, now) : null;
    Map<String, Object> detail =
        new Details()
            .with("message", said.message())
            .with("confirmationId", confirmationDigits(said).orElse(null))
            .with("hostState", activation.isHostActivation() ? "HOST_ACTIVATED" : null)
            .with("host", activation.isHostActivation() ? hostName(activation) : null)
            .map();
    Ruling ruling =
        new Ruling(Verdict.CONFIRMED, null, null, detail, List.of(), List.of(), now)
            .with(again ? activation.ruling().warnings() : warnings(activation, now));
    return activation.decided(ActivationState.CONFIRMED, ruling, expiresAt, expiresAt);
  }

  private static List<Warning> warnings(Activation activation, Instant now) {
    List<Warning> asked = activation.asked().warnings();
    Instant leaseUntil = activation.asked().leaseUntil();
    boolean late =
        activation.state() == ActivationState.EXPIRED
            || (leaseUntil != null && now.isAfter(leaseUntil));
    if (!late) {
      return asked == null ? List.of() : asked;
    }
    Map<String, Object> detail =
        new Details().with("leaseUntil", leaseUntil == null ? null : leaseUntil.toString()).map();
    List<Warning> all = new ArrayList<>(asked == null ? List.of() : asked);
    all.add(new Warning(Reasons.LATE_OUTCOME, detail));
    return all;
  }

  private Instant expiresAt(ActivationAttempted said, Instant now) {
    Long minutes = said.remainingMinutes();
    return minutes == null ? now.plus(kmsValidity) : Expiry.after(now, minutes).at();
  }

  private static License license(Activation confirmed) {
    return new License(
        LicenseChannel.of(confirmed.asked().keyKind()),
        License.LICENSED,
        null,
        confirmed.asked().partialKey(),
        confirmed.asked().keyId(),
        confirmed.expiresAt() == null ? Expiry.PERMANENT : Expiry.at(confirmed.expiresAt()),
        confirmed.id());
  }

  /** The device with the key of the activation in place, not activated with it yet. */
  static Device keyInstalled(Activation activation, Device device, Instant now) {
    License before = device.license();
    if (Objects.equals(before.keyId(), activation.asked().keyId())) {
      return device;
    }
    License after =
        new License(
            LicenseChannel.of(activation.asked().keyKind()),
            before.status(),
            before.statusReason(),
            activation.asked().partialKey(),
            activation.asked().keyId(),
            // A new key ends what the old one gave; what the new one gives is told by /ato.
            activation.id().equals(before.licensedBy()) ? before.expiry() : Expiry.UNKNOWN,
            activation.id().equals(before.licensedBy()) ? before.licensedBy() : null);
    return device.withLicense(after, now, now);
  }

  /** The device without the validity that the activation had promised. */
  static Device withoutValidityOf(Activation failed, Device device, Instant now) {
    License before = device.license();
    if (!failed.id().equals(before.licensedBy())) {
      return device;
    }
    License after =
        new License(
            before.channel(),
            before.status(),
            before.statusReason(),
            before.partialKey(),
            before.keyId(),
            Expiry.UNKNOWN,
            null);
    return device.withLicense(after, device.asOf(), now);
  }

  private static Optional<Confirmation> confirmation(
      Activation confirmed, ActivationAttempted said, Instant now) {
    String reported = said.installationId();
    String installation =
        reported == null ? confirmed.asked().request().installationId() : reported;
    return installation == null
        ? Optional.empty()
        : confirmationDigits(said)
            .map(id -> new Confirmation(confirmed.deviceId(), installation, id, now));
  }

  private static Optional<String> confirmationDigits(ActivationAttempted said) {
    return said.stage() == ActivationStage.CONFIRMATION_ID && said.confirmationId() != null
        ? Confirmation.digits(said.confirmationId())
        : Optional.empty();
  }

  private static String hostName(Activation activation) {
    return activation.kmsHost().map(io.kagimori.contracts.KmsHostAddress::host).orElse(null);
  }
}
