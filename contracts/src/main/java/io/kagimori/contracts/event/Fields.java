package io.kagimori.contracts.event;

import io.kagimori.contracts.KeysInText;
import java.util.Optional;

/**
 * Collects the first field of an event that is missing or unusable. Its name ends up in the dead
 * letter, so it is the name in the JSON.
 */
public final class Fields {
  /** Longest device id, in characters (code points). */
  public static final int DEVICE_ID_MAX = 128;

  private static final int KEY_ID_MAX = 128;

  private String invalid;

  /** A field that must be there and, as text, must not be blank. */
  public Fields required(String name, Object value) {
    return when(value == null || (value instanceof String text && text.isBlank()), name);
  }

  /** A text that must have 1 to {@code max} characters. */
  public Fields text(String name, String value, int max) {
    return when(
        value == null || value.isBlank() || value.codePointCount(0, value.length()) > max, name);
  }

  /** A device id: 1 to 128 characters. */
  public Fields device(String value) {
    return text("deviceId", value, DEVICE_ID_MAX);
  }

  /** An optional text of at most {@code max} characters. */
  public Fields optional(String name, String value, int max) {
    return when(value != null && value.codePointCount(0, value.length()) > max, name);
  }

  /** An optional id of a key: not the key itself, which somebody may type there by mistake. */
  public Fields keyId(String name, String value) {
    return optional(name, value, KEY_ID_MAX).noProductKey(name, value);
  }

  /** A text in which somebody may have typed a full product key by mistake. */
  public Fields noProductKey(String name, String value) {
    return when(KeysInText.found(value), name);
  }

  /** Marks {@code name} when {@code bad} and nothing was marked before. */
  public Fields when(boolean bad, String name) {
    if (bad && invalid == null) {
      invalid = name;
    }
    return this;
  }

  /** The first field found missing or unusable. */
  public Optional<String> invalid() {
    return Optional.ofNullable(invalid);
  }
}
