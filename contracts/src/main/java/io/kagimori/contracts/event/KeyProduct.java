package io.kagimori.contracts.event;

import java.util.List;

/**
 * A product and the editions of it that a key covers.
 *
 * @param product slug of the product family
 * @param editions EditionIDs; {@code ["*"]} or absent means all
 */
public record KeyProduct(String product, List<String> editions) {
  public KeyProduct {
    editions = editions == null || editions.isEmpty() ? List.of("*") : List.copyOf(editions);
  }

  /** Whether the key covers this edition of this product; EditionIDs are compared without case. */
  public boolean covers(String product, String edition) {
    return this.product.equals(product)
        && editions.stream().anyMatch(e -> e.equals("*") || e.equalsIgnoreCase(edition));
  }
}
