package io.kagimori.esu.domain;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which devices are linked to which license resources of Azure Arc, and with how many cores. Loaded
 * for the licenses that a batch names, and folded like the rest of its state.
 */
public final class ArcLinks {
  private final Map<String, Map<String, Integer>> cores = new HashMap<>();
  private final Set<String> changed = new TreeSet<>();

  /** Puts in a link as it was read. */
  public void loaded(String licenseId, String deviceId, int deviceCores) {
    cores.computeIfAbsent(licenseId, id -> new HashMap<>()).put(deviceId, deviceCores);
  }

  /** Cores of all other devices that are linked to a license. */
  int linkedBeside(String licenseId, String deviceId) {
    return cores.getOrDefault(licenseId, Map.of()).entrySet().stream()
        .filter(link -> !link.getKey().equals(deviceId))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  void link(String licenseId, String deviceId, int deviceCores) {
    loaded(licenseId, deviceId, deviceCores);
    changed.add(licenseId);
  }

  /** Links of the licenses that changed. */
  public Map<String, Map<String, Integer>> changed() {
    Map<String, Map<String, Integer>> links = new TreeMap<>();
    changed.forEach(id -> links.put(id, Map.copyOf(cores.get(id))));
    return links;
  }
}
