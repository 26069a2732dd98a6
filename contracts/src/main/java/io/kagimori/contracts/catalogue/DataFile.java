package io.kagimori.contracts.catalogue;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads one comma-separated data file with a header line. Whatever is wrong with a row is reported
 * with file, line and column, so that a slip in the data is found where it was made.
 */
final class DataFile {
  /** Between several values in one cell. */
  private static final String SEPARATOR = "; ";

  private DataFile() {}

  /** The rows of a class-path resource below {@code kagimori/}, each turned into a value. */
  static <T> List<T> read(String file, List<String> columns, Function<Row, T> each) {
    InputStream stream = DataFile.class.getResourceAsStream("/kagimori/" + file);
    if (stream == null) {
      throw new CatalogueDataException(file, "is not on the class path", null);
    }
    try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return read(file, reader, columns, each);
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw new CatalogueDataException(file, "cannot be read", e);
    }
  }

  /** The rows of a file outside of the class path, which takes the place of the bundled one. */
  static <T> List<T> read(Path file, List<String> columns, Function<Row, T> each) {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(file.toString(), reader, columns, each);
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw new CatalogueDataException(file.toString(), "cannot be read", e);
    }
  }

  static <T> List<T> read(String file, Reader reader, List<String> columns, Function<Row, T> each) {
    List<T> values = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    // A wrong number of fields is reported below in our own words.
    CsvReader.CsvReaderBuilder csvReader =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
    for (CsvRecord csv : csvReader.ofCsvRecord(reader)) {
      long line = csv.getStartingLineNumber();
      if (places.isEmpty()) {
        if (!csv.getFields().equals(columns)) {
          throw new CatalogueDataException(file, line, "(header)", "expected " + columns);
        }
        for (String column : columns) {
          places.put(column, places.size());
        }
        continue;
      }
      if (csv.getFieldCount() != columns.size()) {
        throw new CatalogueDataException(
            file, line, "(all)", csv.getFieldCount() + " fields instead of " + columns.size());
      }
      values.add(each.apply(new Row(file, line, places, csv)));
    }
    return List.copyOf(values);
  }

  /** Values by their id, in file order; a second row with the same id is an error. */
  static <T> Map<String, T> index(String file, List<T> values, Function<T, String> id) {
    Map<String, T> index = new LinkedHashMap<>();
    for (T value : values) {
      if (index.put(id.apply(value), value) != null) {
        throw new CatalogueDataException(file, "id " + id.apply(value) + " occurs twice", null);
      }
    }
    return index;
  }

  /** One line of the file. */
  record Row(String file, long line, Map<String, Integer> places, CsvRecord csv) {

    private static final String NO_DATE = "is not a date like 2020-01-14";

    /** The cell, which must not be empty. */
    String text(String column) {
      String value = cell(column);
      if (value.isEmpty()) {
        throw wrong(column, "is empty");
      }
      return value;
    }

    /** The cell, or absent when it is empty. */
    Optional<String> optional(String column) {
      String value = cell(column);
      return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** The parts of a cell that holds several values separated by a semicolon and a blank. */
    List<String> list(String column) {
      String value = cell(column);
      if (value.isEmpty()) {
        return List.of();
      }
      // By hand: a pattern would cost more at start than all the rest of loading.
      List<String> parts = new ArrayList<>();
      int start = 0;
      for (int end = value.indexOf(SEPARATOR); end >= 0; end = value.indexOf(SEPARATOR, start)) {
        parts.add(value.substring(start, end));
        start = end + SEPARATOR.length();
      }
      parts.add(value.substring(start));
      if (parts.contains("")) {
        throw wrong(column, "has an empty part");
      }
      return parts;
    }

    Optional<LocalDate> date(String column) {
      String value = cell(column);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      try {
        // By hand: the formatter of java.time costs more at start than reading the file.
        boolean shaped = value.length() == 10 && value.charAt(4) == '-' && value.charAt(7) == '-';
        if (shaped) {
          int year = Integer.parseInt(value, 0, 4, 10);
          int month = Integer.parseInt(value, 5, 7, 10);
          return Optional.of(LocalDate.of(year, month, Integer.parseInt(value, 8, 10, 10)));
        }
      } catch (DateTimeException | NumberFormatException e) {
        throw wrong(column, NO_DATE);
      }
      throw wrong(column, NO_DATE);
    }

    Optional<Integer> number(String column) {
      try {
        return optional(column).map(Integer::valueOf);
      } catch (NumberFormatException e) {
        throw wrong(column, "is not a number");
      }
    }

    /** The cell as a constant whose name differs in case and hyphens only. */
    <E extends Enum<E>> E constant(String column, Class<E> type) {
      String name = text(column).toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
      for (E constant : type.getEnumConstants()) {
        if (constant.name().equals(name)) {
          return constant;
        }
      }
      throw wrong(column, "is none of " + Set.of(type.getEnumConstants()));
    }

    <E extends Enum<E>> Optional<E> optionalConstant(String column, Class<E> type) {
      return cell(column).isEmpty() ? Optional.empty() : Optional.of(constant(column, type));
    }

    CatalogueDataException wrong(String column, String problem) {
      return new CatalogueDataException(file, line, column, problem);
    }

    private String cell(String column) {
      String value = csv.getField(places.get(column));
      if (!value.equals(value.strip())) {
        throw wrong(column, "has blanks around it");
      }
      return value;
    }
  }
}
