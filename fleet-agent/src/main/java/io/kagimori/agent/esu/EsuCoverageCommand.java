package io.kagimori.agent.esu;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.TextTable;
import io.kagimori.agent.rest.ServiceClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether devices may have security updates, today or on any other day. */
@Command(
    name = "coverage",
    description = {
      "Counts the fleet by program, year, site, collection and state; lists devices with --list,"
          + " or shows one device.",
      "For one device the exit code is 0 when it may have updates on that day and 1 when not."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kagimori esu coverage --as-of 2026-10-14",
      "  kagimori esu coverage --state LAPSED --list --limit 50",
      "  kagimori esu coverage --device pc-17"
    })
final class EsuCoverageCommand implements Callable<Integer> {
  private static final Set<String> MAY = Set.of("COVERED", "COVERED_BY_PLATFORM", "AT_RISK");

  @Mixin private Output output;
  @Mixin private Connections connections;

  @Option(names = "--as-of", paramLabel = "DAY", description = "The day; today when absent.")
  private String asOf;

  @Option(names = "--device", paramLabel = "ID", description = "One device with its reasons.")
  private String deviceId;

  @Option(names = "--list", description = "List devices instead of counting them.")
  private boolean list;

  @Option(names = "--csv", description = "Print the whole list as CSV.")
  private boolean csv;

  @Option(names = "--program", description = "Only devices of this program.")
  private String program;

  @Option(names = "--year", paramLabel = "N", description = "Only where the day lies in this year.")
  private Integer year;

  @Option(names = "--product", paramLabel = "SLUG", description = "Only devices with it.")
  private String product;

  @Option(names = "--site", description = "Only devices of this site.")
  private String site;

  @Option(names = "--collection", description = "Only devices of this collection.")
  private String collection;

  @Option(names = "--state", description = "Only devices in this state, such as LAPSED.")
  private String state;

  @Option(names = "--discrepancy", description = "Only devices on which sources disagree.")
  private boolean discrepancy;

  @Option(names = "--failing", description = "Only devices with failing updates.")
  private boolean failing;

  @Option(names = "--limit", defaultValue = "1000", description = "At most so many in a list.")
  private int limit;

  @Override
  public Integer call() {
    ServiceClient esu = new ServiceClient("esu-service", connections.esuService());
    Map<String, String> query = query();
    if (deviceId != null) {
      JsonNode one = esu.get("/coverage/" + ServiceClient.encoded(deviceId), query);
      Listing.printOne(output, one);
      return MAY.contains(one.path("state").asText()) ? Exit.DONE : Exit.NO;
    }
    if (csv) {
      String text = esu.text("/coverage/export", query);
      if (output.json()) {
        output.document(Map.of("csv", text));
      } else {
        output.out().print(text);
      }
    } else if (list) {
      new Listing(esu.items("/coverage", query, limit))
          .print(output, "deviceId", "product", "program", "year", "site", "state", "blocked");
    } else {
      print(esu.get("/coverage/summary", query));
    }
    return Exit.DONE;
  }

  private Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("asOf", asOf);
    query.put("program", program);
    query.put("year", year == null ? null : year.toString());
    query.put("product", product);
    query.put("site", site);
    query.put("collection", collection);
    query.put("state", state);
    query.put("discrepancy", discrepancy ? "true" : null);
    query.put("failing", failing ? "true" : null);
    return query;
  }

  private void print(JsonNode summary) {
    if (output.json()) {
      output.document(summary);
      return;
    }
    TextTable table =
        new TextTable(
            "program",
            "year",
            "site",
            "collection",
            "state",
            "devices",
            "discrepancies",
            "failing");
    for (JsonNode group : summary.path("groups")) {
      table.row(
          Listing.cell(group, "program"),
          Listing.cell(group, "year"),
          Listing.cell(group, "site"),
          Listing.cell(group, "collection"),
          Listing.cell(group, "state"),
          Listing.cell(group, "devices"),
          Listing.cell(group, "discrepancies"),
          Listing.cell(group, "failing"));
    }
    output.line("coverage on " + summary.path("asOf").asText());
    table.lines().forEach(output::line);
  }
}
