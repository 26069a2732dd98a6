package io.kagimori.agent.edition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Failures;
import io.kagimori.contracts.KeysInText;
import io.kagimori.contracts.catalogue.DidYouMean;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests as lines of a table. The columns are the fields of the request, those of a nested value
 * with a dot ({@code oem.product}); several values of one cell are separated by a semicolon.
 */
final class RequestTable {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private RequestTable() {}

  /**
   * The requests of a file.
   *
   * @param defaults values for columns that the table does not have or leaves empty
   */
  static <E extends Event> List<E> read(Path file, Class<E> type, Map<String, Object> defaults) {
    Map<String, Class<?>> columns = columns(type);
    List<E> requests = new ArrayList<>();
    String text = text(file);
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(text)) {
      for (NamedCsvRecord row : rows) {
        requests.add(request(row, type, columns, defaults));
      }
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw CommandFailure.usage(Failures.USAGE, file + " is not a table with a header line.");
    }
    if (requests.isEmpty()) {
      throw CommandFailure.usage(Failures.USAGE, file + " names no device.");
    }
    return requests;
  }

  private static String text(Path file) {
    if (!Files.isReadable(file)) {
      throw CommandFailure.usage(Failures.USAGE, file + " does not exist or may not be read.");
    }
    try {
      String text = Files.readString(file);
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (IOException e) {
      throw CommandFailure.usage(Failures.USAGE, file + " cannot be read as UTF-8.");
    }
  }

  private static Map<String, Class<?>> columns(Class<?> type) {
    Map<String, Class<?>> columns = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType().isRecord()) {
        columns(component.getType())
            .forEach((name, inner) -> columns.put(component.getName() + "." + name, inner));
      } else {
        columns.put(component.getName(), component.getType());
      }
    }
    return columns;
  }

  private static <E extends Event> E request(
      NamedCsvRecord row,
      Class<E> type,
      Map<String, Class<?>> columns,
      Map<String, Object> defaults) {
    ObjectNode document = EventJson.mapper().createObjectNode();
    defaults.forEach((name, value) -> document.set(name, EventJson.mapper().valueToTree(value)));
    for (Map.Entry<String, String> cell : row.getFieldsAsMap().entrySet()) {
      String name = cell.getKey().strip();
      Class<?> kind = columns.get(name);
      if (kind == null) {
        throw unknown(name, columns);
      }
      if (!cell.getValue().isBlank()) {
        put(document, name, kind, cell.getValue().strip());
      }
    }
    return checked(row, document, type);
  }

  private static CommandFailure unknown(String name, Map<String, Class<?>> columns) {
    List<String> near = DidYouMean.among(name, columns.keySet());
    String meant = near.isEmpty() ? "" : " Did you mean " + String.join(", ", near) + "?";
    return CommandFailure.usage(Failures.USAGE, "Nobody knows the column '" + name + "'." + meant);
  }

  private static void put(ObjectNode document, String name, Class<?> kind, String value) {
    int dot = name.indexOf('.');
    if (dot > 0) {
      ObjectNode inner = document.withObjectProperty(name.substring(0, dot));
      put(inner, name.substring(dot + 1), kind, value);
    } else if (kind == List.class) {
      List<String> values = List.of(value.split("\\s*;\\s*"));
      document.set(name, EventJson.mapper().valueToTree(values));
    } else {
      document.put(name, value);
    }
  }

  private static <E extends Event> E checked(
      NamedCsvRecord row, ObjectNode document, Class<E> type) {
    KeysInText.field(document)
        .ifPresent(
            field -> {
              throw CommandFailure.usage(
                  KeysInText.FULL_KEY_REFUSED,
                  "Line %d holds a full product key as %s. Name the key by its id."
                      .formatted(row.getStartingLineNumber(), field));
            });
    E request;
    try {
      request = EventJson.mapper().convertValue(document, type);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          Failures.USAGE, "Line %d cannot be read.".formatted(row.getStartingLineNumber()));
    }
    Fields fields = new Fields();
    request.check(fields);
    fields
        .invalid()
        .ifPresent(
            field -> {
              throw CommandFailure.usage(
                  Failures.USAGE,
                  "Line %d needs a usable %s.".formatted(row.getStartingLineNumber(), field));
            });
    return request;
  }
}
