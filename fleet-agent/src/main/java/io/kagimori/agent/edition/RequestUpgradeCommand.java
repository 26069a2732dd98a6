package io.kagimori.agent.edition;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Failures;
import io.kagimori.agent.cli.Output;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Fields;
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

  @Option(names = "--site", description = "Label of the site.")
  private String site;

  @Option(names = "--installation-id", paramLabel = "DIGITS", description = "54 or 63 digits.")
  private String installationId;

  @Option(names = "--kms-host", paramLabel = "HOST", description = "Activate by KMS afterwards.")
  private String kmsHost;

  @Option(names = "--cmid", description = "Client machine id; KMS needs it.")
  private String cmid;

  @Option(names = "--campaign", paramLabel = "ID", description = "The campaign it belongs to.")
  private String campaignId;

  @Option(names = "--wave", paramLabel = "N", description = "Its wave of the campaign, from 1.")
  private Integer wave;

  @Option(
      names = "--from",
      paramLabel = "FILE.csv",
      description = "A table, one device a line; other options fill what it leaves empty.")
  private Path from;

  @Option(names = "--dry-run", description = "Say what would happen and send nothing.")
  private boolean dryRun;

  @Option(
      names = "--command",
      paramLabel = "TEXT",
      description = "A DISM command to check for misspelt options first; it is not sent.")
  private String command;

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
    if (command != null) {
      DismCommand.check(command);
    }
    List<EditionUpgradeRequested> upgrades = from == null ? List.of(one()) : many();
    EditionAsk ask = new EditionAsk(output);
    if (dryRun) {
      return ask.preflight(
          connections.editionService(), "/upgrades:preflight", Map.of("devices", upgrades));
    }
    Map<UUID, EditionUpgradeRequested> requests = new LinkedHashMap<>();
    for (EditionUpgradeRequested upgrade : upgrades) {
      boolean named = requestId != null && from == null;
      requests.put(named ? requestId : EventIds.request(), upgrade);
    }
    return ask.publish(
        connections.kafka(), EventType.EDITION_UPGRADE_REQUESTED, requests, waitSeconds);
  }

  private EditionUpgradeRequested one() {
    EditionUpgradeRequested upgrade =
        new EditionUpgradeRequested(
            deviceId,
            product,
            fromEdition,
            toEdition,
            targetEditions,
            keyId,
            partialKey,
            activationKeyId,
            domainController ? true : null,
            preflightConfirmed ? true : null,
            site,
            installationId,
            kms(),
            campaignId,
            wave,
            null,
            null);
    Fields fields = new Fields();
    upgrade.check(fields);
    fields
        .invalid()
        .ifPresent(
            field -> {
              throw CommandFailure.usage(
                  Failures.USAGE, "The request needs a usable " + field + ".");
            });
    return upgrade;
  }

  private List<EditionUpgradeRequested> many() {
    Map<String, Object> defaults = new HashMap<>();
    defaults.put("product", product);
    defaults.put("fromEdition", fromEdition);
    defaults.put("toEdition", toEdition);
    defaults.put("activationKeyId", activationKeyId);
    defaults.put("preflightConfirmed", preflightConfirmed ? true : null);
    defaults.put("site", site);
    defaults.put("campaignId", campaignId);
    defaults.put("wave", wave);
    defaults.values().removeIf(value -> value == null);
    return RequestTable.read(from, EditionUpgradeRequested.class, defaults);
  }

  private ActivationRequested.Kms kms() {
    return kmsHost == null && cmid == null
        ? null
        : new ActivationRequested.Kms(kmsHost, null, cmid);
  }
}
