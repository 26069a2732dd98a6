package io.kagimori.agent.request;

import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.RequestCheck;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.ActivationAttemptedBuilder;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Verdict;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reports what came of a step that was carried out on a device. */
@Command(
    name = "attempt",
    description =
        "Reports what came of a step of a granted activation; waits for the answer of a step that"
            + " ends it.",
    footerHeading = "%nExample:%n",
    footer = {
      "  kagimori request attempt --device pc-17 --request 0192… --stage ATO --failed \\",
      "      --code 0xC004F050"
    })
final class ReportAttemptCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Option(names = "--device", required = true, paramLabel = "ID", description = "The device.")
  private String deviceId;

  @Option(
      names = "--request",
      required = true,
      paramLabel = "UUID",
      description = "The activation request that the step belongs to.")
  private String requestId;

  @Option(names = "--failed", description = "The step failed; without this it succeeded.")
  private boolean failed;

  @Option(names = "--stage", description = "${COMPLETION-CANDIDATES}; ATO when absent.")
  private ActivationStage stage;

  @Option(names = "--code", description = "The code Windows printed, in any spelling.")
  private String code;

  @Option(names = "--message", description = "The text Windows printed.")
  private String message;

  @Option(names = "--license-status", description = "0 to 6.")
  private Integer licenseStatus;

  @Option(names = "--remaining-minutes", description = "Minutes left of the license state.")
  private Long remainingMinutes;

  @Option(names = "--installation-id", paramLabel = "DIGITS", description = "54 or 63 digits.")
  private String installationId;

  @Option(names = "--confirmation-id", paramLabel = "DIGITS", description = "48 digits.")
  private String confirmationId;

  @Option(names = "--event-id", paramLabel = "UUID", description = "Repeat that report.")
  private UUID eventId;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "Wait this long for the answer; 0 publishes and returns. Steps that do not end the"
              + " activation (UPK, DLV, a good IPK) are not answered (default 10).")
  private int waitSeconds;

  @Override
  public Integer call() {
    ActivationAttempted attempt =
        ActivationAttemptedBuilder.builder()
            .requestId(requestId)
            .deviceId(deviceId)
            .succeeded(!failed)
            .stage(stage)
            .code(code)
            .message(message)
            .licenseStatus(licenseStatus)
            .remainingMinutes(remainingMinutes)
            .installationId(installationId)
            .confirmationId(confirmationId)
            .build();
    RequestCheck.usable(attempt, "report");
    UUID id = eventId == null ? EventIds.request() : eventId;
    return new AnsweredRequest(output, connections.kafka())
        .run(
            EventSender.event(EventType.ACTIVATION_ATTEMPTED, id, Instant.now(), attempt),
            result -> requestId.equals(result.requestId()) && result.verdict() != Verdict.GRANTED,
            waitSeconds);
  }
}
