package io.kagimori.agent;

import static io.kagimori.agent.Typed.typed;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.agent.cli.Exit;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What holds for every command. */
class CommandLineTest {
  @Test
  @DisplayName("No command is wrong usage and names the way out")
  void noCommand() {
    Typed typed = typed();

    assertThat(typed.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(typed.err()).contains("--help");
    assertThat(typed.out()).isEmpty();
  }

  @Test
  @DisplayName("The version is an answer")
  void version() {
    Typed typed = typed("--version");

    assertThat(typed.exitCode()).isEqualTo(Exit.DONE);
    assertThat(typed.out()).startsWith("kagimori ");
  }

  static Set<String> commands() {
    return new CommandLine(new Kagimori()).getSubcommands().keySet();
  }

  @ParameterizedTest
  @MethodSource("commands")
  @DisplayName("Every command explains itself")
  void help(String command) {
    Typed typed = typed(command, "--help");

    assertThat(typed.exitCode()).isEqualTo(Exit.DONE);
    assertThat(typed.out()).contains("Usage: kagimori " + command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u2013json", "\u2014json", "\uff0d\uff0djson", "--\uff4a\uff53\uff4f\uff4e"})
  @DisplayName("S2-08 dash variants and full-width options name the option meant")
  void dashVariants(String option) {
    Typed typed = typed("explain", "0xC004F050", option);

    assertThat(typed.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(typed.err()).contains("Did you mean --json?");
  }

  @Test
  @DisplayName("A slip of the pen in an option names the option meant")
  void misspelled() {
    Typed typed = typed("keys", "list", "--jsno");

    assertThat(typed.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(typed.err()).contains("Did you mean --json?");
  }

  @Test
  @DisplayName("Wrong usage with --json is a document too")
  void usageAsJson() {
    Typed typed = typed("keys", "plan", "mak-1", "--activations", "many", "--json");

    assertThat(typed.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(typed.json().at("/error/code").asText()).isEqualTo("USAGE");
    assertThat(typed.json().at("/error/message").asText()).contains("--activations");
  }

  @Test
  @DisplayName("A service that is not there is one sentence and exit code 3")
  void serviceAway() {
    Typed typed = typed("keys", "list", "--key-service", "http://127.0.0.1:9", "--json");

    assertThat(typed.exitCode()).isEqualTo(Exit.OUTSIDE);
    assertThat(typed.json().at("/error/code").asText()).isEqualTo("SERVICE_UNREACHABLE");
    assertThat(typed.err().lines()).hasSize(1);
  }

  @Test
  @DisplayName("A broker that is not there is one sentence and exit code 3")
  void brokerAway() {
    Typed typed =
        typed(
            "request",
            "activation",
            "--device",
            "pc-1",
            "--product",
            "windows-11",
            "--edition",
            "Enterprise",
            "--channel",
            "MAK",
            "--kafka",
            "127.0.0.1:9",
            "--json");

    assertThat(typed.exitCode()).isEqualTo(Exit.OUTSIDE);
    assertThat(typed.json().at("/error/code").asText()).isEqualTo("KAFKA_UNREACHABLE");
    assertThat(typed.err()).doesNotContain("\tat ");
  }

  @Test
  @DisplayName("A KMS request without a host never leaves the machine")
  void kmsWithoutHost() {
    Typed typed =
        typed(
            "request",
            "activation",
            "--device",
            "pc-1",
            "--product",
            "windows-11",
            "--edition",
            "Enterprise",
            "--channel",
            "KMS",
            "--kafka",
            "127.0.0.1:9");

    assertThat(typed.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(typed.err()).contains("kms");
  }
}
