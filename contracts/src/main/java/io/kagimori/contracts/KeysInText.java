package io.kagimori.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds full product keys where none belongs: in ids, comments and messages. It sees what looks
 * like a key whatever the dashes and the width of its characters; what is masked already, with
 * groups of one repeated character, is none.
 */
public final class KeysInText {
  /** Stable code of a request that carries a full product key outside of its own field. */
  public static final String FULL_KEY_REFUSED = "FULL_KEY_REFUSED";

  /** The field in which a key is registered; it seals the key. */
  private static final String OWN_FIELD = "productKey";

  private static final int CHARACTERS = 25;
  private static final int WHOLE_TEXT_MAX = 60;
  private static final String ANY = "[BCDFGHJKMPQRTVWXY2346789N]";
  private static final Pattern KEY =
      Pattern.compile(
          "(?<![A-Z0-9])(?:"
              + ANY
              + "{5}(?:[-\\s]{1,3}"
              + ANY
              + "{5}){4}|"
              + ANY
              + "{25})(?![A-Z0-9])");
  private static final Pattern MASKED = Pattern.compile("(.)\\1{4}.*");

  private KeysInText() {}

  /** Whether a full product key stands in the text. */
  public static boolean found(String text) {
    return text != null && text.length() >= CHARACTERS && !masked(text).equals(text);
  }

  /** The text with each full product key reduced to its last five characters. */
  public static String masked(String text) {
    if (text == null || text.length() < CHARACTERS) {
      return text;
    }
    Matcher key = KEY.matcher(plain(text));
    StringBuilder masked = new StringBuilder();
    int end = 0;
    while (key.find()) {
      String characters = key.group().replaceAll("[^A-Z0-9]", "");
      if (!MASKED.matcher(characters).matches()) {
        masked.append(text, end, key.start()).append(mask(characters));
        end = key.end();
      }
    }
    masked.append(text, end, text.length());
    return end == 0 ? wholeText(text) : masked.toString();
  }

  /** The first field of a document that holds a full product key where none belongs. */
  public static Optional<String> field(JsonNode document) {
    return field("", document);
  }

  private static Optional<String> field(String path, JsonNode node) {
    if (node.isTextual()) {
      return found(node.textValue()) ? Optional.of(path) : Optional.empty();
    }
    if (node.isArray()) {
      for (JsonNode item : node) {
        Optional<String> found = field(path, item);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (found(member.getKey())) {
        return Optional.of(path.isEmpty() ? "body" : path);
      }
      String name = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
      Optional<String> found =
          member.getKey().equals(OWN_FIELD) ? Optional.empty() : field(name, member.getValue());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** A text that is nothing but a key may have its hyphens anywhere. */
  private static String wholeText(String text) {
    if (text.length() > WHOLE_TEXT_MAX || text.chars().allMatch(Character::isDigit)) {
      return text;
    }
    return ProductKey.parse(text)
        .filter(key -> !MASKED.matcher(key.value()).matches())
        .map(ProductKey::toString)
        .orElse(text);
  }

  private static String mask(String characters) {
    return "*****-*****-*****-*****-" + characters.substring(characters.length() - 5);
  }

  /** The same number of characters, in half width and upper case, every dash a hyphen. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      plain.append(plain(text.charAt(i)));
    }
    return plain.toString();
  }

  private static char plain(char c) {
    char half = c >= 0xFF01 && c <= 0xFF5E ? (char) (c - 0xFEE0) : c;
    if (half >= 'a' && half <= 'z') {
      return (char) (half - 'a' + 'A');
    }
    if (half < 0x80) {
      return half;
    }
    return ProductKeyReading.isDash(half) ? '-' : half;
  }
}
