package io.kagimori.agent.drop;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again. Thousands of agents started by one power cut must not come back in step, so
 * every pause has a random part.
 */
final class Rhythm {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final double SPREAD = 0.2;

  private final RandomGenerator random;
  private int failures;

  Rhythm(RandomGenerator random) {
    this.random = random;
  }

  /** The usual pause, a fifth more or less. */
  Duration around(Duration pause) {
    double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
    return Duration.ofMillis(Math.max(1, Math.round(pause.toMillis() * factor)));
  }

  /**
   * The pause after one more failure: anything up to a limit that doubles each time, from one
   * second to five minutes.
   */
  Duration afterFailure() {
    long limit = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, 20));
    failures++;
    return Duration.ofMillis(1 + random.nextLong(limit));
  }

  void succeeded() {
    failures = 0;
  }
}
