package io.kagimori.agent.request;

import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.RequestCheck;
import io.kagimori.agent.cli.SystemLanguage;
import io.kagimori.agent.cli.WriteOptions;
import io.kagimori.agent.explain.ExplainedCode;
import io.kagimori.agent.explain.ReasonTexts;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.event.EsuEnrolmentRequested;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuRoute;
import io.kagimori.contracts.event.EsuVerdict;
import io.kagimori.contracts.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks for a year of Extended Security Updates. */
@Command(
    name = "esu",
    description = "Asks for a year of Extended Security Updates and waits for the answer.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kagimori request esu --device pc-17 --product windows-10 --edition Enterprise \\",
      "      --os-version 22H2 --build 19045.6456 --updates KB5072653 --year 1",
      "  kagimori request esu --device vm-3 --product windows-10 --edition Enterprise \\",
      "      --route PLATFORM --platform AZURE_VM"
    })
final class RequestEsuCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;
  @Mixin private WriteOptions write;
  @Mixin private ProductOptions machine;
  @Mixin private InstallationOptions installation;

  @Option(names = "--os-version", description = "Feature version, such as 22H2.")
  private String version;

  @Option(names = "--build", description = "Build and revision, such as 19045.6456.")
  private String build;

  @Option(names = "--service-pack", paramLabel = "N", description = "Number of the service pack.")
  private Integer servicePack;

  @Option(
      names = "--updates",
      split = ",",
      paramLabel = "KB",
      description = "Installed updates, separated by commas; absent: nobody looked.")
  private List<String> updates;

  @Option(names = "--program", description = "Id or name; the one for the product when absent.")
  private String program;

  @Option(names = "--activation-id", paramLabel = "GUID", description = "The add-on license.")
  private String activationId;

  @Option(names = "--year", paramLabel = "N", description = "Which year; that of --date or today.")
  private Integer year;

  @Option(names = "--date", paramLabel = "DAY", description = "The day whose year is meant.")
  private LocalDate date;

  @Option(names = "--route", description = "${COMPLETION-CANDIDATES}; ONLINE when absent.")
  private EsuRoute route;

  @Option(names = "--platform", description = "AZURE_VM, WINDOWS_365 …; for route PLATFORM.")
  private String platform;

  @Option(names = "--signed-in-at", paramLabel = "TIME", description = "Last sign-in.")
  private Instant signedInAt;

  @ArgGroup(exclusive = false)
  private ArcOptions arc;

  @Option(names = "--key", paramLabel = "KEY-ID", description = "Which key; a pool when absent.")
  private String keyId;

  @Option(names = "--collection", description = "Label of the collection.")
  private String collection;

  @Option(names = "--activated", description = "Done already by that route: only record it.")
  private boolean activated;

  @Override
  public Integer call() {
    EsuEnrolmentRequested request =
        new EsuEnrolmentRequested(
            machine.deviceId(),
            machine.product(),
            machine.edition(),
            version,
            build,
            servicePack,
            updates,
            program,
            activationId,
            year,
            date,
            route,
            platform,
            signedInAt,
            arc == null ? null : arc.license(),
            keyId,
            installation.installationId(),
            installation.site(),
            collection,
            activated ? true : null);
    RequestCheck.usable(request, "request");
    UUID id = write.requestId();
    int waitSeconds = write.waitSeconds();
    Answer event = EventSender.event(EventType.ESU_ENROLMENT_REQUESTED, id, Instant.now(), request);
    try (EventSender sender = new EventSender(connections.kafka())) {
      if (waitSeconds <= 0) {
        sender.publish(event);
        output.note("published to " + event.topic());
        return printPublished(event);
      }
      try (EsuAnswers answers = new EsuAnswers(connections.kafka())) {
        sender.publish(event);
        output.note("published to " + event.topic() + " as " + id + ", waiting");
        return print(
            answers
                .await(id, Duration.ofSeconds(waitSeconds))
                .orElseThrow(() -> RequestCheck.noAnswer(id, waitSeconds)));
      }
    }
  }

  private int printPublished(Answer event) {
    if (output.json()) {
      output.document(Map.of("eventId", event.id(), "topic", event.topic()));
    } else {
      output.line(event.id().toString());
    }
    return Exit.DONE;
  }

  private int print(EsuResult result) {
    boolean yes =
        result.verdict() == EsuVerdict.ACCEPTED || result.verdict() == EsuVerdict.ENTITLED;
    if (output.json()) {
      output.document(result);
      return yes ? Exit.DONE : Exit.NO;
    }
    String verdict = result.verdict().name();
    output.line(result.deviceId() + ": " + (yes ? output.good(verdict) : output.bad(verdict)));
    line("request", result.requestId());
    if (result.program() != null) {
      line("program", result.program() + ", year " + result.year());
      line("coverage", result.coverageStart() + " to " + result.coverageEnd());
    }
    line("activation id", result.activationId());
    if (result.reason() != null) {
      line("reason", result.reason() + "  " + explained(result.reason()).title());
    }
    line("code", result.code());
    line("key", result.keyId());
    line("lease until", result.leaseUntil());
    if (result.evidence() != null) {
      result.evidence().forEach(this::line);
    }
    if (result.warnings() != null) {
      result.warnings().forEach(w -> line("warning", w.reason() + " " + w.detail()));
    }
    if (result.steps() != null) {
      result.steps().forEach(step -> line("step", step));
    }
    if (result.reason() != null) {
      explained(result.reason()).steps().forEach(step -> line("to do", step));
    }
    return yes ? Exit.DONE : Exit.NO;
  }

  private void line(String name, Object value) {
    if (value != null) {
      output.line("  " + name + ": " + value);
    }
  }

  private static ExplainedCode explained(String code) {
    return ExplainedCode.of(code, SystemLanguage.get(), ReasonTexts.load());
  }
}
