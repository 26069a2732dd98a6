package io.kagimori.agent.simulation;

import java.util.List;
import java.util.Map;

/**
 * What came of the ESU part of a run.
 *
 * @param devices devices with an ended system
 * @param requests enrolments sent, each counted once
 * @param results answers received, each counted once
 * @param entitled enrolments that ended in coverage
 * @param lapsed devices that lapsed when the year turned
 * @param diagnosed update reports explained
 * @param refused enrolments refused, by reason
 * @param lost requests that miss an answer
 * @param duplicates requests answered more often than planned
 * @param resent answers received again, byte for byte
 * @param invariants whether each invariant holds
 * @param findings what broke an invariant
 * @param latencyMs time from sending a request to seeing its first answer
 * @param requestsPerSecond enrolments answered in a second, through three services, while they were
 *     under way
 */
public record EsuSummary(
    int devices,
    int requests,
    int results,
    int entitled,
    int lapsed,
    int diagnosed,
    Map<String, Integer> refused,
    int lost,
    int duplicates,
    int resent,
    Map<String, Boolean> invariants,
    List<String> findings,
    FleetSummary.Latency latencyMs,
    double requestsPerSecond)
    implements Audited {}
