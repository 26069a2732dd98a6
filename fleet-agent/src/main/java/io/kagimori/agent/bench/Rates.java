package io.kagimori.agent.bench;

import java.util.List;
import java.util.stream.IntStream;

/** Rates of rounds, as the reports of all benches give them. */
final class Rates {
  private Rates() {}

  /** A rate or a time with one decimal, which is more than these machines repeat. */
  static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }

  /**
   * The median over the rounds of measured ÷ floor, with two decimals.
   *
   * @param floor rate of the plain program in each round
   * @param measured rate of what is measured in the same rounds
   */
  static double ratio(List<Double> floor, List<Double> measured) {
    double[] ratios =
        IntStream.range(0, floor.size())
            .mapToDouble(round -> measured.get(round) / floor.get(round))
            .sorted()
            .toArray();
    int upper = ratios.length / 2;
    int lower = (ratios.length - 1) / 2;
    return Math.round((ratios[lower] + ratios[upper]) / 2 * 100) / 100.0;
  }
}
