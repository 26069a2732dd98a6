package io.kagimori.contracts.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Why rows were left out, as a table of its own. */
public final class RowErrors {
  private RowErrors() {}

  /** The errors, one row each, with a header line. */
  public static String csv(List<RowError> errors) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord("line", "deviceId", "column", "code", "message");
      for (RowError error : errors) {
        csv.writeRecord(
            Long.toString(error.line()),
            Objects.requireNonNullElse(error.deviceId(), ""),
            Objects.requireNonNullElse(error.column(), ""),
            error.code(),
            error.message());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
