package io.kagimori.agent.crash;

import java.util.concurrent.ThreadLocalRandom;

/** Where chance comes from: a new seed each run, or the one that a failure printed. */
final class Seed {
  private Seed() {}

  /** {@code -Dcrash.seed=N} repeats a run; every failure names its seed. */
  static long next() {
    return Long.getLong("crash.seed", ThreadLocalRandom.current().nextLong(1_000_000_000));
  }
}
