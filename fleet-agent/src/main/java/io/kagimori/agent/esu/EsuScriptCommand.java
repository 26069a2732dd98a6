package io.kagimori.agent.esu;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.rest.ServiceClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a script that puts a year onto the device it runs on. */
@Command(
    name = "script",
    description = {
      "Prints a silent script for a program and year, the key as a placeholder; with --out into a"
          + " file.",
      "Distribute it as a package that runs hidden."
    },
    footerHeading = "%nExample:%n",
    footer = "  kagimori esu script --program windows-10-esu --year 2 --format powershell")
final class EsuScriptCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Option(names = "--program", required = true, description = "Id or name of the program.")
  private String program;

  @Option(names = "--year", paramLabel = "N", description = "Which year; today's when absent.")
  private Integer year;

  @Option(names = "--product", paramLabel = "SLUG", description = "Where several share it.")
  private String product;

  @Option(names = "--format", description = "batch or powershell; batch when absent.")
  private String format;

  @Option(names = "--key", paramLabel = "KEY-ID", description = "Names the placeholder.")
  private String keyId;

  @Option(names = "--out", paramLabel = "FILE", description = "Write the script there.")
  private Path out;

  @Override
  public Integer call() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("year", year == null ? null : year.toString());
    query.put("product", product);
    query.put("format", format);
    query.put("keyId", keyId);
    JsonNode script =
        new ServiceClient("esu-service", connections.esuService())
            .get("/programs/" + ServiceClient.encoded(program) + "/script", query);
    String text = script.path("script").asText();
    if (out != null) {
      write(text);
    }
    if (output.json()) {
      output.document(script);
    } else if (out == null) {
      output.out().print(text);
    } else {
      output.line(out.toString());
    }
    script.path("advice").forEach(line -> output.note(line.asText()));
    return Exit.DONE;
  }

  private void write(String text) {
    try {
      Files.writeString(out, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw CommandFailure.outside(
          "FILE_NOT_WRITTEN", "%s cannot be written: %s.".formatted(out, e.getMessage()), e);
    }
  }
}
