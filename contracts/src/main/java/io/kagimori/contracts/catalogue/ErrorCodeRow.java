package io.kagimori.contracts.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * A row of error_codes.csv.
 *
 * @param code the code as the catalogue spells it
 * @param symbol the symbolic name, perhaps with a remark in brackets
 * @param kind {@code HRESULT}, {@code DISM exit code} or {@code Setup message}
 * @param informational whether it tells a state rather than a failure
 * @param messageEn what Windows prints in English
 * @param messageJa what Windows prints in Japanese, where known
 * @param domain what it is about
 * @param activationTypes MAK, KMS client and so on; empty where it does not matter
 * @param likelyCauses most likely first
 * @param remediation what to do, in order
 * @param commands commands that help, in order
 * @param source where the row was read
 */
public record ErrorCodeRow(
    String code,
    Optional<String> symbol,
    String kind,
    boolean informational,
    Optional<String> messageEn,
    Optional<String> messageJa,
    Domain domain,
    List<String> activationTypes,
    List<String> likelyCauses,
    List<String> remediation,
    List<String> commands,
    String source) {
  static final String HRESULT = "HRESULT";

  public ErrorCodeRow {
    activationTypes = List.copyOf(activationTypes);
    likelyCauses = List.copyOf(likelyCauses);
    remediation = List.copyOf(remediation);
    commands = List.copyOf(commands);
  }

  /** What a code is about. */
  public enum Domain {
    KEY,
    ACTIVATION,
    EDITION,
    ESU,
    NETWORK
  }

  boolean isHresult() {
    return kind.equals(HRESULT);
  }
}
