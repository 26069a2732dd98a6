package io.kagimori.esu.domain;

/** Whether a device may have security updates on a day. */
public enum CoverageState {
  /** It may enrol. */
  ELIGIBLE,
  COVERED,
  COVERED_BY_PLATFORM,
  /** Covered by its platform, but the sign-in that carries it is overdue. */
  AT_RISK,
  /** It was covered before and is not any more. */
  LAPSED,
  /** No program for its system, or not yet at the end of support. */
  NOT_APPLICABLE,
  /** There is a program, and something is missing for it, or it is over. */
  BLOCKED,
  /** Nobody said what system it runs. */
  UNKNOWN
}
