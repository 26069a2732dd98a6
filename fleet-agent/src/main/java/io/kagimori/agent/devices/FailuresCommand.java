package io.kagimori.agent.devices;

import io.kagimori.agent.cli.Connections;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.cli.SystemLanguage;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.contracts.catalogue.Language;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What devices fail with now. */
@Command(
    name = "failures",
    description = "Groups failing devices by reason and cause; devices list --reason names them.")
final class FailuresCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private Connections connections;

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      description = "en or ja; the system's language when absent.")
  private String language;

  @Override
  public Integer call() {
    Language wanted = language == null ? SystemLanguage.get() : Language.of(language);
    new Listing(
            new ServiceClient("activation-service", connections.activationService())
                .get("/failures", Map.of("lang", wanted == Language.JA ? "ja" : "en"))
                .path("items")
                .valueStream()
                .toList())
        .print(output, "devices", "reason", "code", "cause", "title", "since");
    return Exit.DONE;
  }
}
