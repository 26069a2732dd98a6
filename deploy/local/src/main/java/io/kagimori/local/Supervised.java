package io.kagimori.local;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Keeps one {@link Part} alive: a process that ends although nobody asked for it is started again
 * after a pause that doubles with each death in a row, from 0.2 up to 10 seconds. Tests use the
 * handle to take a part away, kill it, and bring it back. Safe for use by several threads.
 */
public final class Supervised implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** Whoever lived this long was well; its next death is a first death again. */
  private static final Duration STEADY = Duration.ofSeconds(30);

  /** A part that dies this often before it ever answered will not answer. */
  private static final int DEATHS_UNTIL_HOPELESS = 3;

  private static final Duration POLL = Duration.ofMillis(50);

  private final Part part;
  private final Duration grace;

  private Process process;
  private boolean wanted;
  private long launchedAt;
  private int deathsInARow;
  private volatile int restarts;

  /**
   * Takes a part under care without starting it.
   *
   * @param part what to keep alive
   * @param grace how long the process may take to end when asked, before it is killed
   */
  public Supervised(Part part, Duration grace) {
    this.part = part;
    this.grace = grace;
  }

  public String name() {
    return part.name();
  }

  /** How often the process was started again after a death that nobody asked for. */
  public int restarts() {
    return restarts;
  }

  /** Whether a process exists now; it may not answer yet. */
  public synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Whether it answers now. */
  public boolean isReady() {
    return isRunning() && part.isReady();
  }

  /** The process id, for signals from outside. */
  public synchronized long pid() {
    if (process == null) {
      throw new IllegalStateException(part.name() + " was never started");
    }
    return process.pid();
  }

  /** Starts the process unless it runs; does not wait until it answers. */
  public synchronized void start() {
    if (wanted && isRunning()) {
      return;
    }
    wanted = true;
    deathsInARow = 0;
    launch();
  }

  /**
   * Waits until the process answers.
   *
   * @throws StackException when it does not within the time, or dies again and again; the message
   *     names the log and shows its last lines
   */
  public void awaitReady(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!isReady()) {
      if (deaths() >= DEATHS_UNTIL_HOPELESS) {
        throw failure("died %d times while starting".formatted(deaths()));
      }
      if (System.nanoTime() > deadline) {
        throw failure("did not answer within %d seconds".formatted(timeout.toSeconds()));
      }
      pause();
    }
  }

  /** Asks the process to end, waits, and kills it when the grace is over. It stays away. */
  public synchronized void stop() {
    wanted = false;
    if (!isRunning()) {
      return;
    }
    List<ProcessHandle> descendants = process.descendants().toList();
    part.terminate(process);
    if (!endsWithin(grace)) {
      process.destroyForcibly();
      descendants.forEach(ProcessHandle::destroyForcibly);
      endsWithin(grace);
    }
  }

  /**
   * Kills the process and its children without a word, as a crash would, and returns when they are
   * gone. Unlike {@link #stop} this is a death, so the process comes back by itself.
   */
  public synchronized void kill() {
    if (!isRunning()) {
      return;
    }
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    endsWithin(grace);
    long deadline = System.nanoTime() + grace.toNanos();
    while (descendants.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
      pause();
    }
  }

  /** Ends the process at once and for good, without saving anything. */
  public synchronized void discard() {
    wanted = false;
    kill();
  }

  @Override
  public void close() {
    stop();
  }

  private synchronized int deaths() {
    return deathsInARow;
  }

  private void launch() {
    launchedAt = System.nanoTime();
    try {
      process = part.launch();
    } catch (IOException e) {
      throw new StackException(
          "The process of %s could not be started: %s".formatted(part.name(), e.getMessage()), e);
    }
    Process launched = process;
    Thread.ofPlatform().daemon().name("watch-" + part.name()).start(() -> watch(launched));
  }

  /** Runs in a thread of its own for each process: waits for its end, then brings it back. */
  private void watch(Process watched) {
    try {
      watched.waitFor();
      while (isDead(watched)) {
        Thread.sleep(pauseAfterDeath());
        launchAgain(watched);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether this process ended although it was wanted, and none has taken its place. */
  private synchronized boolean isDead(Process watched) {
    return wanted && process == watched;
  }

  private synchronized Duration pauseAfterDeath() {
    boolean steady = System.nanoTime() - launchedAt > STEADY.toNanos();
    deathsInARow = steady ? 1 : deathsInARow + 1;
    int doublings = Math.min(deathsInARow - 1, 10);
    Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private synchronized void launchAgain(Process dead) {
    if (!isDead(dead)) {
      return;
    }
    restarts++;
    try {
      launch();
    } catch (StackException notNow) {
      System.err.println(notNow.getMessage());
    }
  }

  private boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("The start was interrupted.", e);
    }
  }

  private StackException failure(String what) {
    return new StackException(
        "%s %s; its log is %s%s".formatted(part.name(), what, part.log(), LogTail.of(part.log())));
  }
}
