package io.kagimori.agent.edition;

import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.RequestCheck;
import io.kagimori.agent.cli.WriteOptions;
import io.kagimori.agent.request.InstallationOptions;
import io.kagimori.agent.request.KmsOptions;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.EditionUpgradeRequestedBuilder;
import io.kagimori.contracts.event.EventType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks for another edition on one device or on many. */
@Command(
    name = "upgrade",
    description = {
      "Asks for another edition on a device, or on all devices of a table, and waits for the plan.",
      "With --dry-run nothing is sent: it only says what would happen to each."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kagimori request upgrade --device srv-7 --product windows-server-2022 \\",
      "      --from-edition ServerStandard --to-edition ServerDatacenter --preflight-confirmed",
      "  kagimori request upgrade --dry-run --from fleet.csv --json",
      "      (columns: deviceId, product, fromEdition, toEdition, activationKeyId, …)"
    })
public final class RequestUpgradeCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;
  @Mixin private WriteOptions write;
  @Mixin private InstallationOptions installation;
  @Mixin private KmsOptions kmsOptions;
  @Mixin private RolloutOptions rollout;

  @Option(names = "--device", paramLabel = "ID", description = "The device.")
  private String deviceId;

  @Option(names = "--product", paramLabel = "SLUG", description = "windows-server-2022 …")
  private String product;

  @Option(names = "--from-edition", description = "Present edition; what it reported when absent.")
  private String fromEdition;

  @Option(names = "--to-edition", description = "EditionID wanted.")
  private String toEdition;

  @Option(
      names = "--target-editions",
      split = ",",
      paramLabel = "ID",
      description = "What DISM offers; what the device reported when absent.")
  private List<String> targetEditions;

  @Option(
      names = "--key",
      paramLabel = "KEY-ID",
      description = "Key for the change itself; the setup key is chosen when absent.")
  private String keyId;

  @Option(names = "--partial-key", paramLabel = "LAST5", description = "The same by its end.")
  private String partialKey;

  @Option(
      names = "--activation-key",
      paramLabel = "KEY-ID",
      description = "Key for the activation afterwards; a pool is chosen when absent.")
  private String activationKeyId;

  @Option(names = "--domain-controller", description = "The device is a domain controller.")
  private boolean domainController;

  @Option(names = "--preflight-confirmed", description = "Backup and requirements were checked.")
  private boolean preflightConfirmed;

  @Option(
      names = "--command",
      paramLabel = "TEXT",
      description = "A DISM command to check for misspelt options first; it is not sent.")
  private String command;

  @Override
  public Integer call() {
    if (command != null) {
      DismCommand.check(command);
    }
    List<EditionUpgradeRequested> upgrades =
        rollout.from().map(this::many).orElseGet(() -> List.of(one()));
    if (rollout.dryRun()) {
      return new PreflightAsk(output)
          .ask(
              connections.editionService(),
              "/upgrades:preflight",
              Map.of("devices", upgrades),
              rollout.report());
    }
    return new EditionAsk(output)
        .publish(
            connections.kafka(),
            EventType.EDITION_UPGRADE_REQUESTED,
            rollout.named(upgrades, write.requestId()),
            write.waitSeconds());
  }

  private EditionUpgradeRequested one() {
    EditionUpgradeRequested upgrade =
        EditionUpgradeRequestedBuilder.builder()
            .deviceId(deviceId)
            .product(product)
            .fromEdition(fromEdition)
            .toEdition(toEdition)
            .targetEditions(targetEditions)
            .keyId(keyId)
            .partialKey(partialKey)
            .activationKeyId(activationKeyId)
            .domainController(domainController ? true : null)
            .preflightConfirmed(preflightConfirmed ? true : null)
            .site(installation.site())
            .installationId(installation.installationId())
            .kms(kmsOptions.kms())
            .campaignId(rollout.campaignId())
            .wave(rollout.wave())
            .build();
    return RequestCheck.usable(upgrade, "request");
  }

  private List<EditionUpgradeRequested> many(Path table) {
    Map<String, Object> defaults = new HashMap<>();
    defaults.put("product", product);
    defaults.put("fromEdition", fromEdition);
    defaults.put("toEdition", toEdition);
    defaults.put("activationKeyId", activationKeyId);
    defaults.put("preflightConfirmed", preflightConfirmed ? true : null);
    defaults.put("site", installation.site());
    defaults.put("kms", kmsOptions.kms());
    defaults.put("campaignId", rollout.campaignId());
    defaults.put("wave", rollout.wave());
    defaults.values().removeIf(value -> value == null);
    return RequestTable.read(table, EditionUpgradeRequested.class, defaults);
  }
}
