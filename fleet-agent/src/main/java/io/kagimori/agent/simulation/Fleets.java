package io.kagimori.agent.simulation;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Failures;
import io.kagimori.agent.cli.Output;
import java.util.Map;

/** What the commands that run fleets have in common: limits, and how a summary is shown. */
final class Fleets {
  /** Beyond this the whole run no longer fits into memory. */
  static final int DEVICES_MAX = 200_000;

  private Fleets() {}

  static void require(int devices, int rate) {
    if (devices < 1 || devices > DEVICES_MAX) {
      throw CommandFailure.usage(
          Failures.USAGE, "--devices must be from 1 to %d.".formatted(DEVICES_MAX));
    }
    if (rate < 0) {
      throw CommandFailure.usage(Failures.USAGE, "--rate must not be negative.");
    }
  }

  /** Prints the summary; the exit code says whether all is well. */
  static int print(Output output, FleetSummary summary) {
    if (output.json()) {
      output.document(summary);
    } else {
      printText(output, summary);
    }
    if (summary.findings() != null) {
      summary.findings().forEach(output::note);
    }
    if (summary.editions() != null && summary.editions().findings() != null) {
      summary.editions().findings().forEach(output::note);
    }
    return summary.good() ? Exit.DONE : Exit.NO;
  }

  private static void printText(Output output, FleetSummary summary) {
    output.line(
        "%d devices, %d requests, %d answers"
            .formatted(summary.devices(), summary.requests(), summary.results()));
    output.line(
        "granted %d, confirmed %d, lost %d, duplicates %d, resent %d"
            .formatted(
                summary.granted(),
                summary.confirmed(),
                summary.lost(),
                summary.duplicates(),
                summary.resent()));
    counts(output, "refused", summary.refused());
    counts(output, "failed", summary.failed());
    counts(output, "dead letters", summary.deadLetters());
    summary
        .invariants()
        .forEach(
            (name, ok) ->
                output.line("  " + name + ": " + (ok ? output.good("ok") : output.bad("BROKEN"))));
    output.line(
        "latency p50 %.1f ms, p99 %.1f ms; %.1f requests a second"
            .formatted(
                summary.latencyMs().p50(), summary.latencyMs().p99(), summary.requestsPerSecond()));
    if (summary.editions() != null) {
      printText(output, summary.editions());
    }
  }

  private static void printText(Output output, EditionSummary editions) {
    output.line(
        "%d edition changes, %d answers, lost %d, resent %d, %.1f s"
            .formatted(
                editions.devices(),
                editions.answers(),
                editions.lost(),
                editions.resent(),
                editions.seconds()));
    counts(output, "ended", editions.ends());
    counts(output, "reasons", editions.reasons());
    editions
        .invariants()
        .forEach(
            (name, ok) ->
                output.line("  " + name + ": " + (ok ? output.good("ok") : output.bad("BROKEN"))));
  }

  /**
   * How many devices of a fleet change their edition: one in ten, and never less than all kinds.
   */
  static int changing(int devices) {
    return Math.max(100, devices / 10);
  }

  private static void counts(Output output, String heading, Map<String, Integer> counts) {
    if (!counts.isEmpty()) {
      output.line(heading + ":");
      counts.forEach((name, count) -> output.line("  " + name + " " + count));
    }
  }
}
