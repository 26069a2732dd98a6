package io.kagimori.edition.api;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.kagimori.edition.domain.Preflight;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;

/** A preflight as a table, one line a device. */
final class PreflightCsv {
  /** Media type of the table. */
  static final String MEDIA_TYPE = "text/csv";

  private PreflightCsv() {}

  /** Writes the table while it is sent: that of a large fleet is never in memory as a whole. */
  static StreamingOutput of(Preflight.Report report) {
    return output -> {
      try (CsvWriter csv = CsvWriter.builder().build(output)) {
        write(csv, report);
      }
    };
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
