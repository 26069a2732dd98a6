package io.kagimori.edition.api;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.kagimori.edition.domain.Preflight;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A preflight as a table, one line a device. */
final class PreflightCsv {
  /** Media type of the table. */
  static final String MEDIA_TYPE = "text/csv";

  private PreflightCsv() {}

  static String of(Preflight.Report report) {
    StringWriter text = new StringWriter();
    // The writer keeps lines back until it is closed.
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      write(csv, report);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail", e);
    }
    return text.toString();
  }

  private static void write(CsvWriter csv, Preflight.Report report) {
    csv.writeRecord(
        "deviceId",
        "outcome",
        "reasons",
        "code",
        "toEdition",
        "method",
        "keyId",
        "rebootExpected",
        "poolKeyId",
        "warnings",
        "rules");
    for (Preflight.Foreseen device : report.devices()) {
      csv.writeRecord(
          device.deviceId(),
          device.outcome(),
          joined(device.reasons()),
          device.code(),
          device.toEdition(),
          device.method(),
          device.keyId(),
          device.rebootExpected() == null ? null : device.rebootExpected().toString(),
          device.poolKeyId(),
          joined(device.warnings()),
          joined(device.rules()));
    }
  }

  private static String joined(List<String> values) {
    return String.join("; ", values);
  }
}
