package io.kagimori.agent;

import static io.kagimori.agent.Typed.typed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Exit;
import io.kagimori.contracts.catalogue.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Causes on the command line, and tables in; what needs no running stack. */
class DiagnosisCommandsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  @DisplayName("S1-01 explain ranks the causes of a code with confidence and exact commands")
  void ranked(String language) {
    JsonNode first =
        typed("explain", "0xC004F06C", "--lang", language, "--json").json().at("/ranked/0");

    assertThat(first.path("cause").asText()).isEqualTo("CLOCK_SKEW");
    assertThat(first.path("confidence").asDouble()).isGreaterThan(0.8);
    assertThat(first.path("steps").findValuesAsText("command")).contains("w32tm /resync");
    assertThat(typed("explain", "0xC004F06C", "--lang", language).out())
        .contains("1. ")
        .contains("CLOCK_SKEW")
        .contains("w32tm /resync");
  }

  @Test
  @DisplayName("A cause is explained like a code")
  void cause() {
    Typed typed = typed("explain", "network_blocked", "--lang", "ja", "--json");

    assertThat(typed.exitCode()).isEqualTo(Exit.DONE);
    assertThat(typed.json().path("title").asText()).contains("ファイアウォール");
  }

  static Stream<String> ownCommands() {
    return Catalogue.get().causes().all().stream()
        .flatMap(cause -> cause.commands().stream())
        .filter(command -> command.startsWith("kagimori "))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("ownCommands")
  @DisplayName("A step names no command of ours that does not exist")
  void ownCommandsExist(String command) {
    List<String> words = List.of(command.substring("kagimori ".length()).split(" "));
    String[] help =
        Stream.concat(words.stream().takeWhile(w -> !w.startsWith("<")), Stream.of("--help"))
            .toArray(String[]::new);

    assertThat(typed(help).exitCode()).isEqualTo(Exit.DONE);
  }

  @Test
  @DisplayName("A dry run names bad rows with line and reason, writes them down, exits 1")
  void dryRun() throws IOException {
    Path table = folder.resolve("fleet.csv");
    Path errors = folder.resolve("bad.csv");
    Files.writeString(table, "\uFEFFComputer;licenseStatus\npc-1;1\npc-2;9\n");

    Typed typed =
        typed(
            "devices",
            "import",
            table.toString(),
            "--map",
            "Computer=deviceId",
            "--dry-run",
            "--errors",
            errors.toString(),
            "--json");

    assertThat(typed.exitCode()).isEqualTo(Exit.NO);
    assertThat(typed.json().path("rows").asInt()).isEqualTo(2);
    assertThat(typed.json().path("devices").asInt()).isEqualTo(1);
    assertThat(typed.json().path("published").asInt()).isZero();
    assertThat(Files.readAllLines(errors).get(1)).startsWith("3,pc-2,licenseStatus,INVALID_FIELD,");
  }

  @Test
  @DisplayName("Exit codes of an import: 0 all good, 1 no such table, 2 wrong mapping, 3 no broker")
  void exitCodes() throws IOException {
    Path good = folder.resolve("good.csv");
    Files.writeString(good, "deviceId\npc-1\n");

    assertThat(typed("devices", "import", good.toString(), "--dry-run").exitCode())
        .isEqualTo(Exit.DONE);
    assertThat(typed("devices", "import", folder.resolve("none").toString()).exitCode())
        .isEqualTo(Exit.NO);
    assertThat(typed("devices", "import", good.toString(), "--map", "a=colour").exitCode())
        .isEqualTo(Exit.USAGE);
    assertThat(typed("devices", "import", good.toString(), "--kafka", "127.0.0.1:1").exitCode())
        .isEqualTo(Exit.OUTSIDE);
  }
}
