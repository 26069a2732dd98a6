package io.kagimori.esu.api;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.kagimori.contracts.event.EsuCoverageImported;
import io.kagimori.contracts.event.EsuImportSource;
import io.kagimori.contracts.event.Fields;
import io.kagimori.esu.domain.EsuPlan;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads a CSV export of Configuration Manager: the discovery property ESUValue, or rows of the
 * inventory class SoftwareLicensingProduct, whose columns carry a 0 at their end when they come out
 * of the site database. One bad row does not stop the others.
 */
final class ConfigMgrExport {
  private static final String NO_ADD_ON = "0";

  /** A day with its year in front, which no country reads in two ways. */
  private static final DateTimeFormatter PRINTED =
      new DateTimeFormatterBuilder()
          .appendPattern("[uuuu-MM-dd][uuuu/M/d][ ]['T']H:mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private final EsuPlan plan;

  ConfigMgrExport(EsuPlan plan) {
    this.plan = plan;
  }

  /**
   * A row that cannot be used.
   *
   * @param line line of the file, the header is 1
   * @param field the offending column
   * @param code stable code
   * @param detail what was found there
   */
  record RowError(long line, String field, String code, String detail) {}

  /**
   * A row that can be used.
   *
   * @param line line of the file
   * @param event what it says
   */
  record Row(long line, EsuCoverageImported event) {}

  /** Everything in a file. */
  record Content(List<Row> rows, List<RowError> errors) {}

  /** A row that cannot be used, on its way to the list of errors. */
  private static final class Unusable extends Exception {
    private final String field;
    private final String code;

    Unusable(String field, String code, String found) {
      super(found, null, false, false);
      this.field = field;
      this.code = code;
    }
  }

  /** What a column is called in the various exports. */
  private enum Column {
    DEVICE("deviceid netbiosname netbiosname0 resourcename computername name デバイス名 コンピューター名 名前"),
    ESU_VALUE("esuvalue esuvalue0"),
    ACTIVATION_ID("activationid id id0 productid"),
    STATUS("licensestatus licensestatus0 ライセンスのステータス ライセンスの状態"),
    PRODUCT("product"),
    SYSTEM(
        "operatingsystemnameand0 operatingsystemnameandversion operatingsystem caption caption0"
            + " オペレーティングシステム名とバージョン オペレーティングシステムの名前とバージョン オペレーティングシステム"),
    EDITION("edition editionid"),
    BUILD("build build0 buildnumber buildnumber0 osbuild"),
    SITE("site sitecode サイトコード"),
    COLLECTION("collection collectionname コレクション コレクション名"),
    AT("collectedat timestamp timestamp0 lasthwscan lasthwscan0 agenttime0");

    private final String names;

    Column(String names) {
      this.names = names;
    }

    List<String> names() {
      return List.of(names.split(" ", -1));
    }
  }

  /** Reads the text of a file. */
  Content read(String text) {
    List<Row> rows = new ArrayList<>();
    List<RowError> errors = new ArrayList<>();
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    Map<Column, Integer> places = new HashMap<>();
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(separator(plain))
            .commentStrategy(CommentStrategy.NONE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(plain)) {
      for (CsvRecord each : csv) {
        if (places.isEmpty()) {
          places.putAll(places(each.getFields()));
          if (!places.containsKey(Column.DEVICE)) {
            errors.add(
                new RowError(
                    each.getStartingLineNumber(),
                    "deviceId",
                    "COLUMN_MISSING",
                    "no column names the device"));
            return new Content(rows, errors);
          }
          continue;
        }
        try {
          rows.add(new Row(each.getStartingLineNumber(), event(new Cells(each, places))));
        } catch (Unusable e) {
          errors.add(new RowError(each.getStartingLineNumber(), e.field, e.code, e.getMessage()));
        }
      }
    } catch (CsvParseException | java.io.IOException | java.io.UncheckedIOException e) {
      errors.add(new RowError(0, "file", "INVALID_CSV", "the file is not readable as CSV"));
    }
    return new Content(rows, errors);
  }

  private static char separator(String text) {
    int end = text.indexOf('\n');
    String header = end < 0 ? text : text.substring(0, end);
    if (header.indexOf('\t') >= 0) {
      return '\t';
    }
    return header.indexOf(';') >= 0 && header.indexOf(',') < 0 ? ';' : ',';
  }

  /** The first of a column's names that is there; {@code Name0} alone is the license's name. */
  private static Map<Column, Integer> places(List<String> header) {
    List<String> plain =
        header.stream()
            .map(h -> h.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}ー]", ""))
            .toList();
    Map<Column, Integer> places = new HashMap<>();
    for (Column column : Column.values()) {
      column.names().stream()
          .filter(plain::contains)
          .findFirst()
          .ifPresent(name -> places.put(column, plain.indexOf(name)));
    }
    return places;
  }

  /** The cells of one row. */
  private record Cells(CsvRecord row, Map<Column, Integer> places) {
    Optional<String> get(Column column) {
      Integer at = places.get(column);
      if (at == null || at >= row.getFieldCount()) {
        return Optional.empty();
      }
      String cell = row.getField(at).strip();
      return cell.isEmpty() || cell.equalsIgnoreCase("NULL") ? Optional.empty() : Optional.of(cell);
    }
  }

  private EsuCoverageImported event(Cells cells) throws Unusable {
    String device =
        cells.get(Column.DEVICE).orElseThrow(() -> new Unusable("deviceId", "DEVICE_MISSING", ""));
    if (cells.row().getFields().stream().anyMatch(cell -> cell.indexOf('\0') >= 0)) {
      throw new Unusable("row", "INVALID_TEXT", "");
    }
    boolean value = cells.places().containsKey(Column.ESU_VALUE);
    Optional<String> id =
        cells
            .get(value ? Column.ESU_VALUE : Column.ACTIVATION_ID)
            .map(found -> found.replaceAll("[{}]", "").toLowerCase(Locale.ROOT))
            .filter(found -> !(value && found.equals(NO_ADD_ON)));
    if (id.isPresent()) {
      requireKnown(id.get());
    } else if (!value) {
      throw new Unusable("activationId", "ACTIVATION_ID_MISSING", "");
    }
    EsuCoverageImported event =
        new EsuCoverageImported(
            device,
            value ? EsuImportSource.ESU_VALUE : EsuImportSource.LICENSE_PRODUCT,
            id.orElse(null),
            value ? null : status(cells),
            cells.get(Column.PRODUCT).or(() -> product(cells)).orElse(null),
            cells.get(Column.EDITION).orElse(null),
            cells.get(Column.BUILD).orElse(null),
            cells.get(Column.SITE).orElse(null),
            cells.get(Column.COLLECTION).orElse(null),
            at(cells));
    Fields fields = new Fields();
    event.check(fields);
    if (fields.invalid().isPresent()) {
      throw new Unusable(fields.invalid().get(), "INVALID_FIELD", "");
    }
    return event;
  }

  private void requireKnown(String id) throws Unusable {
    boolean known;
    try {
      known = UUID.fromString(id).toString().equals(id) && !plan.byActivationId(id).isEmpty();
    } catch (IllegalArgumentException e) {
      known = false;
    }
    if (!known) {
      throw new Unusable("activationId", "UNKNOWN_PROGRAM", id);
    }
  }

  private static Integer status(Cells cells) throws Unusable {
    String status =
        cells
            .get(Column.STATUS)
            .orElseThrow(() -> new Unusable("licenseStatus", "STATUS_MISSING", ""));
    if (!status.matches("[0-6]")) {
      throw new Unusable("licenseStatus", "STATUS_INVALID", status);
    }
    return Integer.valueOf(status);
  }

  /** Null where the export does not say; two runs of one import must not differ in the clock. */
  private static Instant at(Cells cells) throws Unusable {
    Optional<String> text = cells.get(Column.AT);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text.get()).toInstant();
    } catch (DateTimeException e) {
      // The site database prints its times without an offset; they are UTC there.
    }
    try {
      return LocalDateTime.parse(text.get(), PRINTED).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new Unusable("collectedAt", "TIME_INVALID", text.get());
    }
  }

  private static Optional<String> product(Cells cells) {
    return cells.get(Column.SYSTEM).flatMap(SystemNames::product);
  }
}
