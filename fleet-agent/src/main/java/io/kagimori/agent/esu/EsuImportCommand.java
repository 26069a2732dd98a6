package io.kagimori.agent.esu;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.contracts.cloudevents.EventIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports an export of Configuration Manager. */
@Command(
    name = "import",
    description = {
      "Imports a CSV export of Configuration Manager: ESUValue, or license product rows.",
      "Exit code 1 when rows could not be used; the others are imported all the same."
    },
    footerHeading = "%nExample:%n",
    footer = "  kagimori esu import devices.csv --dry-run")
final class EsuImportCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Parameters(paramLabel = "FILE", description = "The CSV file.")
  private Path file;

  @Option(names = "--dry-run", description = "Only look what it would do.")
  private boolean dryRun;

  @Option(names = "--request-id", paramLabel = "UUID", description = "Repeat that import.")
  private UUID requestId;

  @Override
  public Integer call() {
    JsonNode report =
        new ServiceClient("esu-service", connections.esuService())
            .send(
                "/imports/configmgr",
                Map.of("dryRun", Boolean.toString(dryRun)),
                "text/csv",
                content(),
                requestId == null ? EventIds.request() : requestId);
    if (output.json()) {
      output.document(report);
    } else {
      output.line(
          "%s rows, %s covered, %s not covered, %d not usable%s"
              .formatted(
                  report.path("rows"),
                  report.path("covered"),
                  report.path("notCovered"),
                  report.path("errors").size(),
                  dryRun ? " (dry run)" : ""));
      for (JsonNode error : report.path("errors")) {
        output.line(
            "  line %s: %s %s %s"
                .formatted(
                    error.path("line"),
                    error.path("code").asText(),
                    error.path("field").asText(),
                    error.path("detail").asText()));
      }
    }
    return report.path("errors").isEmpty() ? Exit.DONE : Exit.NO;
  }

  private byte[] content() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw CommandFailure.usage(
          "FILE_UNREADABLE", "%s cannot be read: %s.".formatted(file, e.getMessage()));
    }
  }
}
