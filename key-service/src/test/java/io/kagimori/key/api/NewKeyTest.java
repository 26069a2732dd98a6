package io.kagimori.key.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.stream.api.ProblemException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NewKeyTest {
  private final String key = characters();

  private static String characters() {
    String alphabet = "BCDFGHJKMPQRTVWXY2346789";
    StringBuilder text = new StringBuilder();
    new Random().ints(25, 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
    return text.toString();
  }

  @Test
  @DisplayName("SX-03 a key to register prints everything but the key")
  void printed() {
    KeysResource.NewKey newKey =
        new KeysResource.NewKey(
            "k",
            KeyKind.MAK,
            new ProductKeyText(key),
            List.of(new KeyProduct("windows-10", null)),
            null,
            5L,
            null,
            null,
            null,
            null);
    assertThat(newKey.toString()).contains("keyId=k", "*****").doesNotContain(key.substring(20));
    assertThat("%s".formatted(new ProductKeyText(key))).isEqualTo("*****");
    assertThat(new ProductKeyText(key).key().toString())
        .contains(key.substring(20))
        .doesNotContain(key.substring(15, 20));
  }

  @Test
  @DisplayName("SX-03 a mistyped key is answered without the characters that are right")
  void mistyped() {
    for (String typed : List.of(key.substring(1), key + "B", key.substring(1) + "Ü", "")) {
      Throwable failure = catchThrowable(() -> new ProductKeyText(typed).key());
      assertThat(failure).isInstanceOf(ProblemException.class);
      String said = failure + " " + ((ProblemException) failure).problem();
      assertThat(said).contains("KEY_FORMAT_INVALID").doesNotContain(key.substring(5, 15));
    }
  }
}
