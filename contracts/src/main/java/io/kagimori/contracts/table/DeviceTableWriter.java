package io.kagimori.contracts.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes devices and licenses with the columns that {@link DeviceTable} reads. */
public final class DeviceTableWriter {
  private static final List<DeviceColumn> COLUMNS = List.of(DeviceColumn.values());

  private final Writer target;
  private final CsvWriter csv;

  /** Writes the header line. */
  public DeviceTableWriter(Writer target) {
    this.target = target;
    csv = CsvWriter.builder().build(target);
    csv.writeRecord(Arrays.stream(DeviceColumn.values()).map(DeviceColumn::header).toList());
  }

  /** Writes a row; columns that are absent stay empty. */
  public void row(Map<DeviceColumn, String> cells) {
    csv.writeRecord(COLUMNS.stream().map(column -> cells.getOrDefault(column, "")).toList());
  }

  /** Hands everything written to the target. */
  public void flush() {
    try {
      csv.flush();
      target.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
