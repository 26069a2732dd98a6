package io.kagimori.activation.domain;

import io.kagimori.contracts.event.ActivationAttempted;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * A failed activation as incidents see it.
 *
 * @param kind what makes failures alike: the code, or the stage where nothing was printed
 * @param deviceId the device
 * @param requestId the activation request
 * @param reason stable code of the failure
 * @param code what Windows printed; null where it printed nothing
 * @param cause the most likely cause; null where none is known
 * @param factors what the device may share with others
 * @param at record time
 */
public record FailureSignal(
    String kind,
    String deviceId,
    String requestId,
    String reason,
    String code,
    String cause,
    Map<Factor, String> factors,
    Instant at) {
  private static final int KIND_MAX = 64;

  /** What devices that fail alike may share, the most telling first. */
  public enum Factor {
    HOST,
    KEY,
    IMAGE,
    SITE,
    PRODUCT,
    CODE
  }

  public FailureSignal {
    factors = factors.isEmpty() ? Map.of() : new EnumMap<>(factors);
  }

  /**
   * What makes a failed report alike to others. It is known before the report is decided, so that a
   * batch can lock what it will need.
   *
   * @param code the code in its canonical spelling; null where nothing was printed
   */
  static String kind(ActivationAttempted said, String code) {
    if (code == null) {
      return "NO_CODE_" + said.stage();
    }
    String kind = code.strip();
    return kind.length() <= KIND_MAX ? kind : kind.substring(0, KIND_MAX);
  }
}
