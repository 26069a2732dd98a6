package io.kagimori.agent.edition;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.contracts.cloudevents.EventIds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks beforehand what would happen to each device, and prints it. Nothing is sent to any. */
final class PreflightAsk {
  /** Enough for 100,000 devices on a slow machine. */
  private static final int PATIENCE_SECONDS = 120;

  /** Columns of the table; those with lists hold their values separated by a semicolon. */
  private static final List<String> COLUMNS =
      List.of(
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

  private final Output output;

  PreflightAsk(Output output) {
    this.output = output;
  }

  /**
   * Asks for all devices at once, so that they compete for the same seats.
   *
   * @param path resource of the preflight
   * @param body the requests
   * @param table where to write the outcome of each device; absent: nowhere
   */
  int ask(URI editionService, String path, Map<String, Object> body, Optional<Path> table) {
    JsonNode report =
        new ServiceClient("edition-service", editionService)
            .post(path, body, EventIds.request(), PATIENCE_SECONDS)
            .body();
    table.ifPresent(file -> write(report, file));
    if (output.json()) {
      output.document(report);
    } else {
      printText(report);
    }
    boolean refused =
        report.path("outcomes").has("REFUSED") || report.path("outcomes").has("NOT_PERMITTED");
    return refused || report.path("shortfall").asLong() > 0 ? Exit.NO : Exit.DONE;
  }

  private static void write(JsonNode report, Path file) {
    try (CsvWriter csv = CsvWriter.builder().build(file)) {
      csv.writeRecord(COLUMNS);
      for (JsonNode device : report.path("devices")) {
        csv.writeRecord(COLUMNS.stream().map(column -> cell(device.path(column))).toList());
      }
    } catch (IOException e) {
      throw CommandFailure.outside("NOT_WRITTEN", file + " could not be written.", e);
    }
  }

  private static String cell(JsonNode value) {
    return value.isArray()
        ? String.join("; ", value.valueStream().map(JsonNode::asText).toList())
        : value.asText("");
  }

  private void printText(JsonNode report) {
    output.line(
        "%d devices, %d restart"
            .formatted(report.path("total").asInt(), report.path("reboots").asInt()));
    EditionAsk.counts(output, map(report.path("outcomes")), map(report.path("reasons")));
    for (JsonNode pool : report.path("pools")) {
      output.line(
          "  key %s …%s: %d needed, %d available, %d promised, %d missing"
              .formatted(
                  pool.path("keyId").asText(),
                  pool.path("partialKey").asText(),
                  pool.path("needed").asLong(),
                  pool.path("available").asLong(),
                  pool.path("promised").asLong(),
                  pool.path("shortfall").asLong()));
    }
    report
        .path("hints")
        .forEach(
            hint ->
                output.line("  hint: " + hint.path("reason").asText() + " " + hint.path("detail")));
    report.path("devices").forEach(this::printDevice);
  }

  /** A device in one line, and below it what works instead where the service has a plan. */
  private void printDevice(JsonNode device) {
    output.line(
        "%s: %s %s"
            .formatted(
                device.path("deviceId").asText(),
                device.path("outcome").asText(),
                String.join(
                    ", ", device.path("reasons").valueStream().map(JsonNode::asText).toList()))
            .stripTrailing());
    JsonNode detail = device.path("detail");
    if (detail.hasNonNull("why")) {
      output.line("  why: " + detail.path("why").asText());
    }
    if (detail.hasNonNull("plan")) {
      output.line(
          "  works instead: "
              + detail.path("plan").properties().stream()
                  .map(field -> field.getKey() + " " + field.getValue().asText())
                  .collect(Collectors.joining(", ")));
    }
    device.path("steps").forEach(step -> output.line("  step: " + step.asText()));
  }

  private static Map<String, Integer> map(JsonNode counts) {
    Map<String, Integer> map = new TreeMap<>();
    counts.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asInt()));
    return map;
  }
}
