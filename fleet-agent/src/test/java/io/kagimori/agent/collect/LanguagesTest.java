package io.kagimori.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same machine, printed by Windows of another language, gives the same facts. */
class LanguagesTest {
  private static final Path TEXTS = Path.of("src/test/resources/languages");

  /** Told in the words or by the calendar of the language, so not the same everywhere. */
  private static final List<String> AS_PRINTED = List.of("license_status_printed", "trusted_time");

  static Stream<Path> texts() throws IOException {
    try (Stream<Path> files = Files.list(TEXTS)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  @DisplayName("A listing in another language gives the facts of the English one")
  void givesTheFactsOfTheEnglishText(Path text) throws IOException {
    Collected collected = Collector.read("text", Files.readAllBytes(text));

    assertThat(comparable(collected)).isEqualTo(comparable(english(text)));
    assertThat(collected.unrecognized()).isEmpty();
    assertThat(collected.language()).isEqualTo(language(text));
    assertThat(collected.facts().containsKey("license_status_printed"))
        .isEqualTo(!language(text).equals("en"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  @DisplayName("A listing folded at 80 columns gives the same facts in every language")
  void givesTheSameFactsFolded(Path text) throws IOException {
    String folded = DisguiseTest.fold(Files.readString(text), 80);

    Collected collected = Collector.read("text", folded.getBytes(StandardCharsets.UTF_8));

    assertThat(comparable(collected)).isEqualTo(comparable(english(text)));
  }

  @ParameterizedTest
  @CsvSource({
    "de, windows-1252",
    "de, IBM850",
    "fr, windows-1252",
    "fr, IBM850",
    "es, windows-1252",
    "it, windows-1252",
    "pt, IBM850",
    "pl, windows-1250",
    "pl, IBM852",
    "ko, x-windows-949",
    "zh, GBK",
    "zh-hant, x-windows-950",
    "ja, windows-31j",
    "ja, Shift_JIS"
  })
  @DisplayName("A listing in the code page of its country gives the same facts")
  void readsTheCodePageOfTheCountry(String language, String codePage) throws IOException {
    Path text = TEXTS.resolve("dlv-kms-client-" + language + ".txt");
    byte[] bytes = Files.readString(text).replace('’', '\'').getBytes(Charset.forName(codePage));

    assertThat(comparable(Collector.read("text", bytes))).isEqualTo(comparable(english(text)));
  }

  @Test
  @DisplayName("Every wording has one meaning")
  void vocabularyIsUnambiguous() {
    assertThat(Vocabulary.shipped().conflicts()).isEmpty();
  }

  private static Map<String, Object> comparable(Collected collected) {
    Map<String, Object> facts = new LinkedHashMap<>(collected.facts());
    facts.keySet().removeAll(AS_PRINTED);
    return facts;
  }

  private static Collected english(Path text) throws IOException {
    String name = text.getFileName().toString();
    String kind = name.startsWith("dlv-kms-client") ? "dlv-kms-client" : "dli-kms-host";
    return Collector.read("en", Files.readAllBytes(TEXTS.resolve(kind + "-en.txt")));
  }

  private static String language(Path text) {
    String name = text.getFileName().toString().replace("-hant", "");
    return name.substring(name.lastIndexOf('-') + 1, name.length() - ".txt".length());
  }
}
