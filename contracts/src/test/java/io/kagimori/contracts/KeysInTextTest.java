package io.kagimori.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysInTextTest {
  private final String key = Keys.grouped(Keys.characters(new Random(7)));
  private final String last = key.substring(24);

  private static String fullWidth(String text) {
    StringBuilder wide = new StringBuilder();
    text.chars().forEach(c -> wide.append((char) (c + 0xFEE0)));
    return wide.toString();
  }

  @Test
  @DisplayName("SX-03 a full key is found whatever its dashes, width and case, and only masked")
  void found() {
    for (String typed :
        new String[] {
          key,
          key.toLowerCase(Locale.ROOT),
          key.replace("-", ""),
          key.replace('-', ' '),
          key.replace('-', '\u2013'),
          fullWidth(key),
          key.replace("-", "").substring(0, 7) + "-" + key.replace("-", "").substring(7)
        }) {
      assertThat(KeysInText.found(typed)).as(typed.substring(0, 3)).isTrue();
      assertThat(KeysInText.masked(typed)).isEqualTo("*****-*****-*****-*****-" + last);
    }
    String message = "slmgr /ipk " + key + " failed, then " + key.replace("-", "") + ".";
    assertThat(KeysInText.masked(message))
        .isEqualTo(
            "slmgr /ipk *****-*****-*****-*****-"
                + last
                + " failed, then *****-*****-*****-*****-"
                + last
                + ".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mak-2019",
        "XXXXX-XXXXX-XXXXX-XXXXX-D3VKC",
        "*****-*****-*****-*****-D3VKC",
        "000963843315259493598506854253663081409973656140419231",
        "55c92734-d682-4d71-983e-d6ec3f16059f",
        "11111-00140-009-000002-03-1033-5384.0000-1942006",
        "Windows(R), ServerStandard edition: the key was refused by the service"
      })
  @DisplayName("SX-03 ids, masks and digits are no keys")
  void none(String text) {
    assertThat(KeysInText.found(text)).isFalse();
    assertThat(KeysInText.masked(text)).isEqualTo(text);
  }

  @Test
  @DisplayName("SX-03 the field that holds a key is named; the field made for keys is left out")
  void field() {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("productKey", key);
    assertThat(KeysInText.field(body)).isEmpty();

    JsonNode asked = body.put("keyId", key);
    JsonNode nested = JsonNodeFactory.instance.objectNode().set("kms", body.deepCopy());

    assertThat(KeysInText.field(asked)).contains("keyId");
    assertThat(KeysInText.field(nested)).contains("kms.keyId");
  }
}
