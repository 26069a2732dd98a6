package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the inventory of FusionInventory, OCS and GLPI, be it XML in capitals or JSON in small
 * letters: the operating system, its product ID and the licenses found. Whole product keys are cut
 * to their last five characters on reading.
 */
final class InventoryTree {
  private InventoryTree() {}

  /** Takes a node that holds the sections of an inventory; false for any other. */
  static boolean take(Node node, Readings readings) {
    Node hardware = node.child("HARDWARE");
    Node system = node.child("OPERATINGSYSTEM");
    List<Node> licenses = new ArrayList<>();
    for (Node child : node.children()) {
      if (child.name().equalsIgnoreCase("LICENSEINFOS")) {
        licenses.addAll(objects(child));
      }
    }
    if (hardware == null && system == null && licenses.isEmpty()) {
      return false;
    }
    Reading reading = new Reading(Kind.INVENTORY);
    put(
        reading,
        "os_name",
        text(system, "full_name"),
        text(hardware, "osname"),
        text(system, "name"));
    put(
        reading,
        "os_version",
        text(system, "kernel_version"),
        text(hardware, "osversion"),
        text(system, "version"));
    put(reading, "host_name", text(hardware, "name"), text(system, "host_name"));
    put(reading, "product_id", text(hardware, "winprodid"));
    String key = text(hardware, "winprodkey");
    reading.put("partial_product_key", key == null ? null : ProductKeys.lastFive(key));
    for (Node license : licenses) {
      Map<String, Object> facts = license(license);
      if (!facts.isEmpty()) {
        reading.products().add(facts);
      }
    }
    if (reading.isEmpty()) {
      return false;
    }
    readings.add(reading);
    return true;
  }

  private static List<Node> objects(Node section) {
    boolean list = !section.isLeaf() && section.children().stream().noneMatch(Node::isLeaf);
    return list ? section.children() : List.of(section);
  }

  private static Map<String, Object> license(Node node) {
    Map<String, String> properties = new LinkedHashMap<>();
    node.children().forEach(child -> properties.putIfAbsent(child.name(), child.text()));
    return PropertyFacts.of(properties);
  }

  private static void put(Reading reading, String fact, String... values) {
    for (String value : values) {
      if (value != null && Values.text(value) != null) {
        reading.put(fact, Values.text(value));
        return;
      }
    }
  }

  private static String text(Node section, String name) {
    Node child = section == null ? null : section.child(name);
    return child == null || child.text().isEmpty() ? null : child.text();
  }
}
