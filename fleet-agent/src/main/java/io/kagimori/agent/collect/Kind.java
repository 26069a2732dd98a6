package io.kagimori.agent.collect;

/** What a text is, recognised from its content and never from its file name. */
public enum Kind {
  /** License information, {@code slmgr /dli}. */
  SLMGR_DLI,
  /** Detailed license information of one or several products, {@code slmgr /dlv [all]}. */
  SLMGR_DLV,
  /** Expiry of the present license state, {@code slmgr /xpr}. */
  SLMGR_XPR,
  /** Short answers of {@code /ato}, {@code /ipk}, {@code /upk}, {@code /rearm} and their errors. */
  SLMGR_MESSAGE,
  /** Nothing that could be read; {@link Collected#reason()} says why. */
  UNKNOWN
}
