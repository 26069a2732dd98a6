package io.kagimori.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.agent.explain.ReasonText;
import io.kagimori.agent.explain.ReasonTexts;
import io.kagimori.contracts.ProductKeyCheck;
import io.kagimori.contracts.cloudevents.DeadLetterReason;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReasonTextsTest {
  /** How the services write a reason: beside what makes it a refusal, a warning or a problem. */
  private static final List<Pattern> REASONS_IN_SOURCES =
      List.of(
          Pattern.compile("new (?:Refusal|Warning)\\(\\s*\"([A-Z0-9_]{4,})\""),
          Pattern.compile("\\b(?:refused|unknown)\\(\\s*\"([A-Z0-9_]{4,})\""),
          Pattern.compile("static final String [A-Z0-9_]+ = \"([A-Z][A-Z0-9]*_[A-Z0-9_]+)\";"));

  private final ReasonTexts texts = ReasonTexts.load();

  @Test
  @DisplayName("SX-04 every reason has a title and the same steps in both languages")
  void bothLanguages() {
    assertThat(texts.all())
        .isNotEmpty()
        .allSatisfy(
            text -> {
              assertThat(text.titleEn()).as(text.code()).isNotBlank().isASCII();
              assertThat(text.titleJa()).as(text.code()).isNotBlank();
              assertThat(isJapanese(text.titleJa())).as(text.code()).isTrue();
              assertThat(text.stepsEn()).as(text.code()).isNotEmpty().allMatch(s -> !s.isBlank());
              assertThat(text.stepsJa()).as(text.code()).hasSameSizeAs(text.stepsEn());
              assertThat(text.stepsJa()).as(text.code()).allMatch(ReasonTextsTest::isJapanese);
            });
  }

  private static boolean isJapanese(String text) {
    return text.codePoints().anyMatch(c -> c >= 0x3040 && c <= 0x9fff);
  }

  @Test
  @DisplayName("SX-04 the reasons of the design and of the contracts are all explained")
  void contracts() throws IllegalAccessException {
    Set<String> needed =
        new TreeSet<>(
            List.of(
                "UNKNOWN_PRODUCT",
                "UNKNOWN_EDITION",
                "KEY_UNKNOWN",
                "KEY_EXPIRED",
                "KEY_BLOCKED",
                "KEY_MODEL_MISMATCH",
                "EDITION_MISMATCH",
                "KEY_IN_USE",
                "MAK_EXHAUSTED",
                "NO_KEY",
                "CLOCK_SKEW",
                "HOST_NOT_ACTIVATED",
                "BELOW_THRESHOLD",
                "REARM_EXHAUSTED",
                "EVAL_CONVERSION_REQUIRED",
                "DUPLICATE_CMID",
                "SPLIT_ACROSS_HOSTS",
                "LATE_OUTCOME",
                "UNKNOWN_REQUEST",
                "UNKNOWN_CODE",
                "UNKNOWN_PARTIAL",
                "PORT_INVALID",
                "IPV6_PORT_FORM",
                "HOST_KEY_LIMIT",
                "HOST_KEY_GUI_INSTALL",
                "PROVENANCE_UNKNOWN",
                "KEY_IMAGE_MISMATCH",
                "KEY_NOT_IN_AGREEMENT",
                "CID_INVALID",
                "IID_MALFORMED",
                "EXPIRING_30D",
                "LOW_POOL",
                "SHORTFALL"));
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      needed.add(reason.name());
    }
    for (var field : ProductKeyCheck.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        needed.add((String) field.get(null));
      }
    }

    assertThat(texts.all()).extracting(ReasonText::code).containsAll(needed);
  }

  @Test
  @DisplayName("SX-04 a reason that a service gives and nobody explains is found in its source")
  void services() throws IOException {
    Set<String> written = new TreeSet<>();
    for (String service :
        List.of("key-service", "activation-service", "edition-service", "esu-service")) {
      Path sources = Path.of("..", service, "src", "main", "java");
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(f -> f.toString().contains("domain")).toList()) {
          if (Files.isRegularFile(file)) {
            written.addAll(reasons(Files.readString(file)));
          }
        }
      }
    }

    assertThat(written)
        .contains("MAK_EXHAUSTED", "BELOW_THRESHOLD", "BLOCKED_KEY_TYPE", "ESU_NOT_ACTIVATED");
    assertThat(texts.all()).extracting(ReasonText::code).containsAll(written);
  }

  private static List<String> reasons(String source) {
    return REASONS_IN_SOURCES.stream()
        .map(pattern -> pattern.matcher(source))
        .flatMap(Matcher::results)
        .map(match -> match.group(1))
        .distinct()
        .toList();
  }

  @Test
  @DisplayName("A code is found whatever its case and width")
  void spelling() {
    assertThat(Arrays.asList("no_key", " NO_KEY ", "\uff2e\uff2f_\uff2b\uff25\uff39"))
        .allSatisfy(code -> assertThat(texts.find(code)).isPresent());
    assertThat(texts.find("NOBODY_SAID_THIS")).isEmpty();
  }
}
