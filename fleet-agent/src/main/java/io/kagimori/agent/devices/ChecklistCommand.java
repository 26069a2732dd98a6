package io.kagimori.agent.devices;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.SystemLanguage;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.contracts.catalogue.Language;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The guided flow on a device. */
@Command(
    name = "checklist",
    description = "Shows the five steps of the guided flow; evidence makes them done, not ticking.")
final class ChecklistCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Parameters(paramLabel = "DEVICE", description = "Id of the device.")
  private String deviceId;

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      description = "en or ja; the system's language when absent.")
  private String language;

  @Override
  public Integer call() {
    Language wanted = language == null ? SystemLanguage.get() : Language.of(language);
    JsonNode checklist =
        new ServiceClient("activation-service", connections.activationService())
            .get(
                "/devices/" + ServiceClient.encoded(deviceId) + "/checklist",
                Map.of("lang", wanted == Language.JA ? "ja" : "en"));
    if (output.json()) {
      output.document(checklist);
    } else {
      checklist.path("steps").forEach(step -> print(step, wanted));
    }
    return Exit.DONE;
  }

  private void print(JsonNode step, Language language) {
    output.line(
        "%d. [%s] %s"
            .formatted(
                step.path("number").asInt(),
                state(step.path("state").asText(), language),
                output.strong(step.path("title").asText())));
    output.line("   " + step.path("advice").asText());
    step.path("evidence")
        .forEach(
            found ->
                output.line("   + " + found.path("text").asText() + " " + found.path("facts")));
    if (!step.path("state").asText().equals("DONE")) {
      step.path("commands").forEach(command -> output.line("   $ " + command.asText()));
    }
  }

  private String state(String state, Language language) {
    boolean ja = language == Language.JA;
    return switch (state) {
      case "DONE" -> output.good(ja ? "済" : "done");
      case "TROUBLE" -> output.bad(ja ? "要対処" : "trouble");
      default -> ja ? "未確認" : "open";
    };
  }
}
