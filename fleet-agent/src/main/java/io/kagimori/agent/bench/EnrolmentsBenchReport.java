package io.kagimori.agent.bench;

import java.util.List;
import java.util.Map;

/**
 * What the bench of enrolments measured. Rates are from the first request published to the last
 * answer read.
 *
 * @param requests enrolments of a round
 * @param floorPerSecond the plain program, each round
 * @param acceptedPerSecond from {@code esu.requests} to {@code esu.accepted}, each round
 * @param ratio median of the rounds' services ÷ floor
 * @param entitledPerSecond from {@code activation.outcomes} to {@code esu.entitled}, for the
 *     enrolments of the same round
 * @param whereTimeGoes share of the wall time of the last round that each step of each channel took
 *     until everything was accepted; batch is the transaction, publish the wait for the broker
 * @param processorsInUse processor seconds for each second of that time, by process; {@code load}
 *     is this one, with the load and, when it runs, the floor
 */
record EnrolmentsBenchReport(
    int requests,
    List<Double> floorPerSecond,
    List<Double> acceptedPerSecond,
    double ratio,
    List<Double> entitledPerSecond,
    Map<String, Double> whereTimeGoes,
    Map<String, Double> processorsInUse) {}
