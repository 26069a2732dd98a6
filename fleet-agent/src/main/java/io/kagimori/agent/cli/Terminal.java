package io.kagimori.agent.cli;

import java.io.Console;
import java.util.Optional;

/** Whether a person sits at both ends. */
public final class Terminal {
  private Terminal() {}

  /** The console, when standard input and output are a terminal. */
  // JDK 21 gives no console without a terminal; later ones give one always and tell when asked.
  @SuppressWarnings("SystemConsoleNull")
  public static Optional<Console> console() {
    Console console = System.console();
    return console != null && isTerminal(console) ? Optional.of(console) : Optional.empty();
  }

  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
