package io.kagimori.agent.incidents;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Group;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.rest.ServiceClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Devices that fail alike. */
@Command(
    name = "incidents",
    description = "Shows devices that fail alike as incidents, with what they share.",
    subcommands = {IncidentsCommand.ListIncidents.class, IncidentsCommand.ShowIncident.class})
public final class IncidentsCommand extends Group {

  /** Many incidents. */
  @Command(
      name = "list",
      description = "Lists incidents, newest first.",
      footerHeading = "%nExample:%n",
      footer = "  kagimori incidents list --state open --json")
  static final class ListIncidents implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Option(names = "--state", description = "Only OPEN, RECOVERED or CLOSED ones.")
    private String state;

    @Option(names = "--limit", defaultValue = "100", description = "At most so many.")
    private int limit;

    @Override
    public Integer call() {
      Map<String, String> query = new LinkedHashMap<>();
      query.put("state", state);
      List<JsonNode> incidents =
          new ServiceClient("activation-service", connections.activationService())
              .items("/incidents", query, limit);
      new Listing(incidents)
          .print(
              output,
              "incidentId",
              "state",
              "reason",
              "cause",
              "devices",
              "recovered",
              "openedAt",
              "closedAt");
      return Exit.DONE;
    }
  }

  /** One incident. */
  @Command(name = "show", description = "Shows one incident with its devices.")
  static final class ShowIncident implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "INCIDENT", description = "Id of the incident.")
    private String incidentId;

    @Override
    public Integer call() {
      ServiceClient service =
          new ServiceClient("activation-service", connections.activationService());
      Listing.printOne(output, service.get("/incidents/" + ServiceClient.encoded(incidentId)));
      return Exit.DONE;
    }
  }
}
