package io.kagimori.agent.collect;

/**
 * Something an operator should look at, found while reading.
 *
 * @param code stable code, such as {@code IID_MALFORMED}
 * @param detail the figure or name behind it, in plain words
 */
public record Finding(String code, String detail) {
  /** An installation ID that has neither 54 nor 63 digits. */
  public static final String IID_MALFORMED = "IID_MALFORMED";

  /** Outputs of one machine name different editions; the detail has both. */
  public static final String EVIDENCE_CONFLICT = "EVIDENCE_CONFLICT";

  /** A command above the output has a slip in it; the detail says what was meant. */
  public static final String COMMAND_MISTYPED = "COMMAND_MISTYPED";

  /** The log has a request to a KMS host and no answer to it. */
  public static final String NO_HOST_RESPONSE = "NO_HOST_RESPONSE";

  /** Several products are listed and none holds a product key. */
  public static final String NO_LICENSE_IN_USE = "NO_LICENSE_IN_USE";

  /** Several products are listed and more than one holds a product key. */
  public static final String SEVERAL_LICENSES_IN_USE = "SEVERAL_LICENSES_IN_USE";
}
