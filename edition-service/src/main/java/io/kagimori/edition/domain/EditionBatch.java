package io.kagimori.edition.domain;

import io.kagimori.contracts.event.AgreementState;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.ReimageOverrideRequested;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a batch touches, folded one event after another, so that several events for one device see
 * each other. Loaded by the store with the rows locked, written back set-wise. Not for several
 * threads.
 */
public final class EditionBatch {
  private final Map<String, DeviceEdition> devices = new HashMap<>();
  private final Map<String, DeviceEdition> changedDevices = new TreeMap<>();
  private final Map<UUID, DeviceChange> changes = new TreeMap<>();
  private final Map<UUID, DeviceChange> changedChanges = new TreeMap<>();
  private final Map<UUID, UUID> changeOfActivation = new HashMap<>();
  private final Map<String, Image> images = new HashMap<>();
  private final Map<String, Image> changedImages = new TreeMap<>();
  private final Map<String, AgreementState> agreements = new HashMap<>();
  private final Map<String, AgreementState> changedAgreements = new TreeMap<>();
  private final Map<String, KeyState> changedKeys = new TreeMap<>();
  private final Map<String, ReimageOverrideRequested> overrides = new TreeMap<>();
  private final Map<String, ReimageOverrideRequested> changedOverrides = new TreeMap<>();
  private final Map<String, Campaign> campaigns = new TreeMap<>();
  private final Map<String, Campaign> changedCampaigns = new TreeMap<>();
  private final Map<String, CampaignCount> counts = new HashMap<>();
  private final KeyBook keys = new KeyBook();

  public void loaded(DeviceEdition device) {
    devices.put(device.deviceId(), device);
  }

  public void loaded(DeviceChange change) {
    changes.put(change.id(), change);
    if (change.activationId() != null) {
      changeOfActivation.put(change.activationId(), change.id());
    }
  }

  public void loaded(Image image) {
    images.put(image.request().imageId(), image);
  }

  public void loaded(AgreementState agreement) {
    agreements.put(agreement.agreementId(), agreement);
  }

  public void loaded(ReimageOverrideRequested override) {
    overrides.put(override.overrideId(), override);
  }

  public void loaded(Campaign campaign) {
    campaigns.put(campaign.campaignId(), campaign);
  }

  /** The count of a campaign, to be filled as it is read. */
  public CampaignCount count(String campaignId) {
    return counts.computeIfAbsent(campaignId, id -> new CampaignCount());
  }

  public KeyBook keys() {
    return keys;
  }

  /** The device, new when nobody has heard of it. */
  public DeviceEdition device(String deviceId) {
    DeviceEdition known = devices.get(deviceId);
    return known == null ? DeviceEdition.unknown(deviceId) : known;
  }

  public Optional<DeviceChange> change(UUID id) {
    return Optional.ofNullable(id).map(changes::get);
  }

  /** Whether the device is known to this batch. */
  public boolean knows(String deviceId) {
    return devices.containsKey(deviceId);
  }

  /**
   * Lets go of what concerns single devices, so that the next part of a large fleet has room. Keys
   * with their promises, images, agreements and campaigns stay.
   *
   * @param kept devices that come again later
   */
  public void forgetDevices(Set<String> kept) {
    devices.keySet().retainAll(kept);
    changedDevices.clear();
    changes.values().removeIf(change -> !kept.contains(change.deviceId()));
    changedChanges.clear();
    changeOfActivation.values().retainAll(changes.keySet());
    overrides.clear();
  }

  /** The change that waits or waited for an activation. */
  Optional<DeviceChange> changeOfActivation(UUID activation) {
    return change(changeOfActivation.get(activation));
  }

  /** The change that holds a device. */
  Optional<DeviceChange> running(String deviceId) {
    return change(device(deviceId).openChange()).filter(DeviceChange::holdsDevice);
  }

  /** Every change of the batch, by id. */
  public List<DeviceChange> changes() {
    return List.copyOf(changes.values());
  }

  public Optional<Image> image(String imageId) {
    return Optional.ofNullable(images.get(imageId));
  }

  Optional<AgreementState> agreement(String agreementId) {
    return Optional.ofNullable(agreementId).map(agreements::get);
  }

  List<ReimageOverrideRequested> overrides() {
    return new ArrayList<>(overrides.values());
  }

  public Optional<Campaign> campaign(String campaignId) {
    return Optional.ofNullable(campaignId).map(campaigns::get);
  }

  public Collection<Campaign> campaigns() {
    return List.copyOf(campaigns.values());
  }

  void put(DeviceEdition device) {
    if (!device.equals(devices.get(device.deviceId()))) {
      devices.put(device.deviceId(), device);
      changedDevices.put(device.deviceId(), device);
    }
  }

  /** Takes a change over, and lets it hold its device or lets go of it. */
  void put(DeviceChange change) {
    if (!change.equals(changes.get(change.id()))) {
      loaded(change);
      changedChanges.put(change.id(), change);
    }
    DeviceEdition device = device(change.deviceId());
    boolean holds = change.id().equals(device.openChange());
    if (change.holdsDevice() && !holds) {
      put(device.holding(change.id(), change.id()));
    } else if (!change.holdsDevice() && holds) {
      put(device.holding(null, device.lastChange()));
    }
  }

  void put(Image image) {
    loaded(image);
    changedImages.put(image.request().imageId(), image);
  }

  /** Takes an agreement over; the store keeps the newest version. */
  public void put(AgreementState agreement) {
    AgreementState before = changedAgreements.get(agreement.agreementId());
    if (before == null || before.version() < agreement.version()) {
      changedAgreements.put(agreement.agreementId(), agreement);
    }
  }

  /** Takes a key over; the store keeps the newest version. */
  public void put(KeyState key) {
    KeyState before = changedKeys.get(key.keyId());
    if (before == null || before.version() < key.version()) {
      changedKeys.put(key.keyId(), key);
    }
  }

  void put(ReimageOverrideRequested override) {
    loaded(override);
    changedOverrides.put(override.overrideId(), override);
  }

  void put(Campaign campaign) {
    loaded(campaign);
    changedCampaigns.put(campaign.campaignId(), campaign);
  }

  public Collection<DeviceEdition> changedDevices() {
    return List.copyOf(changedDevices.values());
  }

  public Collection<DeviceChange> changedChanges() {
    return List.copyOf(changedChanges.values());
  }

  public Collection<Image> changedImages() {
    return List.copyOf(changedImages.values());
  }

  public Collection<AgreementState> changedAgreements() {
    return List.copyOf(changedAgreements.values());
  }

  public Collection<KeyState> changedKeys() {
    return List.copyOf(changedKeys.values());
  }

  public Collection<ReimageOverrideRequested> changedOverrides() {
    return List.copyOf(changedOverrides.values());
  }

  public Collection<Campaign> changedCampaigns() {
    return List.copyOf(changedCampaigns.values());
  }
}
