package io.kagimori.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A list of resources as the answer of a command.
 *
 * @param items the resources as the service gave them
 */
public record Listing(List<JsonNode> items) {

  /** A field as text for a table; empty when it is absent. */
  public static String cell(JsonNode item, String field) {
    JsonNode value = item.path(field);
    return value.isValueNode() ? value.asText("") : value.isMissingNode() ? "" : value.toString();
  }

  /** Prints the list as a document, or as a table of the fields named. */
  public void print(Output output, String... fields) {
    if (output.json()) {
      output.document(this);
      return;
    }
    TextTable table = new TextTable(fields);
    for (JsonNode item : items) {
      Object[] cells = new Object[fields.length];
      for (int i = 0; i < fields.length; i++) {
        cells[i] = cell(item, fields[i]);
      }
      table.row(cells);
    }
    table.lines().forEach(output::line);
  }

  /** Prints one resource as a document, or field by field. */
  public static void printOne(Output output, JsonNode item) {
    if (output.json()) {
      output.document(item);
      return;
    }
    TextTable table = new TextTable("field", "value");
    item.fieldNames().forEachRemaining(field -> table.row(field, cell(item, field)));
    table.lines().stream().skip(1).forEach(output::line);
  }
}
