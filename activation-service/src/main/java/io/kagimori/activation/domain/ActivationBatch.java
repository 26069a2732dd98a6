package io.kagimori.activation.domain;

import io.kagimori.contracts.catalogue.KmsRules;
import io.kagimori.contracts.catalogue.PlatformKind;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.KeyVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a batch touches, folded one event after another, so that several events for one device or
 * host see each other. Loaded by the store with the rows locked, written back set-wise. Not for
 * several threads.
 */
public final class ActivationBatch {
  private final Map<UUID, Activation> activations = new TreeMap<>();
  private final Set<UUID> readActivations = new HashSet<>();
  private final Map<UUID, Activation> changedActivations = new TreeMap<>();
  private final Map<String, Device> devices = new HashMap<>();
  private final Map<String, Long> deviceVersions = new HashMap<>();
  private final Map<String, DeviceFacets> facets = new HashMap<>();
  private final Map<String, Device> changedDevices = new TreeMap<>();
  private final Map<String, KmsHost> hosts = new HashMap<>();
  private final Map<String, KmsHost> changedHosts = new TreeMap<>();
  private final Map<String, KeyState> keys = new HashMap<>();
  private final Map<Installation, Confirmation> confirmations = new HashMap<>();
  private final List<Confirmation> newConfirmations = new ArrayList<>();
  private final List<DeviceHistory> history = new ArrayList<>();
  private final KmsContacts contacts;
  private final CmidDevices cmids;
  private final Incidents incidents;
  private final UnknownCodes unknownCodes = new UnknownCodes();

  /** An installation on a device: what a confirmation ID fits. */
  public record Installation(String deviceId, String installationId) {}

  public ActivationBatch(KmsRules rules) {
    this(rules, Incidents.Limits.DEFAULT);
  }

  public ActivationBatch(KmsRules rules, Incidents.Limits limits) {
    int ceiling = rules.countCacheFactor() * rules.requiredCount(PlatformKind.CLIENT);
    contacts = new KmsContacts(rules.countRetention(), ceiling);
    cmids = new CmidDevices(rules.countRetention());
    incidents = new Incidents(limits);
  }

  /** Puts in an activation as it was read. */
  public void loaded(Activation activation) {
    activations.put(activation.id(), activation);
    readActivations.add(activation.id());
  }

  /** Whether the activation has a row, as far as was read. */
  public boolean wasRead(Activation activation) {
    return readActivations.contains(activation.id());
  }

  /** Puts in a device as it was read. */
  public void loaded(Device device, long version) {
    devices.put(device.deviceId(), device);
    deviceVersions.put(device.deviceId(), version);
    facets.put(device.deviceId(), DeviceFacets.of(device));
  }

  /** Puts in a KMS host as it was read. */
  public void loaded(KmsHost host) {
    hosts.put(host.host(), host);
  }

  /** Puts in a confirmation ID as it was read. */
  public void loaded(Confirmation confirmation) {
    confirmations.put(
        new Installation(confirmation.deviceId(), confirmation.installationId()), confirmation);
  }

  /** The activation of a request. */
  public Optional<Activation> activation(UUID id) {
    return Optional.ofNullable(activations.get(id));
  }

  /** All activations of the batch, by id. */
  public Collection<Activation> activations() {
    return List.copyOf(activations.values());
  }

  /** The device, new when nobody has heard of it. */
  public Device device(String deviceId, Instant now) {
    Device known = devices.get(deviceId);
    return known == null ? Device.unknown(deviceId, now) : known;
  }

  /** The KMS host of that name. */
  public Optional<KmsHost> host(String name) {
    return Optional.ofNullable(hosts.get(name));
  }

  /** Puts in a key as it was read. */
  public void loaded(KeyState key) {
    keys.put(key.keyId(), key);
  }

  /** What rules may look up beside the device. */
  public Surroundings surroundings() {
    return new Surroundings(this::host, id -> Optional.ofNullable(keys.get(id)));
  }

  public KmsContacts contacts() {
    return contacts;
  }

  public CmidDevices cmids() {
    return cmids;
  }

  /** What is known when a verdict of key-service is to be decided on. */
  public Situation situation(KeyVerdict asked, Instant now) {
    String installationId = asked.request().installationId();
    Optional<String> confirmationId =
        Optional.ofNullable(installationId)
            .map(id -> confirmations.get(new Installation(asked.deviceId(), id)))
            .map(Confirmation::confirmationId);
    return new Situation(
        device(asked.deviceId(), now), this::host, contacts, cmids, confirmationId);
  }

  public Incidents incidents() {
    return incidents;
  }

  /** Takes over what a rule concluded. */
  public void apply(Conclusion conclusion) {
    conclusion.failure().ifPresent(incidents::failed);
    recovered(conclusion.device());
    conclusion
        .activation()
        .ifPresent(
            activation -> {
              activations.put(activation.id(), activation);
              changedActivations.put(activation.id(), activation);
            });
    Device device = conclusion.device();
    if (!device.equals(devices.get(device.deviceId()))) {
      devices.put(device.deviceId(), device);
      changedDevices.put(device.deviceId(), device);
    }
    conclusion.host().ifPresent(this::changed);
    conclusion
        .confirmation()
        .ifPresent(
            confirmation -> {
              loaded(confirmation);
              newConfirmations.add(confirmation);
            });
    history.addAll(conclusion.history());
  }

  /** A device that failed before and works now leaves its incidents. */
  private void recovered(Device now) {
    Device before = devices.get(now.deviceId());
    boolean failing =
        before != null
            && before.trouble() != null
            && before.trouble().state() == Trouble.State.FAILING;
    if (failing && now.trouble().state() == Trouble.State.RECOVERED) {
      incidents.recovered(now.deviceId(), before.trouble().kinds(), now.trouble().recoveredAt());
    }
  }

  /** A KMS host changed. */
  public void changed(KmsHost host) {
    hosts.put(host.host(), host);
    changedHosts.put(host.host(), host);
  }

  /** Codes that came in and that the catalogue does not know. */
  public UnknownCodes unknownCodes() {
    return unknownCodes;
  }

  /** The version of a device's row as it was read; 0 when it has none. */
  public long version(String deviceId) {
    return deviceVersions.getOrDefault(deviceId, 0L);
  }

  public Collection<Activation> changedActivations() {
    return List.copyOf(changedActivations.values());
  }

  public Collection<Device> changedDevices() {
    return List.copyOf(changedDevices.values());
  }

  /** What changed of what devices are looked for by, in the order of their ids. */
  public Map<String, DeviceFacets> changedFacets() {
    Map<String, DeviceFacets> changed = new TreeMap<>();
    changedDevices.forEach(
        (id, device) -> {
          DeviceFacets now = DeviceFacets.of(device);
          if (!now.equals(facets.getOrDefault(id, DeviceFacets.NONE))) {
            changed.put(id, now);
          }
        });
    return changed;
  }

  public Collection<KmsHost> changedHosts() {
    return List.copyOf(changedHosts.values());
  }

  public List<Confirmation> newConfirmations() {
    return List.copyOf(newConfirmations);
  }

  public List<DeviceHistory> history() {
    return List.copyOf(history);
  }
}
