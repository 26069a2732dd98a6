package io.kagimori.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample gives exactly the facts written beside it; {@code null} there means absent. */
class SamplesTest {
  private static final Path SAMPLES = Path.of("src/test/resources/samples");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Folders of listings, whose lines stand for themselves and can be disguised at will. */
  private static final List<String> LISTINGS = List.of("slmgr-dli", "slmgr-dlv");

  /**
   * What a text states beyond the list beside it: the Office KMS host prints "DNS publishing
   * enabled" and its priority like any other host, and the list leaves both out.
   */
  private static final Map<String, Map<String, Object>> ALSO_STATED =
      Map.of(
          "02-office2010-kms-host-licensed-and-removed.txt",
          Map.of("kms_dns_publishing", true, "kms_priority", "Normal"));

  static Stream<Path> samples() throws IOException {
    List<Path> found;
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      found =
          files
              .filter(
                  file -> !file.toString().endsWith(".expect.json") && Files.isRegularFile(file))
              .sorted()
              .toList();
    }
    return found.stream();
  }

  static Stream<Path> listings() throws IOException {
    return samples().filter(file -> LISTINGS.contains(file.getParent().getFileName().toString()));
  }

  static Stream<Path> others() throws IOException {
    return samples().filter(file -> !LISTINGS.contains(file.getParent().getFileName().toString()));
  }

  static Stream<Path> outputs() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/outputs"))) {
      return files
          .filter(file -> !file.toString().endsWith(".expect.json"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("outputs")
  @DisplayName("An output of another tool gives exactly the facts expected, and says what it is")
  void readsOtherTools(Path output) throws IOException {
    String name = output.getFileName().toString();
    Path beside = output.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".expect.json");
    JsonNode expected = JSON.readTree(Files.readAllBytes(beside));

    Collected collected = Collector.read(name, Files.readAllBytes(output));

    assertThat(JSON.readTree(JSON.writeValueAsBytes(collected.facts())))
        .isEqualTo(expected.get("facts"));
    assertThat(JSON.readTree(JSON.writeValueAsBytes(collected.kinds())))
        .isEqualTo(expected.get("kinds"));
    assertThat(collected.language()).isEqualTo(expected.get("language").asText());
  }

  @ParameterizedTest
  @MethodSource("samples")
  @DisplayName("A sample gives exactly the facts expected of it")
  void givesExactlyTheFactsExpected(Path sample) throws IOException {
    String name = sample.getFileName().toString();
    Path beside = sample.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".expect.json");
    JsonNode expected = JSON.readTree(Files.readAllBytes(beside));

    Collected collected = Collector.read(name, Files.readAllBytes(sample));

    ObjectNode facts = (ObjectNode) withoutNulls(expected.get("facts"));
    ALSO_STATED
        .getOrDefault(name, Map.of())
        .forEach((fact, value) -> ((ObjectNode) facts.at("/products/0")).putPOJO(fact, value));
    assertThat(JSON.readTree(JSON.writeValueAsBytes(collected.facts())))
        .isEqualTo(JSON.readTree(JSON.writeValueAsBytes(facts)));
    assertThat(collected.language()).isEqualTo(expected.get("language").asText());
  }

  private static JsonNode withoutNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(field -> field.getValue().isNull());
    }
    node.forEach(SamplesTest::withoutNulls);
    return node;
  }
}
