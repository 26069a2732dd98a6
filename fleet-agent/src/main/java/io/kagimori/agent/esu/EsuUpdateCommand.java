package io.kagimori.agent.esu;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Failures;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.SystemLanguage;
import io.kagimori.agent.explain.ExplainedCode;
import io.kagimori.agent.explain.ReasonTexts;
import io.kagimori.agent.request.EsuAnswers;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuUpdateReported;
import io.kagimori.contracts.event.EsuUpdateReportedBuilder;
import io.kagimori.contracts.event.EsuUpdateStage;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reports what became of an update and shows why it did not get onto the device. */
@Command(
    name = "update",
    description = {
      "Reports what became of an update and shows the diagnosis.",
      "Exit code 0 when the update is installed, 1 when not."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  kagimori esu update --device pc-17 --product windows-7 --edition Professional \\",
      "      --kb KB4577051 --stage REVERTED --code 80070661"
    })
final class EsuUpdateCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Option(names = "--device", required = true, paramLabel = "ID", description = "The device.")
  private String deviceId;

  @Option(names = "--kb", required = true, description = "The update, such as KB4577051.")
  private String kb;

  @Option(
      names = "--stage",
      required = true,
      description = "How far it came: ${COMPLETION-CANDIDATES}.")
  private EsuUpdateStage stage;

  @Option(names = "--code", description = "The code Windows printed, in any spelling.")
  private String code;

  @Option(names = "--message", description = "The text Windows printed.")
  private String message;

  @Option(names = "--product", paramLabel = "SLUG", description = "Where it is not known yet.")
  private String product;

  @Option(names = "--edition", description = "EditionID, where it is not known yet.")
  private String edition;

  @Option(
      names = "--updates",
      split = ",",
      paramLabel = "KB",
      description = "Installed updates, separated by commas; absent: nobody looked.")
  private List<String> updates;

  @Option(names = "--happened-at", paramLabel = "TIME", description = "When; now when absent.")
  private Instant happenedAt;

  @Option(names = "--site", description = "Label of the site.")
  private String site;

  @Option(names = "--request-id", paramLabel = "UUID", description = "Repeat that report.")
  private UUID requestId;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Wait this long for the diagnosis (default 10).")
  private int waitSeconds;

  @Override
  public Integer call() {
    EsuUpdateReported report =
        EsuUpdateReportedBuilder.builder()
            .deviceId(deviceId)
            .product(product)
            .edition(edition)
            .kb(kb)
            .stage(stage)
            .code(code)
            .message(message)
            .updates(updates)
            .happenedAt(happenedAt)
            .site(site)
            .build();
    Fields fields = new Fields();
    report.check(fields);
    fields
        .invalid()
        .ifPresent(
            field -> {
              throw CommandFailure.usage(
                  Failures.USAGE, "The report needs a usable " + field + ".");
            });
    UUID id = requestId == null ? EventIds.request() : requestId;
    Answer event = EventSender.event(EventType.ESU_UPDATE_REPORTED, id, Instant.now(), report);
    try (EventSender sender = new EventSender(connections.kafka());
        EsuAnswers answers = new EsuAnswers(connections.kafka())) {
      sender.publish(event);
      output.note("published to " + event.topic() + " as " + id + ", waiting");
      return print(
          answers
              .await(id, Duration.ofSeconds(waitSeconds))
              .orElseThrow(
                  () ->
                      CommandFailure.outside(
                          "NO_ANSWER",
                          "No answer to %s within %d seconds; the report stands."
                              .formatted(id, waitSeconds),
                          null)));
    }
  }

  private int print(EsuResult result) {
    boolean installed = result.reason() == null;
    if (output.json()) {
      output.document(result);
      return installed ? Exit.DONE : Exit.NO;
    }
    output.line(
        "%s: %s %s"
            .formatted(
                result.deviceId(),
                kb,
                installed ? output.good("INSTALLED") : output.bad(result.reason())));
    if (!installed) {
      output.line("  " + explained(result.reason()).title());
    }
    if (result.code() != null) {
      output.line("  code: " + result.code());
    }
    if (result.evidence() != null) {
      result.evidence().forEach((name, value) -> output.line("  " + name + ": " + value));
    }
    if (result.steps() != null) {
      result.steps().forEach(step -> output.line("  to do: " + step));
    }
    return installed ? Exit.DONE : Exit.NO;
  }

  private static ExplainedCode explained(String reason) {
    return ExplainedCode.of(reason, SystemLanguage.get(), ReasonTexts.load());
  }
}
