package io.kagimori.agent.kmshosts;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Group;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.SystemLanguage;
import io.kagimori.agent.cli.TextTable;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.contracts.catalogue.Language;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** KMS hosts and what is wrong with them. */
@Command(
    name = "kms-hosts",
    description = "Shows KMS hosts: counts, settings, requests and what is to be looked at.",
    subcommands = {
      KmsHostsCommand.ListHosts.class,
      KmsHostsCommand.ShowHost.class,
      KmsHostsCommand.Requests.class,
      KmsHostsCommand.MustReregister.class
    })
public final class KmsHostsCommand extends Group {

  /** Every host, one line each. */
  @Command(
      name = "list",
      description = "Lists KMS hosts, one line each.",
      footerHeading = "%nExample:%n",
      footer = "  kagimori kms-hosts list --json")
  static final class ListHosts implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Option(names = "--limit", defaultValue = "1000", description = "At most so many.")
    private int limit;

    @Override
    public Integer call() {
      List<JsonNode> hosts = service(connections).items("/kms-hosts", Map.of(), limit);
      if (output.json()) {
        output.document(new Listing(hosts));
        return Exit.DONE;
      }
      TextTable table =
          new TextTable(
              "host",
              "port",
              "state",
              "count",
              "requests",
              "failed",
              "publishing",
              "priority",
              "key",
              "last start",
              "findings");
      for (JsonNode host : hosts) {
        table.row(
            Listing.cell(host, "host"),
            Listing.cell(host, "port"),
            Listing.cell(host, "state"),
            HostTexts.count(host),
            Listing.cell(host.path("requests"), "total"),
            Listing.cell(host.path("requests"), "failed"),
            Listing.cell(host.path("reported"), "dnsPublishing"),
            Listing.cell(host.path("reported"), "priority"),
            Listing.cell(host.path("reported"), "partialKey"),
            Listing.cell(host.path("service"), "startedAt"),
            HostTexts.codes(host));
      }
      table.lines().forEach(output::line);
      return Exit.DONE;
    }
  }

  /** One host in words. */
  @Command(
      name = "show",
      description = "Shows one KMS host, with what to do about each finding.",
      footerHeading = "%nExample:%n",
      footer = "  kagimori kms-hosts show kms1.example.org --lang ja")
  static final class ShowHost implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "HOST", description = "Name of the host.")
    private String host;

    @Option(
        names = "--lang",
        paramLabel = "LANG",
        description = "en or ja; the system's language when absent.")
    private String language;

    @Override
    public Integer call() {
      JsonNode shown = service(connections).get("/kms-hosts/" + ServiceClient.encoded(host));
      if (output.json()) {
        output.document(shown);
      } else {
        Language wanted = language == null ? SystemLanguage.get() : Language.of(language);
        new HostTexts(output, wanted).print(shown);
      }
      return Exit.DONE;
    }
  }

  /** What a host's log showed. */
  @Command(name = "requests", description = "Lists the newest request of each client of a host.")
  static final class Requests implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "HOST", description = "Name of the host.")
    private String host;

    @Option(names = "--limit", defaultValue = "1000", description = "At most so many.")
    private int limit;

    @Override
    public Integer call() {
      String path = "/kms-hosts/" + ServiceClient.encoded(host) + "/requests";
      new Listing(service(connections).items(path, Map.of(), limit))
          .print(
              output,
              "client",
              "cmid",
              "required",
              "result",
              "licenseStatus",
              "remainingMinutes",
              "requestedAt");
      return Exit.DONE;
    }
  }

  /** Devices that still use another port. */
  @Command(
      name = "must-reregister",
      description = "Lists devices that have the host registered with another port.")
  static final class MustReregister implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "HOST", description = "Name of the host.")
    private String host;

    @Option(names = "--limit", defaultValue = "1000", description = "At most so many.")
    private int limit;

    @Override
    public Integer call() {
      String path = "/kms-hosts/" + ServiceClient.encoded(host) + "/must-reregister";
      new Listing(service(connections).items(path, Map.of(), limit))
          .print(output, "deviceId", "host", "port", "command");
      return Exit.DONE;
    }
  }

  private static ServiceClient service(Connections connections) {
    return new ServiceClient("activation-service", connections.activationService());
  }
}
