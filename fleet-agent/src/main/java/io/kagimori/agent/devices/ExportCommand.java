package io.kagimori.agent.devices;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.rest.ServiceClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Devices and licenses as a table. */
@Command(
    name = "export",
    description = "Writes devices and licenses as a table that import reads again.",
    footerHeading = "%nExample:%n",
    footer = "  kagimori devices export --site tokyo --out tokyo.csv --bom")
final class ExportCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Option(names = "--state", description = "Only devices in this state.")
  private String state;

  @Option(names = "--site", description = "Only devices of this site.")
  private String site;

  @Option(names = "--product", paramLabel = "SLUG", description = "Only devices with it.")
  private String product;

  @Option(names = "--bom", description = "Begin with a byte order mark, for spreadsheets.")
  private boolean bom;

  @Option(names = "--out", paramLabel = "FILE", description = "Standard output when absent.")
  private Path file;

  /**
   * What was written.
   *
   * @param rows rows behind the header
   * @param file where to; absent for the table itself
   * @param table the table, where no file was named
   */
  record Exported(long rows, String file, String table) {}

  @Override
  public Integer call() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("state", state);
    query.put("site", site);
    query.put("product", product);
    query.put("bom", bom ? "true" : null);
    String table =
        new ServiceClient("activation-service", connections.activationService())
            .text("/exports/devices", query);
    if (file != null) {
      write(table);
    }
    if (output.json()) {
      long rows = Math.max(0, table.lines().count() - 1);
      output.document(
          new Exported(rows, file == null ? null : file.toString(), file == null ? table : null));
    } else if (file == null) {
      output.out().print(table);
    } else {
      output.note("written to " + file);
    }
    return Exit.DONE;
  }

  private void write(String table) {
    try {
      Files.writeString(file, table);
    } catch (IOException e) {
      throw CommandFailure.outside(
          "FILE_NOT_WRITTEN", file + " cannot be written: " + e.getMessage() + ".", e);
    }
  }
}
