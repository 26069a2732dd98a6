package io.kagimori.edition.domain;

import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyState;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The registered keys that a batch may need, with the seats already promised to changes under way.
 * Promises made for earlier requests of the batch count too. Not for several threads.
 */
public final class KeyBook {
  private final Map<String, KeyState> keys = new TreeMap<>();
  private final Map<String, Long> promised = new HashMap<>();

  /** Puts in a key as it was read. */
  public void loaded(KeyState key) {
    keys.put(key.keyId(), key);
  }

  /** Puts in how many seats of a key changes under way still wait for. */
  public void promised(String keyId, long seats) {
    promised.merge(keyId, seats, Long::sum);
  }

  /** The ids of the keys, as a set of the caller's own. */
  public Set<String> ids() {
    return new TreeSet<>(keys.keySet());
  }

  public Collection<KeyState> keys() {
    return List.copyOf(keys.values());
  }

  Optional<KeyState> byId(String keyId) {
    return Optional.ofNullable(keyId).map(keys::get);
  }

  Optional<KeyState> byPartial(String partialKey) {
    return keys.values().stream()
        .filter(key -> key.partialKey().equalsIgnoreCase(partialKey.strip()))
        .findFirst();
  }

  /** MAKs that key-service would choose from, in its order: site, earliest end, most available. */
  List<KeyState> pools(String product, String edition, String site, Instant now) {
    return keys.values().stream()
        .filter(key -> key.kind() == KeyKind.MAK && !key.blocked() && !expired(key, now))
        .filter(key -> covers(key, product, edition))
        .filter(key -> key.site() == null || key.site().equals(site))
        .sorted(
            Comparator.comparing((KeyState key) -> key.site() == null)
                .thenComparing(KeyState::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(key -> -key.available())
                .thenComparing(KeyState::keyId))
        .toList();
  }

  /** Seats of a key that nobody waits for; below zero where more are promised than there are. */
  long free(KeyState key) {
    return key.available() - promised.getOrDefault(key.keyId(), 0L);
  }

  /** A change of this batch will need a seat. */
  void promise(String keyId) {
    promised(keyId, 1);
  }

  static boolean covers(KeyState key, String product, String edition) {
    return key.products() != null
        && key.products().stream().anyMatch(covered -> covered.covers(product, edition));
  }

  static boolean expired(KeyState key, Instant now) {
    return key.expiresAt() != null && !key.expiresAt().isAfter(now);
  }

  /** Whether DISM takes the key for that edition. */
  static boolean isEditionSpecific(KeyState key, String product, String edition) {
    return key.takenByDism() && covers(key, product, edition);
  }
}
