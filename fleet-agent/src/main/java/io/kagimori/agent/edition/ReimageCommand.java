package io.kagimori.agent.edition;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Decisions on re-imaging and what lifts them. */
@Command(
    name = "reimage",
    description = {
      "Shows decisions on re-imaging; records and lists overrides.",
      "kagimori request reimage asks for a decision."
    },
    subcommands = {
      ReimageCommand.ListReimages.class,
      ReimageCommand.ShowReimage.class,
      OverridesCommand.class
    })
public final class ReimageCommand extends Group {

  /** Many decisions. */
  @Command(name = "list", description = "Lists decisions and what came of them.")
  static final class ListReimages implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;
    @Mixin private ChangeFilter filter;

    @Override
    public Integer call() {
      ServiceClient editions = new ServiceClient("edition-service", connections.editionService());
      new Listing(editions.items("/reimages", filter.query(), filter.limit()))
          .print(
              output,
              "requestId",
              "deviceId",
              "decision",
              "reasons",
              "state",
              "overrideId",
              "campaignId",
              "wave");
      return Exit.DONE;
    }
  }

  /** One decision. */
  @Command(
      name = "show",
      description = {
        "Shows one decision with its rules as they were worded then.",
        "Where rules have changed since, it says how to have the device decided anew."
      })
  static final class ShowReimage implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "REQUEST", description = "Id of the request.")
    private String requestId;

    @Override
    public Integer call() {
      JsonNode decision =
          new ServiceClient("edition-service", connections.editionService())
              .get("/reimages/" + ServiceClient.encoded(requestId));
      Listing.printOne(output, decision);
      if (!output.json() && !decision.path("outdatedRules").isEmpty()) {
        output.line(
            "These rules have changed since; decide anew with: kagimori request reimage --device %s --image %s"
                .formatted(
                    decision.path("deviceId").asText(),
                    decision.path("reimage").path("imageId").asText()));
      }
      return Exit.DONE;
    }
  }
}
