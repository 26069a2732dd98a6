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
      FailuresCommand.class,
      ChecklistCommand.class,
      BundleCommand.class,
      ShipCommand.class,
      RepairCommand.class,
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

    @Option(names = "--deployment", description = "Only devices installed so: DISK_CLONE …")
    private String deployment;

    @Option(names = "--image", paramLabel = "ID", description = "Only devices of this image.")
    private String image;

    @Option(names = "--reason", description = "Only devices that fail for this reason.")
    private String reason;

    @Option(names = "--cause", description = "Only devices that fail most likely by this cause.")
    private String cause;

    @Option(
        names = "--not-ready-to-ship",
        description = "Only devices about to be handed out and not licensed.")
    private boolean notReadyToShip;

    @Option(names = "--limit", defaultValue = "1000", description = "At most so many.")
    private int limit;

    @Mixin private ViewerZone zone;

    @Override
    public Integer call() {
      Map<String, String> query = new LinkedHashMap<>();
      query.put("state", state);
      query.put("site", site);
      query.put("product", product);
      query.put("deployment", deployment);
      query.put("image", image);
      query.put("reason", reason);
      query.put("cause", cause);
      query.put("shipping", notReadyToShip ? "NOT_READY" : null);
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
          new TextTable(
              "device",
              "product",
              "edition",
              "channel",
              "status",
              "key",
              "expires on",
              "days left",
              "age (min)",
              "fails with",
              "shipping");
      for (JsonNode device : devices) {
        table.row(
            Listing.cell(device, "deviceId"),
            Listing.cell(device, "product"),
            Listing.cell(device, "edition"),
            Listing.cell(device, "channel"),
            Listing.cell(device, "licenseStatusName"),
            Listing.cell(device, "partialKey"),
            zone.expiry(device.path("expiry")),
            Listing.cell(device.path("expiry"), "daysLeft"),
            Listing.cell(device, "ageMinutes"),
            failure(device.path("trouble")),
            Listing.cell(device.path("shipping"), "state"));
      }
      table.lines().forEach(output::line);
    }

    private static String failure(JsonNode trouble) {
      JsonNode failures = trouble.path("failures");
      return trouble.path("state").asText().equals("FAILING") && !failures.isEmpty()
          ? Listing.cell(failures.get(failures.size() - 1), "reason")
          : "";
    }
  }

  /** One device. */
  @Command(name = "show", description = "Shows one device with its history.")
  static final class ShowDevice implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "DEVICE", description = "Id of the device.")
    private String deviceId;

    @Mixin private ViewerZone zone;

    @Override
    public Integer call() {
      JsonNode device =
          new ServiceClient("activation-service", connections.activationService())
              .get("/devices/" + ServiceClient.encoded(deviceId));
      Listing.printOne(output, device);
      if (!output.json() && device.path("expiry").hasNonNull("at")) {
        output.line(
            "expires on %s, %s days left"
                .formatted(
                    zone.expiry(device.path("expiry")),
                    device.path("expiry").path("daysLeft").asText()));
      }
      return Exit.DONE;
    }
  }
}
