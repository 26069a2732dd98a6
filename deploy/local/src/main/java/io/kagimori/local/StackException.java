package io.kagimori.local;

/**
 * The outside world is not as the stack needs it: a port is taken, a jar is missing, a process does
 * not start. The message is one sentence for the person at the terminal and says what to do; the
 * command line prints it without a trace and ends with exit code 3.
 */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StackException(String sentence) {
    super(sentence);
  }

  public StackException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
