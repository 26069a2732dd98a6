package io.kagimori.agent.bench;

import java.util.function.DoubleSupplier;

/** Rounds that are not measured. */
final class WarmUp {
  private static final int ROUNDS_MAX = 12;

  /** One slow round says little on a machine that others use too. */
  private static final int NO_FASTER = 3;

  private WarmUp() {}

  /**
   * Runs rounds until three in a row were no faster than the best before them. By then the JIT
   * compilers, which take more of two cores than the services do, have done what a round needs.
   *
   * @param round runs one and tells its rate
   */
  static void run(DoubleSupplier round) {
    double best = 0;
    int noFaster = 0;
    for (int i = 0; i < ROUNDS_MAX && noFaster < NO_FASTER; i++) {
      double rate = round.getAsDouble();
      noFaster = rate > best ? 0 : noFaster + 1;
      best = Math.max(best, rate);
    }
  }
}
