package io.kagimori.activation.domain;

import io.kagimori.contracts.KeysInText;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.ErrorCode;
import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.ActivationAttemptedBuilder;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationResultBuilder;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides what an agent's report of a step means: evidence only, success or failure of the
 * activation. Pure.
 */
public final class AttemptRule {
  private final FailureReading failures;
  private final ConfirmationRule confirmations;

  public AttemptRule(Catalogue catalogue, UpdateBaseline baseline) {
    Duration kmsValidity = catalogue.kmsRules().activationValidity();
    failures = new FailureReading(catalogue, baseline);
    confirmations = new ConfirmationRule(kmsValidity);
  }

  /** What a stage says of the whole activation. */
  private enum Meaning {
    /** It is recorded and travels in the final answer. */
    EVIDENCE,
    SUCCESS,
    FAILURE
  }

  /** Whether the report carries a code that the catalogue does not know. */
  public boolean isUnknownCode(ActivationAttempted said) {
    return failures.code(said.code()).filter(code -> !code.known()).isPresent();
  }

  /**
   * Decides one report.
   *
   * @param known the activation of the report's request id, whosever it is
   * @param device the device that reports
   * @param around finds KMS hosts and keys
   * @param cause id of the report's event
   * @param now record time
   */
  public Conclusion decide(
      Optional<Activation> known,
      Device device,
      Surroundings around,
      ActivationAttempted reported,
      UUID cause,
      Instant now) {
    ActivationAttempted said = masked(reported);
    Optional<Activation> own = known.filter(a -> a.deviceId().equals(said.deviceId()));
    if (own.isEmpty()) {
      return unknownRequest(device, said, cause, now);
    }
    Activation activation = own.get().with(stage(said, now));
    device = device.withEvidence(device.evidence().with(said.probes(), now), now);
    Meaning meaning = activation.isRearm() ? Meaning.EVIDENCE : meaning(said);
    if (meaning == Meaning.EVIDENCE) {
      return evidence(activation, device, said, cause, now);
    }
    if (activation.state() == ActivationState.REFUSED) {
      return standing(activation, device, said, cause, now);
    }
    return meaning == Meaning.SUCCESS
        ? confirmations.confirm(activation, device, around.hosts(), said, cause, now)
        : failure(activation, device, around, said, cause, now);
  }

  /** Agents pass on what a tool printed, and a tool may have printed the key it was given. */
  private static ActivationAttempted masked(ActivationAttempted said) {
    return KeysInText.found(said.message())
        ? ActivationAttemptedBuilder.builder(said)
            .message(KeysInText.masked(said.message()))
            .build()
        : said;
  }

  /** What makes a failed report alike to others; empty for a report that fails nothing. */
  public Optional<String> kind(ActivationAttempted said) {
    return meaning(said) == Meaning.FAILURE
        ? Optional.of(FailureSignal.kind(said, codeText(said)))
        : Optional.empty();
  }

  private String codeText(ActivationAttempted said) {
    boolean malformed = said.stage() == ActivationStage.CONFIRMATION_ID && isMalformed(said);
    return failures
        .code(malformed ? WindowsCodes.CID_INVALID : said.code())
        .map(ErrorCode::text)
        .orElse(null);
  }

  private static Meaning meaning(ActivationAttempted said) {
    boolean succeeded = said.succeeded();
    return switch (said.stage()) {
      // An old key that cannot be removed does no harm: the new one replaces it.
      case UPK -> Meaning.EVIDENCE;
      case IPK -> succeeded ? Meaning.EVIDENCE : Meaning.FAILURE;
      case ATO -> succeeded ? Meaning.SUCCESS : Meaning.FAILURE;
      case CONFIRMATION_ID -> succeeded && !isMalformed(said) ? Meaning.SUCCESS : Meaning.FAILURE;
      case DLV -> succeeded && showsLicensed(said) ? Meaning.SUCCESS : Meaning.EVIDENCE;
    };
  }

  private static boolean showsLicensed(ActivationAttempted said) {
    return said.licenseStatus() == null || said.licenseStatus() == License.LICENSED;
  }

  private static boolean isMalformed(ActivationAttempted said) {
    return said.confirmationId() != null && Confirmation.digits(said.confirmationId()).isEmpty();
  }

  /** Nobody asked, or somebody else did: kept on the device, and answered so. */
  private Conclusion unknownRequest(
      Device device, ActivationAttempted said, UUID cause, Instant now) {
    StageReport stage = stage(said, now);
    ActivationResult answer =
        ActivationResultBuilder.builder()
            .requestId(said.requestId())
            .deviceId(said.deviceId())
            .verdict(Verdict.REFUSED)
            .reason(Reasons.UNKNOWN_REQUEST)
            .code(stage.code())
            .detail(new Details().with("stages", List.of(stage)).map())
            .installationId(said.installationId())
            .decidedAt(now)
            .build();
    return new Conclusion(
        Optional.empty(),
        device,
        Optional.empty(),
        Optional.empty(),
        List.of(line(device, said, cause, now, Reasons.UNKNOWN_REQUEST)),
        Optional.empty(),
        Optional.of(answer));
  }

  private Conclusion evidence(
      Activation activation, Device device, ActivationAttempted said, UUID cause, Instant now) {
    boolean newKey =
        said.stage() == ActivationStage.IPK && said.succeeded() && !activation.isAddOn();
    if (!newKey || !activation.isAccepted()) {
      return Conclusion.traced(Optional.of(activation), device, List.of());
    }
    Device after =
        ConfirmationRule.keyInstalled(activation, device, now)
            .withEvidence(device.evidence().settled(), now);
    boolean converted = after.license().channel() != device.license().channel();
    return Conclusion.traced(
        Optional.of(activation),
        after,
        converted ? List.of(line(after, said, cause, now, "KEY_INSTALLED")) : List.of());
  }

  /** A refused request stays refused; what the device did all the same is evidence. */
  private Conclusion standing(
      Activation activation, Device device, ActivationAttempted said, UUID cause, Instant now) {
    return Conclusion.decided(
        activation, device, List.of(line(device, said, cause, now, "REPORTED_AFTER_REFUSAL")));
  }

  private Conclusion failure(
      Activation activation,
      Device device,
      Surroundings around,
      ActivationAttempted said,
      UUID cause,
      Instant now) {
    if (activation.state() == ActivationState.CONFIRMED) {
      return Conclusion.traced(
          Optional.of(activation),
          device,
          List.of(line(device, said, cause, now, "FAILED_AFTER_CONFIRMATION")));
    }
    Ruling ruling =
        failures.failed(
            activation, device, around, said.stage(), codeText(said), said.message(), cause, now);
    Activation failed =
        activation.decided(
            ActivationState.FAILED, ruling.with(activation.asked().warnings()), null, null);
    FailureSignal signal = FailureSignals.of(failed, device, kind(said).orElseThrow(), now);
    Trouble.Failure line =
        new Trouble.Failure(
            now,
            said.requestId(),
            ruling.reason(),
            ruling.code(),
            signal.cause(),
            signal.kind(),
            UpdateRetries.CAUSE.equals(signal.cause()) ? PatchLevel.of(device) : null,
            null);
    Device after =
        ConfirmationRule.withoutValidityOf(failed, device, now)
            .withTrouble(Trouble.after(device.trouble(), line), now);
    return Conclusion.decided(
            failed, after, List.of(line(device, said, cause, now, ruling.reason())))
        .with(signal);
  }

  private StageReport stage(ActivationAttempted said, Instant now) {
    String code = failures.code(said.code()).map(ErrorCode::text).orElse(null);
    return new StageReport(said.stage(), said.succeeded(), code, said.message(), now);
  }

  private DeviceHistory line(
      Device device, ActivationAttempted said, UUID cause, Instant now, String note) {
    License license = device.license();
    return new DeviceHistory(
        device.deviceId(),
        now,
        cause,
        DeviceHistory.OUTCOME,
        license.channel(),
        said.licenseStatus() == null ? license.status() : said.licenseStatus(),
        license.partialKey(),
        said.requestId(),
        said.stage() + " " + note,
        failures.code(said.code()).map(ErrorCode::text).orElse(null),
        said.message(),
        null);
  }
}
