package io.kagimori.agent.request;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Failures;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.ActivationAction;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationRoute;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Fields;
import io.kagimori.contracts.event.Initiator;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks for the activation of a device. */
@Command(
    name = "activation",
    description = "Asks for the activation of a device and waits for the answer.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kagimori request activation --device pc-17 --product windows-11 --edition Enterprise \\",
      "      --channel MAK",
      "  kagimori request activation --device pc-18 --product windows-11 --edition Enterprise \\",
      "      --channel KMS --kms-host kms1.example.org --cmid 8a1e2b54-6a4b-4c26-9a1c-2f2b7c1d0e11"
    })
final class RequestActivationCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Option(names = "--device", required = true, paramLabel = "ID", description = "The device.")
  private String deviceId;

  @Option(names = "--product", required = true, paramLabel = "SLUG", description = "windows-11 …")
  private String product;

  @Option(names = "--edition", required = true, description = "EditionID as DISM prints it.")
  private String edition;

  @Option(names = "--channel", required = true, description = "${COMPLETION-CANDIDATES}")
  private Channel channel;

  @Option(
      names = "--key",
      paramLabel = "KEY-ID",
      description = "Which key; without it a pool is chosen.")
  private String keyId;

  @Option(names = "--partial-key", paramLabel = "LAST5", description = "Which key, by its end.")
  private String partialKey;

  @Option(names = "--site", description = "Label of the site.")
  private String site;

  @Option(names = "--installation-id", paramLabel = "DIGITS", description = "54 or 63 digits.")
  private String installationId;

  @Option(names = "--activation-id", paramLabel = "GUID", description = "Add-on license.")
  private String activationId;

  @Option(names = "--kms-host", paramLabel = "HOST", description = "The KMS host; KMS needs it.")
  private String kmsHost;

  @Option(names = "--kms-port", paramLabel = "PORT", description = "Its port; 1688 when absent.")
  private Integer kmsPort;

  @Option(names = "--cmid", description = "Client machine id; KMS needs it.")
  private String cmid;

  @Option(names = "--route", description = "${COMPLETION-CANDIDATES}; ONLINE when absent.")
  private ActivationRoute route;

  @Option(names = "--action", description = "${COMPLETION-CANDIDATES}; ACTIVATE when absent.")
  private ActivationAction action;

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
    ActivationRequested request =
        new ActivationRequested(
            deviceId,
            product,
            edition,
            channel,
            keyId,
            partialKey,
            site,
            installationId,
            kmsHost == null && cmid == null
                ? null
                : new ActivationRequested.Kms(kmsHost, kmsPort, cmid),
            activationId,
            Initiator.OPERATOR,
            action,
            route,
            null,
            null,
            null);
    Fields fields = new Fields();
    request.check(fields);
    fields
        .invalid()
        .ifPresent(
            field -> {
              throw CommandFailure.usage(
                  Failures.USAGE, "The request needs a usable " + field + ".");
            });
    UUID id = requestId == null ? EventIds.request() : requestId;
    return new AnsweredRequest(output, connections.kafka())
        .run(
            EventSender.event(
                EventType.ACTIVATION_REQUESTED, id, Instant.now(), NoFullKeys.checked(request)),
            result -> id.toString().equals(result.requestId()),
            waitSeconds);
  }
}
