package io.kagimori.agent.request;

import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.RequestCheck;
import io.kagimori.agent.cli.WriteOptions;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.event.ActivationAction;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationRequestedBuilder;
import io.kagimori.contracts.event.ActivationRoute;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.EventType;
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
  @Mixin private WriteOptions write;
  @Mixin private ProductOptions machine;
  @Mixin private InstallationOptions installation;
  @Mixin private KmsOptions kmsOptions;

  @Option(names = "--channel", required = true, description = "${COMPLETION-CANDIDATES}")
  private Channel channel;

  @Option(
      names = "--key",
      paramLabel = "KEY-ID",
      description = "Which key; without it a pool is chosen.")
  private String keyId;

  @Option(names = "--partial-key", paramLabel = "LAST5", description = "Which key, by its end.")
  private String partialKey;

  @Option(names = "--activation-id", paramLabel = "GUID", description = "Add-on license.")
  private String activationId;

  @Option(names = "--route", description = "${COMPLETION-CANDIDATES}; ONLINE when absent.")
  private ActivationRoute route;

  @Option(names = "--action", description = "${COMPLETION-CANDIDATES}; ACTIVATE when absent.")
  private ActivationAction action;

  @Override
  public Integer call() {
    ActivationRequested request =
        ActivationRequestedBuilder.builder()
            .deviceId(machine.deviceId())
            .product(machine.product())
            .edition(machine.edition())
            .channel(channel)
            .keyId(keyId)
            .partialKey(partialKey)
            .site(installation.site())
            .installationId(installation.installationId())
            .kms(kmsOptions.kms())
            .activationId(activationId)
            .initiator(Initiator.OPERATOR)
            .action(action)
            .route(route)
            .build();
    RequestCheck.usable(request, "request");
    UUID id = write.requestId();
    return new AnsweredRequest(output, connections.kafka())
        .run(
            EventSender.event(EventType.ACTIVATION_REQUESTED, id, Instant.now(), request),
            result -> id.toString().equals(result.requestId()),
            write.waitSeconds());
  }
}
