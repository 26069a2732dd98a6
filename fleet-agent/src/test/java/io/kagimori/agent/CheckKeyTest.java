package io.kagimori.agent;

import static io.kagimori.agent.Typed.typed;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.agent.cli.Exit;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CheckKeyTest {
  /** Twenty-five characters of the alphabet, put together here and belonging to nobody. */
  private static final String CHARACTERS = "BCDFG".repeat(4) + "HJKMP";

  private static final String KEY = grouped(CHARACTERS);

  private static String grouped(String characters) {
    return characters.replaceAll("(.{5})(?!$)", "$1-");
  }

  @Test
  @DisplayName("SX-03 a good key is shown by its last five characters only")
  void masked() {
    for (String[] args : new String[][] {{"check-key", KEY}, {"check-key", KEY, "--json"}}) {
      Typed typed = typed(args);

      assertThat(typed.exitCode()).isEqualTo(Exit.DONE);
      assertThat(typed.out()).contains("HJKMP").doesNotContain("BCDFG").doesNotContain(KEY);
      assertThat(typed.err()).isEmpty();
    }
  }

  @Test
  @DisplayName("S1-04 look-alike characters are flagged with their places")
  void lookAlikes() {
    Typed typed = typed("check-key", grouped("O" + CHARACTERS.substring(1)), "--json");

    assertThat(typed.exitCode()).isEqualTo(Exit.NO);
    assertThat(typed.json().at("/valid").asBoolean()).isFalse();
    assertThat(typed.json().at("/keys/0/findings/0/code").asText()).isEqualTo("LOOK_ALIKE");
    assertThat(typed.json().at("/keys/0/findings/0/position").asInt()).isEqualTo(1);
  }

  @Test
  @DisplayName("Several keys come from standard input, one a line")
  void standardInput() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream((KEY + "\n\nABC\n").getBytes(StandardCharsets.UTF_8)));
    try {
      Typed typed = typed("check-key", "-", "--json");

      assertThat(typed.exitCode()).isEqualTo(Exit.NO);
      assertThat(typed.json().at("/keys")).hasSize(2);
      assertThat(typed.json().at("/keys/0/valid").asBoolean()).isTrue();
      assertThat(typed.json().at("/keys/1/valid").asBoolean()).isFalse();
    } finally {
      System.setIn(before);
    }
  }

  @Test
  @DisplayName("A malformed key is not sent for registration and not repeated")
  void notRegistered() {
    Typed typed =
        typed(
            "keys",
            "register",
            "mak-1",
            "--kind",
            "MAK",
            "--covers",
            "windows-11",
            "--purchased",
            "5",
            "--product-key",
            CHARACTERS.substring(1),
            "--key-service",
            "http://127.0.0.1:9",
            "--json");

    assertThat(typed.exitCode()).isEqualTo(Exit.NO);
    assertThat(typed.json().at("/error/code").asText()).isEqualTo("KEY_FORMAT_INVALID");
    assertThat(typed.out() + typed.err()).doesNotContain("BCDFG");
  }
}
