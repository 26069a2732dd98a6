package io.kagimori.local;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * First main class of every JVM that the stack starts: runs the main class named by its first
 * argument and ends the JVM in good order as soon as standard input ends. The supervisor holds the
 * other end of that pipe, so no service outlives it, not even one killed with SIGKILL. It uses
 * nothing but the JDK, because it sits on the class path of other programs.
 */
public final class ParentWatch {
  /** What a shell reports for a process that ended on SIGTERM, which this stands for. */
  private static final int TERMINATED = 128 + 15;

  private static final long LONGEST_END_MILLIS = 30_000;

  private ParentWatch() {}

  /**
   * Runs another main class under watch.
   *
   * @param args the name of the main class, then its arguments
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    Thread.ofPlatform().daemon().name("parent-watch").start(ParentWatch::endWithParent);
    try {
      Class.forName(args[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace();
      System.exit(1);
    }
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes here; only the end of the stream means something.
      }
    } catch (IOException broken) {
      // A broken pipe is an end as well.
    }
    Thread.ofPlatform().daemon().name("parent-watch-limit").start(ParentWatch::haltIfStuck);
    System.exit(TERMINATED);
  }

  private static void haltIfStuck() {
    try {
      Thread.sleep(LONGEST_END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(TERMINATED);
  }
}
