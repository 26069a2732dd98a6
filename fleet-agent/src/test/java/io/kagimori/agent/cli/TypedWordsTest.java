package io.kagimori.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TypedWordsTest {
  @Test
  @DisplayName("S1-06 full-width input survives a locale that cannot hold it")
  void restored() {
    byte[] commandLine =
        "java\0-cp\0x.jar\0Main\0check-key\0\uff21\uff22\uff23\0".getBytes(StandardCharsets.UTF_8);

    String[] words =
        TypedWords.lastWords(commandLine, new String[] {"check-key", "\uFFFD\uFFFD\uFFFD"});

    assertThat(words).containsExactly("check-key", "\uff21\uff22\uff23");
  }

  @Test
  @DisplayName("Words without loss stay as they are, even an empty one at the end")
  void untouched() {
    String[] words = {"explain", ""};

    assertThat(TypedWords.restored(words)).isSameAs(words);
    assertThat(
            TypedWords.lastWords("java\0Main\0explain\0\0".getBytes(StandardCharsets.UTF_8), words))
        .containsExactly("explain", "");
  }
}
