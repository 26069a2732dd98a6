package io.kagimori.agent.collect;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The license among several that the machine runs on: the one that holds a product key. */
public final class LicenseInUse {
  private LicenseInUse() {}

  /**
   * The facts of the license in use; empty where no listed license holds a key or several do, which
   * the findings of the text then say.
   */
  @SuppressWarnings("unchecked") // "products" is a list of fact maps, see Collected#facts
  public static Optional<Map<String, Object>> of(Collected collected) {
    Object products = collected.facts().get("products");
    List<Map<String, Object>> listed =
        products == null ? List.of(collected.facts()) : (List<Map<String, Object>>) products;
    List<Map<String, Object>> withKey =
        listed.stream().filter(facts -> facts.containsKey("partial_product_key")).toList();
    return withKey.size() == 1 ? Optional.of(withKey.get(0)) : Optional.empty();
  }
}
