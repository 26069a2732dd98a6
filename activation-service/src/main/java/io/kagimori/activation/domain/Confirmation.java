package io.kagimori.activation.domain;

import java.text.Normalizer;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A confirmation ID that fitted an installation, and fits it again after a reinstallation on
 * unchanged hardware.
 *
 * @param deviceId the device
 * @param installationId stands for key and hardware
 * @param confirmationId 48 digits
 * @param at record time of the confirmation
 */
public record Confirmation(
    String deviceId, String installationId, String confirmationId, Instant at) {
  /** Source: mak_rules.csv, phone-03. */
  private static final Pattern DIGITS = Pattern.compile("[0-9]{48}");

  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Pd}\u2212]+");

  /** The digits of a confirmation ID as somebody typed it; absent when it is malformed. */
  static Optional<String> digits(String text) {
    String plain =
        SEPARATORS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
    return DIGITS.matcher(plain).matches() ? Optional.of(plain) : Optional.empty();
  }
}
