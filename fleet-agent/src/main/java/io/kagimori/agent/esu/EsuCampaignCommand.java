package io.kagimori.agent.esu;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.rest.ServiceClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What it takes to get a year onto every device of a product. */
@Command(
    name = "campaign",
    description = {
      "Plans how a year gets onto every device of a product: prerequisites, seats, waves.",
      "Exit code 1 when seats are missing."
    },
    footerHeading = "%nExample:%n",
    footer = "  kagimori esu campaign --program windows-10-esu --year 2")
final class EsuCampaignCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Option(names = "--program", required = true, description = "Id or name of the program.")
  private String program;

  @Option(names = "--year", paramLabel = "N", description = "Which year; today's when absent.")
  private Integer year;

  @Option(names = "--product", paramLabel = "SLUG", description = "Where several share it.")
  private String product;

  @Override
  public Integer call() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("year", year == null ? null : year.toString());
    query.put("product", product);
    JsonNode campaign =
        new ServiceClient("esu-service", connections.esuService())
            .get("/programs/" + ServiceClient.encoded(program) + "/campaign", query);
    if (output.json()) {
      output.document(campaign);
    } else {
      Listing.printOne(output, campaign.path("plan"));
      output.line(
          "seats available %s, missing %s"
              .formatted(campaign.path("available"), campaign.path("shortfall")));
    }
    return campaign.path("shortfall").asLong() > 0 ? Exit.NO : Exit.DONE;
  }
}
