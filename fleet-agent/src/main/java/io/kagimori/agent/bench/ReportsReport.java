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
    List<Double> producer = rates(reports, rounds, Round::producer);
    List<Double> insert = rates(reports, rounds, Round::insert);
    List<Double> stored = rates(reports, rounds, Round::pipeline);
    return new ReportsReport(
        reports,
        producer,
        insert,
        stored,
        Rates.ratio(producer, stored),
        Rates.ratio(insert, stored),
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
        .map(round -> Rates.rounded(reports / seconds.applyAsDouble(round)))
        .toList();
  }
}
