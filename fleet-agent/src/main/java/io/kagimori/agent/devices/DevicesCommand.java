package io.kagimori.agent.devices;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Group;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.TextTable;
import io.kagimori.agent.rest.ServiceClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Devices and their license states. */
@Command(
    name = "devices",
    description = "Lists, explains, imports and exports devices with their licenses.",
    subcommands = {
      DevicesCommand.ListDevices.class,
      DevicesCommand.ShowDevice.class,
      DiagnoseCommand.class,
      ImportCommand.class,
      ExportCommand.class
    })
public final class DevicesCommand extends Group {

  /** Many devices. */
  @Command(
      name = "list",
      description = "Lists devices.",
      footerHeading = "%nExample:%n",
      footer = "  kagimori devices list --site tokyo --limit 50 --json")
  static final class ListDevices implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Option(names = "--state", description = "Only devices in this state.")
    private String state;

    @Option(names = "--site", description = "Only devices of this site.")
    private String site;

    @Option(names = "--product", paramLabel = "SLUG", description = "Only devices with it.")
    private String product;

    @Option(names = "--limit", defaultValue = "1000", description = "At most so many.")
    private int limit;

    @Override
    public Integer call() {
      Map<String, String> query = new LinkedHashMap<>();
      query.put("state", state);
      query.put("site", site);
      query.put("product", product);
      List<JsonNode> devices =
          new ServiceClient("activation-service", connections.activationService())
              .items("/devices", query, limit);
      if (output.json()) {
        output.document(new Listing(devices));
      } else {
        print(devices);
      }
      return Exit.DONE;
    }

    private void print(List<JsonNode> devices) {
      TextTable table =
          new TextTable("device", "product", "edition", "channel", "status", "key", "expiry");
      for (JsonNode device : devices) {
        table.row(
            Listing.cell(device, "deviceId"),
            Listing.cell(device, "product"),
            Listing.cell(device, "edition"),
            Listing.cell(device, "channel"),
            Listing.cell(device, "licenseStatusName"),
            Listing.cell(device, "partialKey"),
            expiry(device.path("expiry")));
      }
      table.lines().forEach(output::line);
    }

    private static String expiry(JsonNode expiry) {
      return expiry.hasNonNull("at") ? expiry.get("at").asText() : Listing.cell(expiry, "kind");
    }
  }

  /** One device. */
  @Command(name = "show", description = "Shows one device with its history.")
  static final class ShowDevice implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "DEVICE", description = "Id of the device.")
    private String deviceId;

    @Override
    public Integer call() {
      ServiceClient devices =
          new ServiceClient("activation-service", connections.activationService());
      Listing.printOne(output, devices.get("/devices/" + ServiceClient.encoded(deviceId)));
      return Exit.DONE;
    }
  }
}
