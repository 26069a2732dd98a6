package io.kagimori.agent.edition;

import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.RequestCheck;
import io.kagimori.agent.cli.WriteOptions;
import io.kagimori.agent.request.InstallationOptions;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionReimageRequestedBuilder;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyKind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  @Mixin private WriteOptions write;
  @Mixin private InstallationOptions installation;
  @Mixin private RolloutOptions rollout;

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

  @Option(
      names = "--kms-host",
      paramLabel = "HOST",
      description = "With --dry-run: a KMS host that all devices reach.")
  private String kmsHost;

  @Override
  public Integer call() {
    List<EditionReimageRequested> reimages =
        rollout.from().map(this::many).orElseGet(() -> List.of(one()));
    if (rollout.dryRun()) {
      Map<String, Object> body = new HashMap<>();
      body.put("devices", reimages);
      if (kmsHost != null) {
        body.put("kmsHost", kmsHost);
      }
      return new PreflightAsk(output)
          .ask(connections.editionService(), "/reimages:preflight", body, rollout.report());
    }
    return new EditionAsk(output)
        .publish(
            connections.kafka(),
            EventType.EDITION_REIMAGE_REQUESTED,
            rollout.named(reimages, write.requestId()),
            write.waitSeconds());
  }

  private EditionReimageRequested one() {
    EditionReimageRequested reimage =
        EditionReimageRequestedBuilder.builder()
            .deviceId(deviceId)
            .imageId(imageId)
            .agreementId(agreementId)
            .oem(oem())
            .maker(maker)
            .model(model)
            .keyKind(keyKind)
            .manufacturerConsent(manufacturerConsent)
            .versionRight(versionRight)
            .installationId(installation.installationId())
            .site(installation.site())
            .campaignId(rollout.campaignId())
            .wave(rollout.wave())
            .build();
    return RequestCheck.usable(reimage, "request");
  }

  private EditionReimageRequested.Oem oem() {
    return oemProduct == null && oemEdition == null && oemLanguage == null
        ? null
        : new EditionReimageRequested.Oem(oemProduct, oemEdition, oemLanguage);
  }

  private List<EditionReimageRequested> many(Path table) {
    Map<String, Object> defaults = new HashMap<>();
    defaults.put("imageId", imageId);
    defaults.put("agreementId", agreementId);
    defaults.put("maker", maker);
    defaults.put("model", model);
    defaults.put("keyKind", keyKind);
    defaults.put("site", installation.site());
    defaults.put("campaignId", rollout.campaignId());
    defaults.put("wave", rollout.wave());
    defaults.put("oem", oem());
    defaults.values().removeIf(value -> value == null);
    return RequestTable.read(table, EditionReimageRequested.class, defaults);
  }
}
