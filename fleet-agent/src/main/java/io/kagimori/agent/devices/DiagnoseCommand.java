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

/** Why a device fails, with the evidence. */
@Command(name = "diagnose", description = "Says why a device fails, with evidence and next steps.")
final class DiagnoseCommand implements Callable<Integer> {
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
    String path = "/devices/" + ServiceClient.encoded(deviceId) + "/diagnosis";
    JsonNode diagnosis =
        new ServiceClient("activation-service", connections.activationService())
            .get(path, Map.of("lang", wanted == Language.JA ? "ja" : "en"));
    if (output.json()) {
      output.document(diagnosis);
    } else {
      diagnosis.path("causes").forEach(this::print);
    }
    return Exit.DONE;
  }

  private void print(JsonNode cause) {
    output.line(
        "%d. %s (%s, %d %%)"
            .formatted(
                cause.path("rank").asInt(),
                output.strong(cause.path("title").asText()),
                cause.path("cause").asText(),
                Math.round(100 * cause.path("confidence").asDouble())));
    cause
        .path("evidence")
        .forEach(
            found ->
                output.line("   + " + found.path("text").asText() + " " + found.path("facts")));
    cause
        .path("against")
        .forEach(
            found ->
                output.line("   - " + found.path("text").asText() + " " + found.path("facts")));
    cause
        .path("steps")
        .forEach(
            step -> {
              output.line("   * " + step.path("text").asText());
              if (step.hasNonNull("command")) {
                output.line("     " + step.path("command").asText());
              }
            });
  }
}
