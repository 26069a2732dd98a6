package io.kagimori.contracts.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.EventType;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Published samples are what other programs rely on: they parse, and mean the same, forever. */
class GoldenSamplesTest {
  static List<Sample> samples() {
    return Sample.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void sampleIsValidByItsSchema(Sample sample) {
    assertThat(Sample.violations(sample.type(), sample.json())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void canonicalFormIsValidByTheSchemaToo(Sample sample) {
    assertThat(Sample.violations(sample.type(), Sample.json(sample.canonical().getBytes(UTF_8))))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void bothModesGiveTheSameEventAndContentId(Sample sample) {
    Request binary = sample.binary().request();
    Request structured = sample.structured().request();

    assertThat(binary.event()).isInstanceOf(sample.type().data());
    assertThat(structured).usingRecursiveComparison().ignoringFields("source").isEqualTo(binary);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void decodedSampleIsWrittenInItsCanonicalForm(Sample sample) {
    Request request = sample.binary().request();

    assertThat(new String(EventJson.bytes(request.event()), UTF_8)).isEqualTo(sample.canonical());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void canonicalFormMeansTheSame(Sample sample) {
    Request request = sample.binary().request();
    Request again = sample.binary().withValue(sample.canonical()).request();

    assertThat(again.event()).isEqualTo(request.event());
    assertThat(again.contentId()).isEqualTo(request.contentId());
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeHasAMinimalAndAFullSample(EventType type) {
    assertThat(Sample.of(type)).extracting(Sample::name).contains("minimal", "full");
  }

  @ParameterizedTest
  @EnumSource
  void everyFieldIsSeenInASample(EventType type) {
    Set<String> seen =
        Arrays.stream(EventType.values())
            .filter(other -> other.data() == type.data())
            .flatMap(other -> Sample.of(other).stream())
            .flatMap(sample -> sample.json().propertyStream())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());

    assertThat(type.data().getRecordComponents())
        .extracting(RecordComponent::getName)
        .isSubsetOf(seen);
  }

  @Test
  void noSampleHoldsAProductKey() throws IOException {
    for (String file : files()) {
      assertThat(Files.readString(Sample.FOLDER.resolve(file)))
          .as(file)
          .doesNotContainPattern("[0-9A-Za-z]{5}(-[0-9A-Za-z]{5}){4}");
    }
  }

  @Test
  void everySampleBelongsToAType() throws IOException {
    assertThat(files().stream().map(file -> file.substring(0, file.indexOf('/'))).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(EventType.values()).map(Sample::shortName).toList());
  }

  /** The list grows and is never edited: other programs were built against these bytes. */
  @Test
  void publishedSamplesNeverChange() throws IOException, NoSuchAlgorithmException {
    TreeMap<String, String> published = new TreeMap<>();
    for (String line : Files.readAllLines(Sample.FOLDER.resolve("CHECKSUMS"))) {
      published.put(line.substring(66), line.substring(0, 64));
    }
    TreeSet<String> missing = new TreeSet<>(published.keySet());
    for (String file : files()) {
      missing.remove(file);
      String sum = sha256(Sample.FOLDER.resolve(file));
      assertThat(published)
          .as("A new sample is published by appending this line to CHECKSUMS: %s  %s", sum, file)
          .containsKey(file);
      assertThat(sum)
          .as(
              "%s was published and has changed. Put it back as it was and add a new sample beside"
                  + " it; if the old one no longer parses, the change needs a new event type.",
              file)
          .isEqualTo(published.get(file));
    }
    assertThat(missing)
        .as("These samples were published and are gone. Put them back; old samples parse forever.")
        .isEmpty();
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(Sample.FOLDER)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> Sample.FOLDER.relativize(file).toString().replace('\\', '/'))
          .filter(file -> !file.equals("CHECKSUMS"))
          .sorted()
          .toList();
    }
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
