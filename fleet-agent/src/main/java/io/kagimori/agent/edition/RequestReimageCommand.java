package io.kagimori.agent.edition;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Failures;
import io.kagimori.agent.cli.Output;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Fields;
import io.kagimori.contracts.event.KeyKind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks whether one device or many may be re-imaged. */
@Command(
    name = "reimage",
    description = {
      "Asks whether a device, or each device of a table, may be re-imaged, with the rules behind it.",
      "With --dry-run nothing is recorded."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kagimori request reimage --device pc-17 --image win11-pro-ja --agreement ea-2026 \\",
      "      --oem-product windows-11 --oem-edition Professional --oem-language ja-JP",
      "  kagimori request reimage --dry-run --from fleet.csv --image win11-pro-ja --json",
      "      (columns: deviceId, imageId, agreementId, oem.product, oem.edition, oem.language, …)"
    })
public final class RequestReimageCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Option(names = "--device", paramLabel = "ID", description = "The device.")
  private String deviceId;

  @Option(names = "--image", paramLabel = "ID", description = "A registered image.")
  private String imageId;

  @Option(names = "--agreement", paramLabel = "ID", description = "The agreement it rests on.")
  private String agreementId;

  @Option(names = "--oem-product", paramLabel = "SLUG", description = "Product of its license.")
  private String oemProduct;

  @Option(names = "--oem-edition", description = "Edition of its license.")
  private String oemEdition;

  @Option(names = "--oem-language", paramLabel = "TAG", description = "Language of its license.")
  private String oemLanguage;

  @Option(names = "--maker", description = "Maker of the device.")
  private String maker;

  @Option(names = "--model", description = "Model of the device.")
  private String model;

  @Option(names = "--key-kind", description = "Key that is to activate it: MAK, OEM …")
  private KeyKind keyKind;

  @Option(names = "--consent", paramLabel = "DOCUMENT", description = "The maker's consent.")
  private String manufacturerConsent;

  @Option(names = "--version-right", paramLabel = "DOCUMENT", description = "Downgrade right.")
  private String versionRight;

  @Option(names = "--installation-id", paramLabel = "DIGITS", description = "54 or 63 digits.")
  private String installationId;

  @Option(names = "--site", description = "Label of the site.")
  private String site;

  @Option(names = "--campaign", paramLabel = "ID", description = "The campaign it belongs to.")
  private String campaignId;

  @Option(names = "--wave", paramLabel = "N", description = "Its wave of the campaign, from 1.")
  private Integer wave;

  @Option(
      names = "--from",
      paramLabel = "FILE.csv",
      description = "A table, one device a line; other options fill what it leaves empty.")
  private Path from;

  @Option(names = "--dry-run", description = "Say what would be decided and record nothing.")
  private boolean dryRun;

  @Option(
      names = "--kms-host",
      paramLabel = "HOST",
      description = "With --dry-run: a KMS host that all devices reach.")
  private String kmsHost;

  @Option(names = "--request-id", paramLabel = "UUID", description = "Repeat that request.")
  private UUID requestId;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Wait this long for the answer; 0 publishes and returns (default 10).")
  private int waitSeconds;

  @Override
  public Integer call() {
    List<EditionReimageRequested> reimages = from == null ? List.of(one()) : many();
    EditionAsk ask = new EditionAsk(output);
    if (dryRun) {
      Map<String, Object> body = new HashMap<>();
      body.put("devices", reimages);
      if (kmsHost != null) {
        body.put("kmsHost", kmsHost);
      }
      return ask.preflight(connections.editionService(), "/reimages:preflight", body);
    }
    Map<UUID, EditionReimageRequested> requests = new LinkedHashMap<>();
    for (EditionReimageRequested reimage : reimages) {
      boolean named = requestId != null && from == null;
      requests.put(named ? requestId : EventIds.request(), reimage);
    }
    return ask.publish(
        connections.kafka(), EventType.EDITION_REIMAGE_REQUESTED, requests, waitSeconds);
  }

  private EditionReimageRequested one() {
    EditionReimageRequested reimage =
        new EditionReimageRequested(
            deviceId,
            imageId,
            agreementId,
            oem(),
            maker,
            model,
            keyKind,
            manufacturerConsent,
            versionRight,
            null,
            installationId,
            site,
            null,
            campaignId,
            wave);
    Fields fields = new Fields();
    reimage.check(fields);
    fields
        .invalid()
        .ifPresent(
            field -> {
              throw CommandFailure.usage(
                  Failures.USAGE, "The request needs a usable " + field + ".");
            });
    return reimage;
  }

  private EditionReimageRequested.Oem oem() {
    return oemProduct == null && oemEdition == null && oemLanguage == null
        ? null
        : new EditionReimageRequested.Oem(oemProduct, oemEdition, oemLanguage);
  }

  private List<EditionReimageRequested> many() {
    Map<String, Object> defaults = new HashMap<>();
    defaults.put("imageId", imageId);
    defaults.put("agreementId", agreementId);
    defaults.put("maker", maker);
    defaults.put("model", model);
    defaults.put("keyKind", keyKind);
    defaults.put("campaignId", campaignId);
    defaults.put("wave", wave);
    defaults.put("oem", oem());
    defaults.values().removeIf(value -> value == null);
    return RequestTable.read(from, EditionReimageRequested.class, defaults);
  }
}
