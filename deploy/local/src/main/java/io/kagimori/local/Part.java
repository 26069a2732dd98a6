package io.kagimori.local;

import java.io.IOException;
import java.nio.file.Path;

/**
 * One process of the stack as {@link Supervised} sees it: how to start it, how to tell that it
 * answers, how to ask it to end. A part keeps no state of its own between launches but its files.
 */
public interface Part {
  /** The name in messages and of the log file: {@code broker}, {@code key-service}. */
  String name();

  /** Where the process writes what it has to say; named in messages about its death. */
  Path log();

  /**
   * Starts the process and returns at once. Called again after a death or a stop, with the same
   * files.
   *
   * @throws IOException when the process cannot be created
   * @throws StackException when the outside world forbids it, with the reason in one sentence
   */
  Process launch() throws IOException;

  /** Whether it answers now. Called often; must return within about two seconds. */
  boolean isReady();

  /** Asks it to end and returns at once. A process that does not listen is killed later. */
  default void terminate(Process process) {
    process.destroy();
  }
}
