package io.kagimori.contracts.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a table of devices and licenses: UTF-8 with or without byte order mark, comma, semicolon or
 * tab as the header line has it. Rows of one device, source and time become one report. A bad row
 * is named with its line and reason and the others are read all the same.
 */
public final class DeviceTable {
  private final Map<String, DeviceColumn> mapping;
  private final Instant collectedAt;

  /**
   * What a table holds.
   *
   * @param rows rows behind the header
   * @param reports what the good rows report, in the order of the file
   * @param errors why the bad rows were left out
   * @param ignoredColumns columns that mean nothing here
   */
  public record Reading(
      int rows, List<DeviceReported> reports, List<RowError> errors, List<String> ignoredColumns) {}

  private record Place(String deviceId, String source, Instant at) {}

  /**
   * @param mapping column of the file to column of the table, such as {@code Computer} to {@code
   *     deviceId}; what is not mapped is found by its name
   * @param collectedAt when the rows were collected, where they do not say
   * @throws TableException when a mapping names no column of the table
   */
  public DeviceTable(Map<String, String> mapping, Instant collectedAt) {
    this.mapping = new LinkedHashMap<>();
    mapping.forEach(
        (from, to) ->
            this.mapping.put(
                DeviceColumn.folded(from),
                DeviceColumn.named(to)
                    .orElseThrow(
                        () ->
                            new TableException(
                                "COLUMN_UNKNOWN", to, "The table has no column " + to + "."))));
    this.collectedAt = collectedAt;
  }

  /**
   * Reads the bytes of a file.
   *
   * @throws TableException when it is no such table at all
   */
  public Reading read(byte[] bytes) {
    String text = text(bytes);
    CsvReader.CsvReaderBuilder reader =
        CsvReader.builder()
            .fieldSeparator(separator(text))
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
    try (CsvReader<CsvRecord> records = reader.ofCsvRecord(text)) {
      return read(records.iterator());
    } catch (CsvParseException e) {
      throw new TableException("NOT_CSV", null, "The text is no comma-separated table.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new TableException("NOT_UTF8", null, "The text is not encoded in UTF-8.");
    }
  }

  private static char separator(String text) {
    String header = text.lines().findFirst().orElse("");
    return Stream.of(',', ';', '\t')
        .max(Comparator.comparingLong(c -> header.chars().filter(h -> h == c).count()))
        .orElseThrow();
  }

  private Reading read(Iterator<CsvRecord> records) {
    if (!records.hasNext()) {
      throw new TableException("EMPTY", null, "The table has no header line.");
    }
    List<String> header = records.next().getFields();
    List<String> ignored = new ArrayList<>();
    List<Optional<DeviceColumn>> columns = columns(header, ignored);
    List<RowError> errors = new ArrayList<>();
    Map<Place, DeviceReported> reports = new LinkedHashMap<>();
    int rows = 0;
    while (records.hasNext()) {
      CsvRecord record = records.next();
      rows++;
      Cells cells = cells(record, columns, header.size(), errors);
      Optional<DeviceReported> report = cells.report(collectedAt);
      report.ifPresent(
          said ->
              reports.merge(
                  new Place(said.deviceId(), said.source(), said.collectedAt()),
                  said,
                  DeviceTable::together));
    }
    return new Reading(rows, List.copyOf(reports.values()), List.copyOf(errors), ignored);
  }

  private List<Optional<DeviceColumn>> columns(List<String> header, List<String> ignored) {
    List<Optional<DeviceColumn>> columns = new ArrayList<>();
    for (String name : header) {
      Optional<DeviceColumn> column =
          Optional.ofNullable(mapping.get(DeviceColumn.folded(name)))
              .or(() -> DeviceColumn.named(name));
      if (column.isEmpty()) {
        ignored.add(name);
      } else if (columns.contains(column)) {
        String twice = column.get().header();
        throw new TableException(
            "COLUMN_TWICE", twice, "Two columns of the file mean " + twice + ".");
      }
      columns.add(column);
    }
    if (!columns.contains(Optional.of(DeviceColumn.DEVICE_ID))) {
      throw new TableException(
          "COLUMN_MISSING",
          "deviceId",
          "No column is named deviceId; map the one that names the device to it.");
    }
    return columns;
  }

  private static Cells cells(
      CsvRecord record, List<Optional<DeviceColumn>> columns, int width, List<RowError> errors) {
    Map<DeviceColumn, String> values = new EnumMap<>(DeviceColumn.class);
    int fields = Math.min(record.getFieldCount(), width);
    for (int i = 0; i < fields; i++) {
      String value = record.getField(i).strip();
      if (columns.get(i).isPresent() && !value.isEmpty()) {
        values.put(columns.get(i).get(), value);
      }
    }
    Cells cells = new Cells(record.getStartingLineNumber(), values, errors);
    if (record.getFieldCount() != width) {
      cells.refuse(
          null,
          "FIELD_COUNT",
          "The row has %d fields and the header %d.".formatted(record.getFieldCount(), width));
    }
    return cells;
  }

  /** Rows of one device add up: the first that tells a fact of the device is believed. */
  private static DeviceReported together(DeviceReported first, DeviceReported next) {
    List<DeviceReported.License> licenses = new ArrayList<>(first.licenses());
    licenses.addAll(next.licenses());
    return DeviceReportedBuilder.builder(first)
        .edition(first.edition() == null ? next.edition() : first.edition())
        .osBuild(first.osBuild() == null ? next.osBuild() : first.osBuild())
        .language(first.language() == null ? next.language() : first.language())
        .licenses(licenses)
        .product(first.product() == null ? next.product() : first.product())
        .site(first.site() == null ? next.site() : first.site())
        .imageId(first.imageId() == null ? next.imageId() : first.imageId())
        .deployment(first.deployment() == null ? next.deployment() : first.deployment())
        .build();
  }
}
