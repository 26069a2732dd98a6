package io.kagimori.agent.bench;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the bench of device reports measured. Rates are reports per second, one for each round.
 *
 * @param reports device reports a round
 * @param producerPerSecond a plain producer alone, until the broker has acknowledged all
 * @param insertPerSecond a plain batch insert of the same payloads alone
 * @param storedPerSecond from the first report published to the last one stored by
 *     activation-service
 * @param ratioToProducer median of the rounds' stored ÷ producer
 * @param ratioToInsert median of the rounds' stored ÷ insert
 * @param stored rows that are in activation-service's database for each round's devices
 * @param whereTimeGoes share of the wall time of the last round that each step took
 */
record ReportsReport(
    int reports,
    List<Double> producerPerSecond,
    List<Double> insertPerSecond,
    List<Double> storedPerSecond,
    double ratioToProducer,
    double ratioToInsert,
    List<Long> stored,
    Map<String, Double> whereTimeGoes) {

  /**
   * One round.
   *
   * @param producer seconds that publishing took
   * @param insert seconds that the plain insert took
   * @param pipeline seconds from the first report published to the last one stored
   * @param stored rows found afterwards
   */
  record Round(double producer, double insert, double pipeline, long stored) {}

  static ReportsReport of(int reports, List<Round> rounds, Map<String, Double> whereTimeGoes) {
    return new ReportsReport(
        reports,
        rates(reports, rounds, Round::producer),
        rates(reports, rounds, Round::insert),
        rates(reports, rounds, Round::pipeline),
        median(rounds, round -> round.producer() / round.pipeline()),
        median(rounds, round -> round.insert() / round.pipeline()),
        rounds.stream().map(Round::stored).toList(),
        whereTimeGoes);
  }

  /** Whether every report of every round is in the database. */
  boolean complete() {
    return stored.stream().allMatch(rows -> rows == reports);
  }

  private static List<Double> rates(
      int reports, List<Round> rounds, ToDoubleFunction<Round> seconds) {
    return rounds.stream()
        .map(round -> Math.round(reports / seconds.applyAsDouble(round) * 10) / 10.0)
        .toList();
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> ratio) {
    double[] sorted = rounds.stream().mapToDouble(ratio).sorted().toArray();
    return Math.round(sorted[sorted.length / 2] * 100) / 100.0;
  }
}
