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

  /** One in ten devices of a fleet runs a system whose support has ended. */
  private static final int ESU_SHARE = 10;

  /** Fewer would not show every case. */
  private static final int ESU_MIN = 70;

  private Fleets() {}

  /** How many devices of a fleet take part in ESU. */
  static int esuDevices(int devices) {
    return Math.max(ESU_MIN, devices / ESU_SHARE);
  }

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
    if (summary.editions() != null) {
      printText(output, summary.editions());
    }
    if (summary.esu() != null) {
      EsuSummary esu = summary.esu();
      output.line(
          "ESU: %d devices, %d enrolments, entitled %d, lapsed %d, updates diagnosed %d"
              .formatted(
                  esu.devices(), esu.requests(), esu.entitled(), esu.lapsed(), esu.diagnosed()));
      counts(output, "ESU refused", esu.refused());
    }
    summary
        .invariants()
        .forEach(
            (name, ok) ->
                output.line("  " + name + ": " + (ok ? output.good("ok") : output.bad("BROKEN"))));
    output.line(
        "latency p50 %.1f ms, p99 %.1f ms; %.1f requests a second"
            .formatted(
                summary.latencyMs().p50(), summary.latencyMs().p99(), summary.requestsPerSecond()));
  }

  private static void printText(Output output, EditionSummary editions) {
    output.line(
        "editions: %d changes, %d answers in %.1f s"
            .formatted(editions.devices(), editions.answers(), editions.seconds()));
    counts(output, "edition changes ended", editions.ends());
    counts(output, "edition changes refused or failed", editions.reasons());
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
