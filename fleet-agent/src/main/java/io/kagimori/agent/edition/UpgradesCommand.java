package io.kagimori.agent.edition;

import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Group;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.rest.ServiceClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Upgrades that were asked for. */
@Command(
    name = "upgrades",
    description = "Shows edition upgrades and where they stand; kagimori request upgrade asks.",
    subcommands = {UpgradesCommand.ListUpgrades.class, UpgradesCommand.ShowUpgrade.class})
public final class UpgradesCommand extends Group {

  /** Many upgrades. */
  @Command(
      name = "list",
      description = "Lists upgrades.",
      footerHeading = "%nExample:%n",
      footer = "  kagimori upgrades list --state NEEDS_ACTIVATION")
  static final class ListUpgrades implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;
    @Mixin private ChangeFilter filter;

    @Override
    public Integer call() {
      ServiceClient editions = new ServiceClient("edition-service", connections.editionService());
      new Listing(editions.items("/upgrades", filter.query(), filter.limit()))
          .print(
              output,
              "requestId",
              "deviceId",
              "fromEdition",
              "toEdition",
              "state",
              "reason",
              "campaignId",
              "wave");
      return Exit.DONE;
    }
  }

  /** One upgrade. */
  @Command(name = "show", description = "Shows one upgrade with its stages and their durations.")
  static final class ShowUpgrade implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "REQUEST", description = "Id of the request.")
    private String requestId;

    @Override
    public Integer call() {
      ServiceClient editions = new ServiceClient("edition-service", connections.editionService());
      Listing.printOne(output, editions.get("/upgrades/" + ServiceClient.encoded(requestId)));
      return Exit.DONE;
    }
  }
}
