package io.kagimori.agent.cli;

/**
 * A command cannot give what was asked for. The message is one sentence for a person, the code is
 * stable for programs, the exit code tells whose turn it is.
 */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int exitCode;

  private CommandFailure(String code, int exitCode, String sentence, Throwable cause) {
    super(sentence, cause);
    this.code = code;
    this.exitCode = exitCode;
  }

  /** The outside world failed; exit code 3. */
  public static CommandFailure outside(String code, String sentence, Throwable cause) {
    return new CommandFailure(code, Exit.OUTSIDE, sentence, cause);
  }

  /** The answer is no; exit code 1. */
  public static CommandFailure no(String code, String sentence) {
    return new CommandFailure(code, Exit.NO, sentence, null);
  }

  /** The request was written wrongly; exit code 2. */
  public static CommandFailure usage(String code, String sentence) {
    return new CommandFailure(code, Exit.USAGE, sentence, null);
  }

  /** Stable code, upper snake case. */
  public String code() {
    return code;
  }

  public int exitCode() {
    return exitCode;
  }
}
