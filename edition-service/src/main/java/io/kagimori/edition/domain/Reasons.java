package io.kagimori.edition.domain;

/** Stable codes that this service gives. Never reused. */
public final class Reasons {
  public static final String UNKNOWN_PRODUCT = "UNKNOWN_PRODUCT";
  public static final String UNKNOWN_EDITION = "UNKNOWN_EDITION";
  public static final String FROM_EDITION_UNKNOWN = "FROM_EDITION_UNKNOWN";
  public static final String FROM_EDITION_DIFFERS = "FROM_EDITION_DIFFERS";
  public static final String ALREADY_ON_EDITION = "ALREADY_ON_EDITION";
  public static final String CHANGE_RUNNING = "CHANGE_RUNNING";
  public static final String BLOCKED_DOMAIN_CONTROLLER = "BLOCKED_DOMAIN_CONTROLLER";
  public static final String CORE_DESKTOP_MISMATCH = "CORE_DESKTOP_MISMATCH";
  public static final String DOWNGRADE_NOT_POSSIBLE = "DOWNGRADE_NOT_POSSIBLE";
  public static final String EVAL_TARGET_NOT_POSSIBLE = "EVAL_TARGET_NOT_POSSIBLE";
  public static final String PATH_NOT_SUPPORTED = "PATH_NOT_SUPPORTED";
  public static final String PATH_NOT_CONFIRMED = "PATH_NOT_CONFIRMED";
  public static final String PATH_DISCONTINUED = "PATH_DISCONTINUED";
  public static final String METHOD_NOT_AUTOMATIC = "METHOD_NOT_AUTOMATIC";
  public static final String TARGET_NOT_OFFERED = "TARGET_NOT_OFFERED";
  public static final String PREFLIGHT_INCOMPLETE = "PREFLIGHT_INCOMPLETE";
  public static final String BLOCKED_KEY_TYPE = "BLOCKED_KEY_TYPE";
  public static final String SETUP_KEY_EDITION_MISMATCH = "SETUP_KEY_EDITION_MISMATCH";
  public static final String NO_SETUP_KEY = "NO_SETUP_KEY";
  public static final String KEY_UNKNOWN = "KEY_UNKNOWN";
  public static final String KEY_BLOCKED = "KEY_BLOCKED";
  public static final String KEY_EXPIRED = "KEY_EXPIRED";
  public static final String KEY_MODEL_MISMATCH = "KEY_MODEL_MISMATCH";
  public static final String EDITION_MISMATCH = "EDITION_MISMATCH";
  public static final String CAMPAIGN_UNKNOWN = "CAMPAIGN_UNKNOWN";
  public static final String CAMPAIGN_ENDED = "CAMPAIGN_ENDED";

  /** Warning: no pool covers the activation that follows. */
  public static final String NO_KEY = "NO_KEY";

  /** Warning: the pools hold fewer seats than are promised. */
  public static final String SHORTFALL = "SHORTFALL";

  public static final String UNKNOWN_REQUEST = "UNKNOWN_REQUEST";
  public static final String UNKNOWN_CODE = "UNKNOWN_CODE";
  public static final String KEY_NOT_EDITION_SPECIFIC = "KEY_NOT_EDITION_SPECIFIC";
  public static final String ONLINE_CHANGE_NOT_SUPPORTED = "ONLINE_CHANGE_NOT_SUPPORTED";
  public static final String DISM_OPTION_INVALID = "DISM_OPTION_INVALID";
  public static final String ELEVATION_REQUIRED = "ELEVATION_REQUIRED";
  public static final String IMAGE_DAMAGED = "IMAGE_DAMAGED";
  public static final String SET_EDITION_FAILED = "SET_EDITION_FAILED";
  public static final String VERIFY_FAILED = "VERIFY_FAILED";
  public static final String STALLED = "STALLED";
  public static final String ACTIVATION_SILENT = "ACTIVATION_SILENT";
  public static final String NOT_CARRIED_OUT = "NOT_CARRIED_OUT";
  public static final String SUPERSEDED_BY_REIMAGE = "SUPERSEDED_BY_REIMAGE";
  public static final String CAMPAIGN_CANCELLED = "CAMPAIGN_CANCELLED";
  public static final String CAMPAIGN_CLOSED = "CAMPAIGN_CLOSED";
  public static final String FAILURE_RATE_ABNORMAL = "FAILURE_RATE_ABNORMAL";

  /** Warning: features or usable memory are fewer than before the change. */
  public static final String POST_CHECK_WARNING = "POST_CHECK_WARNING";

  /** Warning: the good end was told after the change had been given up. */
  public static final String LATE_OUTCOME = "LATE_OUTCOME";

  public static final String NO_AGREEMENT = "NO_AGREEMENT";
  public static final String AGREEMENT_NOT_IN_FORCE = "AGREEMENT_NOT_IN_FORCE";
  public static final String MIN_ORDER_1 = "MIN_ORDER_1";
  public static final String CSP_NO_REIMAGING = "CSP_NO_REIMAGING";
  public static final String PROGRAM_NO_REIMAGING = "PROGRAM_NO_REIMAGING";
  public static final String CLAUSE_TO_CONFIRM = "CLAUSE_TO_CONFIRM";
  public static final String IMAGE_UNKNOWN = "IMAGE_UNKNOWN";
  public static final String LICENSE_MISSING = "LICENSE_MISSING";
  public static final String PRODUCT_DIFFERS = "PRODUCT_DIFFERS";
  public static final String VERSION_DIFFERS = "VERSION_DIFFERS";
  public static final String VERSION_RIGHT_RECORDED = "VERSION_RIGHT_RECORDED";
  public static final String EDITION_DIFFERS = "EDITION_DIFFERS";
  public static final String LANGUAGE_DIFFERS = "LANGUAGE_DIFFERS";
  public static final String OEM_IMAGE = "OEM_IMAGE";
  public static final String RECOVERY_ONLY = "RECOVERY_ONLY";
  public static final String CONSENT_REQUIRED = "CONSENT_REQUIRED";
  public static final String CONSENT_RECORDED = "CONSENT_RECORDED";
  public static final String KEY_IMAGE_MISMATCH = "KEY_IMAGE_MISMATCH";
  public static final String OTHER_ORGANIZATION = "OTHER_ORGANIZATION";
  public static final String OVERRIDE_RECORDED = "OVERRIDE_RECORDED";

  /** Warning: the maker may refuse support afterwards. */
  public static final String SUPPORT_RISK = "SUPPORT_RISK";

  /** Warning: where the image's media came from is not known. */
  public static final String SOURCE_UNKNOWN = "SOURCE_UNKNOWN";

  /** Warning: a count lock of the OEM key is lifted by telephone. */
  public static final String TELEPHONE_IF_LOCKED = "TELEPHONE_IF_LOCKED";

  /** Hint of a batch: KMS instead of a MAK. */
  public static final String KMS_PROPOSED = "KMS_PROPOSED";

  public static final String OVERRIDE_NEEDS_DOCUMENT = "OVERRIDE_NEEDS_DOCUMENT";
  public static final String OVERRIDE_NEEDS_SCOPE = "OVERRIDE_NEEDS_SCOPE";
  public static final String SECOND_APPROVER_REQUIRED = "SECOND_APPROVER_REQUIRED";
  public static final String OVERRIDE_EXPIRED = "OVERRIDE_EXPIRED";

  private Reasons() {}
}
