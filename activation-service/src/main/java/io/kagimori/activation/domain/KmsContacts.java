package io.kagimori.activation.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The clients of KMS hosts as far as a batch needs them: for each host the most recent client
 * machine IDs, at most the ceiling of the count, and those of the batch itself. That is enough for
 * an exact count up to the ceiling, however many clients the host has: an ID that was not loaded is
 * older than all that were. Not for several threads.
 */
public final class KmsContacts {
  private final Duration retention;
  private final int ceiling;
  private final Map<String, Map<String, Instant>> hosts = new TreeMap<>();
  private final Map<Contact, Instant> changed = new HashMap<>();

  /** A client of a host. */
  public record Contact(String host, String cmid) {}

  /** How many clients a host has, up to the ceiling. */
  public record HostCount(String host, int count) {}

  /**
   * @param retention how long after its last contact a client stays in the count
   * @param ceiling counts are exact up to here and never larger
   */
  public KmsContacts(Duration retention, int ceiling) {
    this.retention = retention;
    this.ceiling = ceiling;
  }

  /** Puts in a contact as it was read. */
  public void loaded(String host, String cmid, Instant lastSeenAt) {
    of(host).merge(cmid, lastSeenAt, KmsContacts::later);
  }

  /** A client contacted a host. */
  public void contact(String host, String cmid, Instant at) {
    Instant last = of(host).merge(cmid, at, KmsContacts::later);
    changed.put(new Contact(host, cmid), last);
  }

  /** Distinct clients of the host within the retention, up to the ceiling. */
  public int count(String host, Instant now) {
    return count(hosts.getOrDefault(host, Map.of()), now, ceiling);
  }

  /**
   * The hosts that are below a threshold, each with its count, when together they would reach it;
   * none otherwise. A client of two hosts counts once.
   */
  List<HostCount> splitAcross(int required, Instant now) {
    List<HostCount> below = new ArrayList<>();
    Set<String> together = new HashSet<>();
    hosts.forEach(
        (host, clients) -> {
          int count = count(clients, now, required);
          if (count > 0 && count < required) {
            below.add(new HostCount(host, count));
            clients.forEach(
                (cmid, at) -> {
                  if (isRetained(at, now)) {
                    together.add(cmid);
                  }
                });
          }
        });
    return below.size() > 1 && together.size() >= required ? below : List.of();
  }

  /** The contacts of the batch, each with its newest time. */
  public Map<Contact, Instant> changed() {
    return Map.copyOf(changed);
  }

  private Map<String, Instant> of(String host) {
    return hosts.computeIfAbsent(host, h -> new HashMap<>());
  }

  private int count(Map<String, Instant> clients, Instant now, int enough) {
    int count = 0;
    for (Instant at : clients.values()) {
      if (isRetained(at, now) && ++count >= enough) {
        break;
      }
    }
    return count;
  }

  private boolean isRetained(Instant at, Instant now) {
    return !at.isBefore(now.minus(retention));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
