package io.kagimori.activation.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.ErrorCode;
import io.kagimori.contracts.catalogue.ErrorCodeRow;
import io.kagimori.contracts.catalogue.ErrorCodes;
import io.kagimori.contracts.diagnosis.Diagnosis;
import io.kagimori.contracts.diagnosis.RankedCause;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads what a failed step means: stable reason, ranked causes, what to do next. Pure. */
final class FailureReading {
  /** Reasons of their own; every other known code is {@code ACTIVATION_FAILED}. */
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry(WindowsCodes.MAK_LIMIT, Reasons.MAK_EXHAUSTED),
          Map.entry(WindowsCodes.MAK_EXTENSION_LIMIT, Reasons.MAK_EXHAUSTED),
          Map.entry("0xC004C003", Reasons.KEY_BLOCKED),
          Map.entry("0xC004C060", Reasons.KEY_BLOCKED),
          Map.entry("0xC004F051", Reasons.KEY_BLOCKED),
          Map.entry(WindowsCodes.UNLOCK_LIMIT, Reasons.KEY_IN_USE),
          Map.entry("0xC004F069", Reasons.EDITION_MISMATCH),
          Map.entry(WindowsCodes.CID_INVALID, Reasons.CID_INVALID),
          Map.entry("0xC004F02D", Reasons.CID_INVALID),
          Map.entry("0xC004F02F", Reasons.CID_INVALID),
          Map.entry("0xC004F031", Reasons.CID_INVALID),
          Map.entry("0xC004F04D", Reasons.CID_INVALID),
          Map.entry(WindowsCodes.BELOW_THRESHOLD, Reasons.BELOW_THRESHOLD),
          Map.entry(WindowsCodes.HOST_NOT_ACTIVATED, Reasons.HOST_NOT_ACTIVATED),
          Map.entry(WindowsCodes.CLOCK_SKEW, Reasons.CLOCK_SKEW));

  /** Codes by which the vendor says that a key was activated often enough. */
  private static final Set<String> COUNT_LOCK =
      Set.of(WindowsCodes.MAK_LIMIT, WindowsCodes.UNLOCK_LIMIT);

  /** What somebody has to do where trying again is no use. */
  private static final Map<String, String> ACTIONS =
      Map.of(
          Reasons.MAK_EXHAUSTED, "CONTACT_VENDOR",
          Reasons.OEM_COUNT_LOCK, "USE_TELEPHONE");

  private final ErrorCodes codes;
  private final FailureEvidence evidence;
  private final Diagnosis diagnosis;
  private final io.kagimori.contracts.catalogue.Causes known;

  FailureReading(Catalogue catalogue, UpdateBaseline baseline) {
    codes = catalogue.errorCodes();
    evidence = new FailureEvidence(catalogue, baseline);
    diagnosis = new Diagnosis(catalogue);
    known = catalogue.causes();
  }

  /** The code in its canonical spelling; an unknown one verbatim, none when none was printed. */
  Optional<ErrorCode> code(String printed) {
    return printed == null || printed.isBlank()
        ? Optional.empty()
        : Optional.of(codes.resolve(printed));
  }

  /**
   * The ruling on a failed stage.
   *
   * @param activation the activation; its kind of key may be unknown
   * @param device the device, with the evidence of this report
   * @param around finds KMS hosts and keys
   * @param stage the stage that failed
   * @param printed the code as Windows printed it; may be null
   * @param message the text Windows printed; may be null
   * @param cause id of the event that told
   */
  Ruling failed(
      Activation activation,
      Device device,
      Surroundings around,
      ActivationStage stage,
      String printed,
      String message,
      UUID cause,
      Instant now) {
    KeyKind kind = activation.asked().keyKind();
    Optional<ErrorCode> code = code(printed);
    String text = code.map(ErrorCode::text).orElse(null);
    List<RankedCause> causes =
        diagnosis.rank(evidence.of(activation, device, around, stage, text, now));
    boolean oemLock = kind == KeyKind.OEM && text != null && COUNT_LOCK.contains(text);
    String reason = oemLock ? Reasons.OEM_COUNT_LOCK : reason(code);
    Map<String, Object> detail =
        new Details()
            .with("stage", stage)
            .with("message", message)
            .with("causes", Causes.shown(causes))
            .with("retry", ACTIONS.containsKey(reason) ? false : null)
            .with("action", ACTIONS.get(reason))
            .with("retryAfterSeconds", retryAfter(reason, causes, device, cause))
            .with(
                "notAttempted", stage == ActivationStage.IPK ? List.of(ActivationStage.ATO) : null)
            .map();
    return new Ruling(
        Verdict.FAILED,
        reason,
        text,
        detail,
        List.of(),
        oemLock ? Runbook.telephoneInstead() : List.of(),
        now);
  }

  /** When to try again what may pass by itself; null where only a change helps. */
  private Long retryAfter(String reason, List<RankedCause> causes, Device device, UUID cause) {
    boolean passes =
        reason.equals(Reasons.BELOW_THRESHOLD)
            || causes.stream()
                .limit(1)
                .flatMap(first -> known.find(first.cause()).stream())
                .anyMatch(first -> first.area() == ErrorCodeRow.Domain.NETWORK);
    if (!passes) {
      return null;
    }
    Trouble trouble = device.trouble();
    boolean failing = trouble != null && trouble.state() == Trouble.State.FAILING;
    return Retries.afterSeconds((failing ? trouble.attempts() : 0) + 1, cause);
  }

  private static String reason(Optional<ErrorCode> code) {
    if (code.isEmpty()) {
      return Reasons.ACTIVATION_FAILED;
    }
    return code.get().known()
        ? REASONS.getOrDefault(code.get().text(), Reasons.ACTIVATION_FAILED)
        : Reasons.UNKNOWN_CODE;
  }
}
