package io.kagimori.esu.domain;

/**
 * Stable codes of refusals, lapses, diagnoses and warnings that this service gives. Never reused.
 */
public final class Reasons {
  public static final String UNKNOWN_PROGRAM = "UNKNOWN_PROGRAM";
  public static final String UNKNOWN_YEAR = "UNKNOWN_YEAR";
  public static final String NOT_APPLICABLE = "NOT_APPLICABLE";
  public static final String PROGRAM_MISMATCH = "PROGRAM_MISMATCH";
  public static final String INCOMPLETE_ESU = "INCOMPLETE_ESU";
  public static final String EDITION_NOT_ELIGIBLE = "EDITION_NOT_ELIGIBLE";
  public static final String OEM_ONLY = "OEM_ONLY";
  public static final String NOT_ON_SALE = "NOT_ON_SALE";
  public static final String PLATFORM_ONLY = "PLATFORM_ONLY";
  public static final String ACTIVATION_ID_UNKNOWN = "ACTIVATION_ID_UNKNOWN";
  public static final String VERSION_NOT_ELIGIBLE = "VERSION_NOT_ELIGIBLE";
  public static final String SERVICE_PACK_MISSING = "SERVICE_PACK_MISSING";
  public static final String BUILD_TOO_OLD = "BUILD_TOO_OLD";
  public static final String PREREQ_MISSING = "PREREQ_MISSING";
  public static final String EARLIER_YEAR_MISSING = "EARLIER_YEAR_MISSING";
  public static final String COVERAGE_NOT_STARTED = "COVERAGE_NOT_STARTED";
  public static final String COVERAGE_ENDED = "COVERAGE_ENDED";
  public static final String ALREADY_ENTITLED = "ALREADY_ENTITLED";
  public static final String ALREADY_REQUESTED = "ALREADY_REQUESTED";

  public static final String PLATFORM_NOT_INCLUDED = "PLATFORM_NOT_INCLUDED";
  public static final String ARC_LICENSE_INACTIVE = "ARC_LICENSE_INACTIVE";
  public static final String OVER_LINKED = "OVER_LINKED";

  /** Warning: the sign-in that an entitlement hangs on is older than 22 days. */
  public static final String ENTITLEMENT_AT_RISK = "ENTITLEMENT_AT_RISK";

  /** The sign-in is older than 30 days. */
  public static final String ENTITLEMENT_LAPSED = "ENTITLEMENT_LAPSED";

  /** Lapse: the year is over and the next one is not there. */
  public static final String YEAR_ENDED = "YEAR_ENDED";

  /** Lapse: the device says that the add-on is no longer licensed. */
  public static final String NOT_LICENSED = "NOT_LICENSED";

  /** Sources disagree on whether the device is covered. */
  public static final String SOURCE_DISCREPANCY = "DISCREPANCY";

  /** Warning: nobody said whether the prerequisites are there. */
  public static final String PREREQ_UNVERIFIED = "PREREQ_UNVERIFIED";

  /** Warning: the program's data is not well founded. */
  public static final String LOW_CONFIDENCE = "LOW_CONFIDENCE";

  /** Warning: the year is over; it is caught up with, because a later one needs it. */
  public static final String CATCH_UP_YEAR = "CATCH_UP_YEAR";

  public static final String ESU_NOT_ACTIVATED = "ESU_NOT_ACTIVATED";
  public static final String PLATFORM_UNSUPPORTED = "PLATFORM_UNSUPPORTED";
  public static final String INSTALLED_PENDING_REBOOT = "INSTALLED_PENDING_REBOOT";
  public static final String UPDATE_REVERTED = "REVERTED";
  public static final String PACKAGE_ONLY = "PACKAGE_ONLY";
  public static final String UPDATE_FAILED = "UPDATE_FAILED";
  public static final String UNKNOWN_CODE = "UNKNOWN_CODE";
  public static final String RETRY_PROPOSED = "RETRY_PROPOSED";

  /** Campaign: seats are missing, and a key bought now takes days to appear. */
  public static final String PROCUREMENT_PENDING = "PROCUREMENT_PENDING";

  private Reasons() {}
}
