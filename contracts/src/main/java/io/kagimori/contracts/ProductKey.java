package io.kagimori.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * A product key of five groups of five characters, well formed as far as can be told without the
 * product: length, alphabet and the number of N. There is no public checksum, so only Windows
 * itself can say whether a key is good.
 *
 * <p>A key is a secret. Whatever prints a value of this type (string conversion, formatting, JSON,
 * an exception) shows the last group only; {@link #value()} is the one way to the characters.
 */
public final class ProductKey {
  private final String characters;

  private ProductKey(String characters) {
    this.characters = characters;
  }

  /**
   * Examines what somebody typed or pasted. Never throws and never repeats the key: the result
   * holds the last five characters and what was noticed.
   *
   * @param text any text; absent counts as empty
   */
  public static ProductKeyCheck check(String text) {
    return ProductKeyReading.of(text).check();
  }

  /**
   * The key in a text that may carry stray blanks, dashes of any kind, full-width characters or
   * lower case; absent when {@link #check} finds an error.
   */
  public static Optional<ProductKey> parse(String text) {
    ProductKeyReading reading = ProductKeyReading.of(text);
    return reading.check().valid()
        ? Optional.of(new ProductKey(reading.characters()))
        : Optional.empty();
  }

  /**
   * The key in a text known to hold one.
   *
   * @throws InvalidProductKeyException when {@link #check} finds an error; its message names the
   *     finding codes and nothing of the key
   */
  public static ProductKey of(String text) {
    ProductKeyReading reading = ProductKeyReading.of(text);
    if (!reading.check().valid()) {
      throw new InvalidProductKeyException(reading.check());
    }
    return new ProductKey(reading.characters());
  }

  /** The whole key with its hyphens. Only for sealing it and for handing it to the product. */
  public String value() {
    StringBuilder groups = new StringBuilder(29);
    for (int start = 0; start < ProductKeyReading.LENGTH; start += ProductKeyReading.GROUP) {
      groups.append(start == 0 ? "" : "-");
      groups.append(characters, start, start + ProductKeyReading.GROUP);
    }
    return groups.toString();
  }

  /** The last five characters, safe to store and show. */
  public String partialKey() {
    return characters.substring(ProductKeyReading.LENGTH - ProductKeyReading.GROUP);
  }

  /** The key with all but the last group hidden; also how it appears in JSON. */
  @Override
  @JsonValue
  public String toString() {
    return "*****-*****-*****-*****-" + partialKey();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ProductKey key && key.characters.equals(characters);
  }

  @Override
  public int hashCode() {
    return characters.hashCode();
  }
}
