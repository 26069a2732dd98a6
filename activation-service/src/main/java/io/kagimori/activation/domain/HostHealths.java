package io.kagimori.activation.domain;

import io.kagimori.contracts.event.KmsRequestLogged;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a batch of KMS events changes beside the counts of its hosts. Not for several threads. */
public final class HostHealths {
  private final Map<String, HostHealth> known = new HashMap<>();
  private final Map<String, HostHealth> changed = new TreeMap<>();
  private final Map<KmsContacts.Contact, LoggedRequest> requests = new HashMap<>();

  /**
   * The newest request of a client, as its host logged it.
   *
   * @param said the parts of event 12290
   * @param requestedAt when the client asked
   */
  public record LoggedRequest(KmsRequestLogged said, Instant requestedAt) {}

  /** Puts in a host as it was read. */
  public void loaded(HostHealth health) {
    known.put(health.host(), health);
  }

  /** The host of that name. */
  public HostHealth of(String host) {
    return known.computeIfAbsent(host, HostHealth::unknown);
  }

  /** A host changed. */
  public void changed(HostHealth health) {
    known.put(health.host(), health);
    changed.put(health.host(), health);
  }

  /** A host logged a request of a client. */
  public void logged(String host, String cmid, KmsRequestLogged said, Instant requestedAt) {
    changed(of(host).logged(said, requestedAt));
    requests.merge(
        new KmsContacts.Contact(host, cmid),
        new LoggedRequest(said, requestedAt),
        (a, b) -> b.requestedAt().isBefore(a.requestedAt()) ? a : b);
  }

  public Collection<HostHealth> allChanged() {
    return changed.values();
  }

  /** The newest request of each client in the batch. */
  public Map<KmsContacts.Contact, LoggedRequest> requests() {
    return Map.copyOf(requests);
  }
}
