package io.kagimori.activation.domain;

/** Stable codes of refusals, failures and warnings that this service gives. Never reused. */
public final class Reasons {
  public static final String UNKNOWN_REQUEST = "UNKNOWN_REQUEST";
  public static final String NO_KEY = "NO_KEY";
  public static final String CMID_MISSING = "CMID_MISSING";
  public static final String CLOCK_SKEW = "CLOCK_SKEW";
  public static final String HOST_NOT_ACTIVATED = "HOST_NOT_ACTIVATED";
  public static final String BELOW_THRESHOLD = "BELOW_THRESHOLD";
  public static final String REARM_EXHAUSTED = "REARM_EXHAUSTED";
  public static final String EVAL_CONVERSION_REQUIRED = "EVAL_CONVERSION_REQUIRED";
  public static final String LEASE_EXPIRED = "LEASE_EXPIRED";
  public static final String VALIDITY_EXPIRED = "VALIDITY_EXPIRED";

  public static final String ACTIVATION_FAILED = "ACTIVATION_FAILED";
  public static final String UNKNOWN_CODE = "UNKNOWN_CODE";
  public static final String CID_INVALID = "CID_INVALID";
  public static final String MAK_EXHAUSTED = "MAK_EXHAUSTED";
  public static final String KEY_BLOCKED = "KEY_BLOCKED";
  public static final String KEY_IN_USE = "KEY_IN_USE";
  public static final String EDITION_MISMATCH = "EDITION_MISMATCH";
  public static final String OEM_COUNT_LOCK = "OEM_COUNT_LOCK";

  /** Warning: one client machine ID is used by several devices. */
  public static final String DUPLICATE_CMID = "DUPLICATE_CMID";

  /** Warning: hosts that are below the threshold one by one would reach it together. */
  public static final String SPLIT_ACROSS_HOSTS = "SPLIT_ACROSS_HOSTS";

  /** Warning: the success was reported after the lease had run out. */
  public static final String LATE_OUTCOME = "LATE_OUTCOME";

  /** Warning: no report told how many rearms the device has left. */
  public static final String REARM_COUNT_UNKNOWN = "REARM_COUNT_UNKNOWN";

  /** Sources that looked at about the same time saw different things. */
  public static final String EVIDENCE_CONFLICT = "EVIDENCE_CONFLICT";

  /** A KMS host's setting was changed and its service not restarted since. */
  public static final String CONFIG_PENDING_RESTART = "CONFIG_PENDING_RESTART";

  /** A KMS host could not write its SRV record (event 12293). */
  public static final String DNS_PUBLISH_FAILED = "DNS_PUBLISH_FAILED";

  /** A KMS host does not publish its SRV record and no device has it registered. */
  public static final String DNS_OFF_NO_REGISTERED_CLIENTS = "DNS_OFF_NO_REGISTERED_CLIENTS";

  /** Devices have a KMS host registered with another port than it listens on. */
  public static final String CLIENTS_MUST_REREGISTER = "CLIENTS_MUST_REREGISTER";

  /** An interval that a KMS host hands out is outside of what Windows allows. */
  public static final String INTERVAL_OUT_OF_RANGE = "INTERVAL_OUT_OF_RANGE";

  /** A device is marked to be shipped and not licensed. */
  public static final String NOT_READY_TO_SHIP = "NOT_READY_TO_SHIP";

  /** Alert on a device: its validity ends within the notice period. */
  public static final String EXPIRING_30D = "EXPIRING_30D";

  /** Alert on a device: its validity is over. */
  public static final String EXPIRED = "EXPIRED";

  private Reasons() {}
}
