package io.kagimori.contracts.event;

/** What an agent tried, so that a failure can be explained. */
public enum ProbeKind {
  /** A TCP connection to {@code target} and {@code port}. */
  TCP,
  /** Resolving the name {@code target}. */
  DNS_NAME,
  /** Looking up the KMS record in {@code zone}. */
  DNS_SRV,
  /** Comparing the clock with {@code target}. */
  CLOCK,
  /** Whether the service {@code target} runs. */
  SERVICE,
  /** Whether the command ran elevated. */
  ELEVATION,
  /** Whether a KMS request (event 12288) got its answer (event 12289). */
  KMS_RESPONSE,
  /**
   * A step of repair; {@code target} is {@code FILE_CHECK}, {@code IMAGE_REPAIR} or {@code
   * IN_PLACE_REPAIR}.
   */
  REPAIR
}
