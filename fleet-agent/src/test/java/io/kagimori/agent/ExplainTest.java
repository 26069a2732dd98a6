package io.kagimori.agent;

import static io.kagimori.agent.Typed.typed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Exit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {
  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  @DisplayName("S1-01 error catalogue: title, ranked causes and next actions in both languages")
  void catalogue(String language) {
    Typed typed = typed("explain", "0xC004F050", "--lang", language, "--json");

    assertThat(typed.exitCode()).isEqualTo(Exit.DONE);
    JsonNode explained = typed.json();
    assertThat(explained.path("lang").asText()).isEqualTo(language);
    assertThat(explained.path("title").asText()).isNotBlank();
    assertThat(explained.path("causes")).hasSizeGreaterThan(1);
    assertThat(explained.path("steps")).isNotEmpty();
    assertThat(explained.path("source").asText()).isNotBlank();
    boolean japanese =
        explained.path("title").asText().codePoints().anyMatch(c -> c >= 0x3040 && c <= 0x9fff);
    assertThat(japanese).isEqualTo(language.equals("ja"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0xC004F050", "c004f050", "3221549136", "-1073418160", "SL_E_INVALID_PRODUCT_KEY"})
  @DisplayName("S1-02 any spelling of the code gives the same canonical code")
  void spellings(String code) {
    Typed typed = typed("explain", code, "--json");

    assertThat(typed.exitCode()).isEqualTo(Exit.DONE);
    assertThat(typed.json().path("code").asText()).isEqualTo("0xC004F050");
    assertThat(typed.json().path("known").asBoolean()).isTrue();
  }

  @Test
  @DisplayName("S1-03 an unknown code comes back verbatim as UNKNOWN_CODE")
  void unknown() {
    Typed typed = typed("explain", " 0xDEADbeef", "--json");

    assertThat(typed.exitCode()).isEqualTo(Exit.NO);
    assertThat(typed.json().path("code").asText()).isEqualTo(" 0xDEADbeef");
    assertThat(typed.json().path("reason").asText()).isEqualTo("UNKNOWN_CODE");
    assertThat(typed.json().path("known").asBoolean()).isFalse();
  }

  @Test
  @DisplayName("A reason of the services is explained like a code of Windows")
  void reason() {
    Typed typed = typed("explain", "mak_exhausted", "--lang", "en");

    assertThat(typed.exitCode()).isEqualTo(Exit.DONE);
    assertThat(typed.out()).contains("MAK_EXHAUSTED").contains("another pool");
  }
}
