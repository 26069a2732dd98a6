package io.kagimori.key.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SealingKeysTest {
  private static final String SECRET = base64(32, 7);
  private static final String SHORT = base64(31, 7);
  private static final String OTHER = base64(32, 8);

  private static String base64(int bytes, int value) {
    byte[] key = new byte[bytes];
    java.util.Arrays.fill(key, (byte) value);
    return Base64.getEncoder().encodeToString(key);
  }

  static List<Arguments> wrong() {
    return List.of(
        Arguments.of("empty", "", "KGM0201"),
        Arguments.of("no sealing key", "fingerprint:" + SECRET, "KGM0201"),
        Arguments.of("no fingerprint key", "spring:" + SECRET, "KGM0201"),
        Arguments.of("too short", "fingerprint:" + SECRET + "\nspring:" + SHORT, "KGM0204"),
        Arguments.of("no colon", "fingerprint:" + SECRET + "\n" + SECRET, "KGM0204"),
        Arguments.of("no id", "fingerprint:" + SECRET + "\n:" + SECRET, "KGM0204"),
        Arguments.of("no base64", "fingerprint:" + SECRET + "\nspring:!" + SECRET, "KGM0204"),
        Arguments.of(
            "one id twice",
            "fingerprint:" + SECRET + "\nspring:" + SECRET + "\nspring:" + OTHER,
            "KGM0204"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  @DisplayName("SX-03 wrong sealing keys stop the start with a code and without key material")
  void wrong(String name, String text, String code, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("keys"), text);
    Throwable failure = catchThrowable(() -> new SealingKeys(Optional.empty(), Optional.of(file)));
    assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessageStartingWith(code);
    for (Throwable t = failure; t != null; t = t.getCause()) {
      assertThat(t.toString()).doesNotContain(SECRET, SHORT, OTHER);
    }
  }

  @Test
  @DisplayName("a missing setting and a missing file each have their code")
  void missing(@TempDir Path folder) {
    assertThat(catchThrowable(() -> new SealingKeys(Optional.empty(), Optional.empty())))
        .hasMessageStartingWith("KGM0202");
    assertThat(
            catchThrowable(
                () -> new SealingKeys(Optional.empty(), Optional.of(folder.resolve("none")))))
        .hasMessageStartingWith("KGM0203");
  }

  @Test
  @DisplayName("blank lines and blanks around lines do not matter, and the first key seals")
  void lenient() {
    SealingKeys keys =
        new SealingKeys(
            Optional.of("\n  spring:" + SECRET + " \n\nfingerprint:" + OTHER + "\nold:" + OTHER),
            Optional.empty());
    assertThat(keys.currentId()).isEqualTo("spring");
    assertThat(keys.sealing("old").getEncoded()).hasSize(32);
  }
}
