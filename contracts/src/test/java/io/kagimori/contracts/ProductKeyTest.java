package io.kagimori.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kagimori.contracts.ProductKeyCheck.Finding;
import io.kagimori.contracts.ProductKeyCheck.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductKeyTest {
  private static final String PLAIN = "CCCCC-DDDDD-FFFFF-GGGGG-HHHHH";

  @Test
  @DisplayName("S0-25 a key of four groups is 20 of 25 characters")
  void fourGroups() {
    ProductKeyCheck check = ProductKey.check("CCCCC-DDDDD-FFFFF-GGGGG");

    assertThat(check.valid()).isFalse();
    assertThat(check.partialKey()).isNull();
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.code()).isEqualTo("KEY_FORMAT_INVALID");
              assertThat(f.found()).isEqualTo("20 of 25 characters");
              assertThat(f.position()).isNull();
              assertThat(f.severity()).isEqualTo(Severity.ERROR);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "O", "o", "1", "I", "i", "L", "l", "5", "S", "s"})
  @DisplayName("S1-04 look-alike characters are errors at their position")
  void lookAlikes(String character) {
    ProductKeyCheck check = ProductKey.check("CCCCC-DD" + character + "DD-FFFFF-GGGGG-HHHHH");

    assertThat(check.valid()).isFalse();
    assertThat(check.partialKey()).isEqualTo("HHHHH");
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.code()).isEqualTo("LOOK_ALIKE");
              assertThat(f.position()).isEqualTo(8);
              assertThat(f.found()).isEqualTo(character);
              assertThat(f.suggestion()).startsWith("no such character in keys; perhaps ");
              assertThat(f.severity()).isEqualTo(Severity.ERROR);
            });
  }

  @Test
  @DisplayName("S1-04 look-alike characters: every position is flagged, not the first only")
  void everyPosition() {
    assertThat(ProductKey.check("0CCCC-DDDDD-FFIFF-GGGGG-HHHH5").findings())
        .extracting(Finding::position)
        .containsExactly(1, 13, 25);
  }

  @ParameterizedTest
  @ValueSource(strings = {"B", "8", "b"})
  @DisplayName("S1-04 look-alike characters: B and 8 are worth a check, both occur in keys")
  void ambiguous(String character) {
    ProductKeyCheck check = ProductKey.check("CCCCC-DDDDD-FFFFF-GGGGG-HHHH" + character);

    assertThat(check.valid()).isTrue();
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.code()).isEqualTo("B_OR_8");
              assertThat(f.position()).isEqualTo(25);
              assertThat(f.severity()).isEqualTo(Severity.CHECK);
            });
  }

  @ParameterizedTest
  @CsvSource({"A", "E", "U", "Z", "*", "é", "К", "あ", "㎏", "_"})
  void charactersThatNoKeyHolds(String character) {
    assertThat(ProductKey.check("CCCCC-DDDDD-FFFFF-GGGGG-" + character + "HHHH").findings())
        .extracting(Finding::code, Finding::position, Finding::found)
        .containsExactly(tuple("CHARACTER_NOT_IN_KEYS", 21, character));
  }

  @Test
  void oneNAtMost() {
    assertThat(ProductKey.check("NCCCC-DDDDD-FFFFF-GGGGG-HHHHH").findings()).isEmpty();
    assertThat(ProductKey.check("NCCCC-DDDDD-FFFFF-GGGGG-HHHHN").findings())
        .extracting(Finding::code, Finding::position)
        .containsExactly(tuple("TOO_MANY_N", 25));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CCCCCDDDDDFFFFFGGGGGHHHHH",
        "CCCC-CDDDDD-FFFFF-GGGGG-HHHHH",
        "CCCCC--DDDDD-FFFFF-GGGGG-HHHHH",
        "-CCCCC-DDDDD-FFFFF-GGGGG-HHHHH",
        "CCCCCDDDDD-FFFFF-GGGGG-HHHHH"
      })
  @DisplayName("S1-05 hyphens missing or misplaced are put right and mentioned")
  void misplacedHyphens(String typed) {
    ProductKeyCheck check = ProductKey.check(typed);

    assertThat(check.valid()).isTrue();
    assertThat(check.findings())
        .extracting(Finding::code, Finding::severity)
        .containsExactly(tuple("HYPHENS_MISPLACED", Severity.CHECK));
    assertThat(ProductKey.of(typed).value()).isEqualTo(PLAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"–", "—", "−", "ー", "‐", "‑", "―", "ｰ", "─", "一", "﹣"})
  @DisplayName("S1-05 hyphens: dashes of other kinds are recognised")
  void dashes(String dash) {
    String typed = PLAIN.replace("-", dash);

    assertThat(ProductKey.check(typed).findings())
        .extracting(Finding::code, Finding::found)
        .containsExactly(tuple("DASH_VARIANT", String.format("U+%04X", dash.codePointAt(0))));
    assertThat(ProductKey.of(typed).value()).isEqualTo(PLAIN);
  }

  @Test
  @DisplayName("S1-06 Japanese input method: full-width letters, digits and hyphen")
  void fullWidth() {
    String typed = widen("ccccc-22222-fffff-ggggg-hhhhh");

    assertThat(ProductKey.check(typed).findings())
        .extracting(Finding::code, Finding::severity)
        .containsExactly(tuple("FULL_WIDTH", Severity.CHECK));
    assertThat(ProductKey.of(typed).value()).isEqualTo("CCCCC-22222-FFFFF-GGGGG-HHHHH");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\u3000", "\u00a0", "\t", "\u200b"})
  @DisplayName("S1-06 Japanese input method: blanks of every kind are left out")
  void blanks(String blank) {
    assertThat(ProductKey.of(blank + PLAIN.replace("-", "-" + blank) + blank).value())
        .isEqualTo(PLAIN);
  }

  @Test
  @DisplayName("S1-06 Japanese input method: ten thousand keys survive any mix of noise")
  void noise() {
    long seed = 20190706;
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      String characters = Keys.characters(random);
      String typed = noisy(characters, random);
      assertThat(ProductKey.parse(typed).map(ProductKey::value))
          .as("seed %d, key %d", seed, i)
          .contains(Keys.grouped(characters));
    }
  }

  @Test
  void neverThrows() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(60);
      while (text.length() < length) {
        text.append((char) random.nextInt(0x10000));
      }
      ProductKeyCheck check = ProductKey.check(text.toString());
      assertThat(check.valid()).isEqualTo(ProductKey.parse(text.toString()).isPresent());
    }
    assertThat(ProductKey.check(null).findings())
        .extracting(Finding::found)
        .containsExactly("0 of 25 characters");
    assertThat(ProductKey.check("S".repeat(1_000_000)).findings()).hasSize(1);
  }

  @Test
  void equalKeysAreEqualHoweverTyped() {
    assertThat(ProductKey.of(PLAIN))
        .isEqualTo(ProductKey.of(PLAIN.toLowerCase(Locale.ROOT).replace("-", "")))
        .hasSameHashCodeAs(ProductKey.of(widen(PLAIN)));
  }

  @Test
  @DisplayName("S1-04 a key does not leak by being printed, logged, serialised or refused")
  void noLeak() throws Exception {
    String characters = Keys.characters(new Random(3)).replace('N', 'C');
    ProductKey key = ProductKey.of(Keys.grouped(characters));
    ObjectMapper curious =
        new ObjectMapper()
            .setVisibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.ANY)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    String refused = "N" + characters.substring(1, 24) + "N";
    ProductKeyCheck check = ProductKey.check(Keys.grouped(characters));

    List<String> seen =
        List.of(
            key.toString(),
            String.format("%s %-40s", key, key),
            "" + key,
            List.of(key).toString(),
            curious.writeValueAsString(key),
            curious.writeValueAsString(Map.of("key", key)),
            new ObjectMapper().writeValueAsString(new Holder(key)),
            new Holder(key).toString(),
            check.toString(),
            curious.writeValueAsString(check),
            messageOf(refused));

    assertThat(seen)
        .allSatisfy(
            text -> {
              String bare = text.replace("-", "");
              for (int start = 0; start + 6 <= 25; start++) {
                assertThat(bare).doesNotContain(characters.substring(start, start + 6));
              }
            });
    assertThat(key.toString())
        .isEqualTo("*****-*****-*****-*****-" + characters.substring(20))
        .endsWith(key.partialKey());
    assertThat(curious.writeValueAsString(key)).isEqualTo("\"" + key + "\"");
  }

  @Test
  void invalidKeysAreRefusedWithTheirCodes() {
    assertThatThrownBy(() -> ProductKey.of("CCCC0-DDDDD"))
        .isInstanceOf(InvalidProductKeyException.class)
        .hasMessage("not a product key: KEY_FORMAT_INVALID, LOOK_ALIKE");
  }

  private record Holder(ProductKey key) {}

  private static String messageOf(String refused) {
    try {
      return ProductKey.of(refused).toString();
    } catch (InvalidProductKeyException e) {
      return e + " " + e.check();
    }
  }

  private static String noisy(String characters, Random random) {
    String[] dashes = {"-", "", "–", "—", "−", "ー", "－", "‑", " ", "\u3000", " - "};
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "\u3000" : "");
    for (int i = 0; i < characters.length(); i++) {
      String c = characters.substring(i, i + 1);
      c = random.nextBoolean() ? c.toLowerCase(Locale.ROOT) : c;
      text.append(random.nextInt(3) == 0 ? widen(c) : c);
      if (i % 5 == 4 || random.nextInt(20) == 0) {
        text.append(dashes[random.nextInt(dashes.length)]);
      }
    }
    return text.toString();
  }

  private static String widen(String text) {
    StringBuilder wide = new StringBuilder();
    text.chars().forEach(c -> wide.append((char) (c - 0x21 + 0xFF01)));
    return wide.toString();
  }
}
