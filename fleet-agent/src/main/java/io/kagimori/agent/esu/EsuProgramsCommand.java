package io.kagimori.agent.esu;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.rest.ServiceClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Programs and their years. */
@Command(name = "programs", description = "Lists ESU programs and their years.")
final class EsuProgramsCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Option(names = "--product", paramLabel = "SLUG", description = "Only years for this product.")
  private String product;

  @Option(names = "--activation-id", paramLabel = "GUID", description = "Only years with this id.")
  private String activationId;

  @Option(names = "--as-of", paramLabel = "DAY", description = "Only years that cover this day.")
  private String asOf;

  @Override
  public Integer call() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("product", product);
    query.put("activationId", activationId);
    query.put("asOf", asOf);
    List<JsonNode> years = new ArrayList<>();
    new ServiceClient("esu-service", connections.esuService())
        .get("/programs", query)
        .path("items")
        .forEach(years::add);
    new Listing(years)
        .print(
            output,
            "program",
            "product",
            "year",
            "coverageStart",
            "coverageEnd",
            "activationId",
            "sale",
            "confidence");
    return Exit.DONE;
  }
}
