package io.kagimori.contracts.event;

import java.util.List;

/**
 * A product and the editions of it that a key covers.
 *
 * @param product slug of the product family
 * @param editions EditionIDs; {@code ["*"]} or absent means all
 * @param activationIds SKU ids of the add-on licenses it is for, as ESU years have them; absent
 *     means any
 */
public record KeyProduct(String product, List<String> editions, List<String> activationIds) {
  public KeyProduct {
    editions = editions == null || editions.isEmpty() ? List.of("*") : List.copyOf(editions);
    activationIds =
        activationIds == null || activationIds.isEmpty() ? null : List.copyOf(activationIds);
  }

  /** A product whose add-on licenses do not matter. */
  public KeyProduct(String product, List<String> editions) {
    this(product, editions, null);
  }

  /** Whether the key covers this edition of this product; EditionIDs are compared without case. */
  public boolean covers(String product, String edition) {
    return this.product.equals(product)
        && editions.stream().anyMatch(e -> e.equals("*") || e.equalsIgnoreCase(edition));
  }

  /** Whether the key is for this add-on license; SKU ids are compared without case. */
  public boolean serves(String activationId) {
    return activationIds == null
        || activationId == null
        || activationIds.stream().anyMatch(activationId::equalsIgnoreCase);
  }
}
