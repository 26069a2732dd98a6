package io.kagimori.agent.bench;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What the bench measured. Rates are requests per second from the first request published to the
 * last answer read.
 *
 * @param floorPerSecond the plain program, each round
 * @param pipelinePerSecond both services, each round
 * @param ratio median of the rounds' pipeline ÷ floor
 * @param whereTimeGoes share of the wall time of the last pipeline round that each step of each
 *     channel took; batch is the transaction, publish the wait for the broker
 * @param hotKeyPerSecond grants on one single MAK
 * @param lastSeat answers to requests for one seat, by event type
 * @param floorLatencyMs the plain program at {@code latencyRate} requests per second
 * @param latencyMs both services at that rate, after a minute of it
 * @param latencyRate requests per second
 * @param startSeconds from process start to ready, by service
 * @param idleResidentMb the most that was resident in ten seconds at rest, by service
 */
record BenchReport(
    List<Double> floorPerSecond,
    List<Double> pipelinePerSecond,
    double ratio,
    Map<String, Double> whereTimeGoes,
    double hotKeyPerSecond,
    Map<String, Integer> lastSeat,
    Latency floorLatencyMs,
    Latency latencyMs,
    int latencyRate,
    Map<String, Double> startSeconds,
    Map<String, Long> idleResidentMb) {

  /** Milliseconds from publishing a request to reading its answer. */
  record Latency(long p50, long p99, long max) {
    static Latency of(Histogram measured) {
      return new Latency(
          measured.getValueAtPercentile(50),
          measured.getValueAtPercentile(99),
          measured.getMaxValue());
    }
  }
}
