package io.kagimori.agent.devices;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.table.DeviceImport;
import io.kagimori.contracts.table.DeviceTable;
import io.kagimori.contracts.table.RowError;
import io.kagimori.contracts.table.RowErrors;
import io.kagimori.contracts.table.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads a table of devices and publishes each as a report. */
@Command(
    name = "import",
    description = {
      "Reads a table of devices and licenses and publishes each device as a report.",
      "UTF-8 with or without byte order mark; comma, semicolon or tab. A bad row is named with its",
      "line and reason, and the others are imported all the same."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kagimori devices import fleet.csv --dry-run",
      "  kagimori devices import fleet.csv --map Computer=deviceId --map Office=site --errors"
          + " bad.csv"
    })
final class ImportCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Parameters(paramLabel = "FILE", description = "The table; - is standard input.")
  private String file;

  @Option(
      names = "--map",
      paramLabel = "FROM=TO",
      description = "A column of the file and the column it means; may be repeated.")
  private Map<String, String> mapping = new LinkedHashMap<>();

  @Option(names = "--dry-run", description = "Read and check only; publish nothing.")
  private boolean dryRun;

  @Option(
      names = "--errors",
      paramLabel = "FILE",
      description = "Write the bad rows with their reasons to this file.")
  private Path errorsFile;

  /**
   * What became of the table.
   *
   * @param ok whether every row was good
   * @param dryRun whether nothing was published on purpose
   * @param rows rows behind the header
   * @param devices devices that the good rows report
   * @param published reports published
   * @param errors why the bad rows were left out
   * @param ignoredColumns columns that mean nothing here
   * @param errorsFile where the errors were written; absent when nowhere
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Imported(
      boolean ok,
      boolean dryRun,
      int rows,
      int devices,
      int published,
      List<RowError> errors,
      List<String> ignoredColumns,
      String errorsFile) {}

  @Override
  public Integer call() {
    DeviceTable.Reading reading = read();
    if (errorsFile != null) {
      writeErrors(reading.errors());
    }
    int published = dryRun ? 0 : publish(reading.reports());
    boolean ok = reading.errors().isEmpty();
    if (output.json()) {
      output.document(
          new Imported(
              ok,
              dryRun,
              reading.rows(),
              (int) reading.reports().stream().map(DeviceReported::deviceId).distinct().count(),
              published,
              reading.errors(),
              reading.ignoredColumns(),
              errorsFile == null ? null : errorsFile.toString()));
    } else {
      print(reading, published);
    }
    return ok ? Exit.DONE : Exit.NO;
  }

  private DeviceTable.Reading read() {
    boolean standardInput = file.equals("-");
    try {
      Instant at =
          standardInput ? Instant.now() : Files.getLastModifiedTime(Path.of(file)).toInstant();
      DeviceTable table = new DeviceTable(mapping, at.truncatedTo(ChronoUnit.MILLIS));
      return table.read(
          standardInput ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file)));
    } catch (TableException e) {
      throw e.code().equals("COLUMN_UNKNOWN")
          ? CommandFailure.usage(e.code(), e.getMessage())
          : CommandFailure.no(e.code(), file + ": " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw CommandFailure.no("FILE_UNREADABLE", file + ": there is no such file.");
    } catch (IOException e) {
      throw CommandFailure.no("FILE_UNREADABLE", file + " cannot be read: " + e.getMessage() + ".");
    }
  }

  private void writeErrors(List<RowError> errors) {
    try {
      Files.writeString(errorsFile, RowErrors.csv(errors));
    } catch (IOException e) {
      throw CommandFailure.outside(
          "FILE_NOT_WRITTEN", errorsFile + " cannot be written: " + e.getMessage() + ".", e);
    }
  }

  private int publish(List<DeviceReported> reports) {
    if (reports.isEmpty()) {
      return 0;
    }
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (EventSender sender = new EventSender(connections.kafka())) {
      Instant now = Instant.now();
      for (DeviceReported report : reports) {
        sender.send(
            DeviceImport.event(report, EventSender.SERVICE, now).toRecord(),
            e -> failure.compareAndSet(null, e));
      }
      sender.flush();
    }
    if (failure.get() != null) {
      throw CommandFailure.outside(
          "NOT_PUBLISHED",
          "Kafka did not take every report; import the file once more, what arrived changes"
              + " nothing.",
          failure.get());
    }
    return reports.size();
  }

  private void print(DeviceTable.Reading reading, int published) {
    output.line(
        "%d rows, %d reports, %d published, %d rows left out"
            .formatted(
                reading.rows(), reading.reports().size(), published, reading.errors().size()));
    if (!reading.ignoredColumns().isEmpty()) {
      output.line("columns without meaning: " + String.join(", ", reading.ignoredColumns()));
    }
    for (RowError error : reading.errors()) {
      String column = error.column() == null ? "" : " " + error.column();
      output.line(
          output.bad("line " + error.line() + column + " " + error.code())
              + ": "
              + error.message());
    }
  }
}
