package io.kagimori.agent.simulation;

import io.kagimori.contracts.ProductKey;
import io.kagimori.contracts.catalogue.Catalogue;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Product keys made up at run time: well formed, each with its own last five characters, none of
 * them published. They open nothing.
 */
public final class SyntheticKeys {
  private static final String ALPHABET = "BCDFGHJKMPQRTVWXY2346789";
  private static final int LENGTH = 25;

  private final Random random;
  private final Set<String> taken = new HashSet<>();

  public SyntheticKeys(Random random) {
    this.random = random;
  }

  /** The next key. */
  public ProductKey next() {
    ProductKey key = made();
    while (isPublished(key) || !taken.add(key.partialKey())) {
      key = made();
    }
    return key;
  }

  private ProductKey made() {
    StringBuilder characters = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      characters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return ProductKey.of(characters.toString());
  }

  private static boolean isPublished(ProductKey key) {
    return Catalogue.get().products().setupKeyByPartial(key.partialKey()).isPresent();
  }
}
