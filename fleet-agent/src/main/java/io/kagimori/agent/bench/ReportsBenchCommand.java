package io.kagimori.agent.bench;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.local.TemporaryStack;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Device reports published and stored beside a plain producer and a plain insert. */
@Command(
    name = "reports",
    description = {
      "Measures device reports from publishing to activation-service's database.",
      "Beside it, in the same run: a producer that only publishes the same reports, and a program"
          + " that only inserts them in batches. Every report is looked for afterwards."
    },
    footerHeading = "%nExample:%n",
    footer = "  kagimori bench reports --reports 100000 --rounds 3 --json")
public final class ReportsBenchCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Option(names = "--reports", paramLabel = "N", defaultValue = "100000", description = "A round.")
  private int reports;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Of each.")
  private int rounds;

  @Override
  public Integer call() throws SQLException {
    if (reports < 1 || rounds < 1) {
      throw CommandFailure.usage("INVALID_VALUE", "All figures must be 1 or more.");
    }
    try (TemporaryStack own = TemporaryStack.start("bench", output, List.of("activation"));
        ReportsBench bench = new ReportsBench(own.stack(), output::note)) {
      ReportsReport report = bench.measure(reports, rounds);
      print(report);
      return report.complete() ? 0 : 1;
    }
  }

  private void print(ReportsReport report) {
    if (output.json()) {
      output.document(report);
      return;
    }
    output.line("reports a round          " + report.reports());
    output.line("plain producer, 1/s      " + report.producerPerSecond());
    output.line("plain insert, 1/s        " + report.insertPerSecond());
    output.line("stored, 1/s              " + report.storedPerSecond());
    output.line("ratio to the producer    " + report.ratioToProducer());
    output.line(
        "ratio to the insert      " + output.strong(Double.toString(report.ratioToInsert())));
    output.line("rows found               " + report.stored());
    output.line("where the time goes      " + report.whereTimeGoes());
  }
}
