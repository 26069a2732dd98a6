package io.kagimori.agent.bench;

import java.util.List;
import java.util.Map;

/**
 * What the bench of stages measured. Rates are events per second from the first event published to
 * the last answer read.
 *
 * @param devices devices of a round
 * @param eventsPerDevice stage events of each
 * @param floorPerSecond the plain program, each round
 * @param stagesPerSecond edition-service, each round
 * @param ratio median of the rounds' service ÷ floor
 * @param requestsPerSecond upgrade requests that the service planned, each round
 * @param whereTimeGoes share of the wall time of the last round of stages that each step of each
 *     channel took; batch is the transaction, publish the wait for the broker
 */
record StageBenchReport(
    int devices,
    int eventsPerDevice,
    List<Double> floorPerSecond,
    List<Double> stagesPerSecond,
    double ratio,
    List<Double> requestsPerSecond,
    Map<String, Double> whereTimeGoes) {}
