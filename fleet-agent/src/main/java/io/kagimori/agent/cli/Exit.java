package io.kagimori.agent.cli;

/** Exit codes of every command. */
public final class Exit {
  /** Done, or the answer is yes. */
  public static final int DONE = 0;

  /** The answer is no: refused, invalid, an invariant broken. */
  public static final int NO = 1;

  /** The command was written wrongly. */
  public static final int USAGE = 2;

  /** The outside world failed: no broker, no service, no answer in time. */
  public static final int OUTSIDE = 3;

  private Exit() {}
}
