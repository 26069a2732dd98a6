package io.kagimori.contracts.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * Finds text that JSON can carry and PostgreSQL cannot: the NUL character and lone surrogates.
 * Found here it costs one dead letter; found by the database it would cost the batch a rollback.
 */
final class StorableText {
  private StorableText() {}

  /**
   * Whether a look at each field is worth it: in UTF-8 such text can only come by escapes, and a
   * value with zero bytes is in another encoding.
   */
  static boolean mayOffend(byte[] json) {
    for (int i = 0; i < json.length; i++) {
      if (json[i] == 0 || (json[i] == '\\' && escapesOffender(json, i + 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean escapesOffender(byte[] json, int at) {
    if (at + 3 >= json.length || json[at] != 'u') {
      return false;
    }
    boolean nul = json[at + 1] == '0' && json[at + 2] == '0' && json[at + 3] == '0';
    return nul || json[at + 1] == 'd' || json[at + 1] == 'D';
  }

  /** The path of the first field whose text, or whose own name, cannot be stored. */
  static Optional<String> firstOffender(JsonNode node) {
    if (node.isTextual()) {
      return storable(node.textValue()) ? Optional.empty() : Optional.of("");
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        Optional<String> found = firstOffender(element);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!storable(field.getKey())) {
        // The name itself would spoil the dead letter; the object it stands in is named instead.
        return Optional.of("");
      }
      Optional<String> found = firstOffender(field.getValue());
      if (found.isPresent()) {
        return found.map(f -> f.isEmpty() ? field.getKey() : field.getKey() + "." + f);
      }
    }
    return Optional.empty();
  }

  private static boolean storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
