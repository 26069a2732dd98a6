package io.kagimori.agent.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.TextTable;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.contracts.catalogue.SetupKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The published KMS client setup keys. */
@Command(
    name = "setup-keys",
    description = "Finds the published setup key of an edition, or what a setup key covers.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kagimori setup-keys --product windows-11 --edition Enterprise",
      "  kagimori setup-keys --partial-key RHXCM"
    })
public final class SetupKeysCommand implements Callable<Integer> {
  private static final String NO_SETUP_KEY = "NO_SETUP_KEY";

  @Mixin private Output output;
  @Mixin private Connections connections;

  @Option(names = "--partial-key", paramLabel = "LAST5", description = "Last five characters.")
  private String partialKey;

  @Option(names = "--product", paramLabel = "SLUG", description = "Product, such as windows-11.")
  private String product;

  @Option(names = "--edition", description = "EditionID, such as Enterprise.")
  private String edition;

  @Override
  public Integer call() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("partialKey", partialKey);
    query.put("product", product);
    query.put("edition", edition);
    List<JsonNode> found =
        new ServiceClient("key-service", connections.keyService())
            .items("/setup-keys", query, Integer.MAX_VALUE);
    if (output.json()) {
      output.document(new Listing(found));
    } else if (found.isEmpty() && edition != null) {
      output.line(
          "%s: no published setup key for %s %s; the official list: %s"
              .formatted(
                  NO_SETUP_KEY,
                  product == null ? "any product" : product,
                  edition,
                  SetupKey.OFFICIAL_LIST));
    } else {
      print(found);
    }
    return found.isEmpty() ? Exit.NO : Exit.DONE;
  }

  private void print(List<JsonNode> found) {
    TextTable table = new TextTable("keyId", "productKey", "status", "product", "edition", "name");
    for (JsonNode key : found) {
      for (JsonNode cover : key.path("covers")) {
        table.row(
            Listing.cell(key, "keyId"),
            Listing.cell(key, "productKey"),
            Listing.cell(key, "status"),
            Listing.cell(cover, "product"),
            Listing.cell(cover, "edition"),
            Listing.cell(cover, "name"));
      }
    }
    table.lines().forEach(output::line);
  }
}
