package io.kagimori.agent.collect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Sorts the facts of an object: those of a license into a product, those of the licensing service
 * or of an operation into the reading as a whole.
 */
final class LicenseObjects {
  private static final String ESU_VALUE = "ESUValue";

  private static final Set<String> OF_A_LICENSE =
      Set.of(
          "device",
          "name",
          "activation_id",
          "application_id",
          "partial_product_key",
          "license_status",
          "license_family",
          "description",
          "remaining_minutes",
          "esu_activation_id");

  private LicenseObjects() {}

  static void add(Map<String, String> properties, Reading reading) {
    Map<String, Object> facts = PropertyFacts.of(properties);
    boolean member = properties.keySet().stream().anyMatch(name -> name.startsWith(ESU_VALUE));
    if (member && facts.containsKey("name")) {
      // In a collection of Configuration Manager the name is that of the member.
      facts.put("device", facts.remove("name"));
    }
    if (facts.keySet().stream().anyMatch(OF_A_LICENSE::contains)
        && !facts.containsKey("succeeded")) {
      reading.products().add(new LinkedHashMap<>(facts));
    } else {
      facts.forEach(reading::put);
    }
  }
}
