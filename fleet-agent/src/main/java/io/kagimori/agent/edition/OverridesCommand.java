package io.kagimori.agent.edition;

import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Group;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.WriteOptions;
import io.kagimori.agent.keys.Days;
import io.kagimori.agent.keys.Writes;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.contracts.event.ReimageOverrideRequested;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Overrides: somebody takes the responsibility for a re-image that the rules do not permit. */
@Command(
    name = "overrides",
    description = {
      "Records and lists overrides of a no on re-imaging.",
      "Each needs a document and a second approver, and ends."
    },
    subcommands = {
      OverridesCommand.ListOverrides.class,
      OverridesCommand.ShowOverride.class,
      OverridesCommand.RecordOverride.class
    })
final class OverridesCommand extends Group {
  private static final String PATH = "/reimage-overrides";

  /** Every override. */
  @Command(name = "list", description = "Lists overrides, expired ones too.")
  static final class ListOverrides implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Option(names = "--device", paramLabel = "ID", description = "Only those of this device.")
    private String deviceId;

    @Option(names = "--image", paramLabel = "ID", description = "Only those of this image.")
    private String imageId;

    @Option(names = "--limit", defaultValue = "1000", description = "At most so many.")
    private int limit;

    @Override
    public Integer call() {
      Map<String, String> query = new LinkedHashMap<>();
      query.put("deviceId", deviceId);
      query.put("imageId", imageId);
      ServiceClient editions = new ServiceClient("edition-service", connections.editionService());
      new Listing(editions.items(PATH, query, limit))
          .print(
              output,
              "overrideId",
              "deviceId",
              "imageId",
              "document",
              "requestedBy",
              "approvedBy",
              "validUntil",
              "expired");
      return Exit.DONE;
    }
  }

  /** One override. */
  @Command(name = "show", description = "Shows one override.")
  static final class ShowOverride implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;

    @Parameters(paramLabel = "OVERRIDE", description = "Id of the override.")
    private String overrideId;

    @Override
    public Integer call() {
      ServiceClient editions = new ServiceClient("edition-service", connections.editionService());
      Listing.printOne(output, editions.get(PATH + "/" + ServiceClient.encoded(overrideId)));
      return Exit.DONE;
    }
  }

  /** A new override. */
  @Command(
      name = "record",
      description = "Records an override for a device, for an image, or for one on the other.",
      footerHeading = "%nExample:%n",
      footer = {
        "  kagimori reimage overrides record o-17 --device pc-17 --document LEGAL-204 \\",
        "      --requested-by sato --approved-by tanaka --valid-until 2026-12-31"
      })
  static final class RecordOverride implements Callable<Integer> {
    @Mixin private Output output;
    @Mixin private Connections connections;
    @Mixin private WriteOptions write;

    @Parameters(paramLabel = "OVERRIDE", description = "Id of the override.")
    private String overrideId;

    @Option(names = "--device", paramLabel = "ID", description = "The device; any when absent.")
    private String deviceId;

    @Option(names = "--image", paramLabel = "ID", description = "The image; any when absent.")
    private String imageId;

    @Option(names = "--document", description = "What it rests on.")
    private String document;

    @Option(names = "--requested-by", paramLabel = "NAME", description = "Who asks.")
    private String requestedBy;

    @Option(names = "--approved-by", paramLabel = "NAME", description = "Who else approves.")
    private String approvedBy;

    @Option(names = "--valid-until", paramLabel = "DATE", description = "Its last day, UTC.")
    private LocalDate validUntil;

    @Option(names = "--comment", description = "Why.")
    private String comment;

    @Override
    public Integer call() {
      // What is missing is for the service to name: it refuses with the reason of the rule.
      ReimageOverrideRequested override =
          new ReimageOverrideRequested(
              overrideId,
              deviceId,
              imageId,
              document,
              requestedBy,
              approvedBy,
              validUntil == null ? null : Instant.parse(Days.end(validUntil)),
              comment);
      ServiceClient editions = new ServiceClient("edition-service", connections.editionService());
      return Writes.print(
          output,
          editions.post(PATH, override, write.requestId(), write.waitSeconds()),
          write.waitSeconds() > 0);
    }
  }
}
