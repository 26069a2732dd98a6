package io.kagimori.esu.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a batch touches, folded one event after another, so that several events for one device see
 * each other. Loaded by the store with the rows locked, written back set-wise. Not for several
 * threads.
 */
public final class EsuBatch {
  private final Map<String, EsuDevice> devices = new TreeMap<>();
  private final Map<String, EsuDevice> before = new HashMap<>();
  private final Map<String, EsuDevice> changed = new TreeMap<>();
  private final Map<String, Enrolment> enrolments = new LinkedHashMap<>();
  private final ArcLinks arc = new ArcLinks();

  /** Puts in a device as it was read. */
  public void loaded(EsuDevice device) {
    devices.put(device.deviceId(), device);
    before.put(device.deviceId(), device);
  }

  /** The device, new when nobody has heard of it. */
  public EsuDevice device(String deviceId) {
    EsuDevice known = devices.get(deviceId);
    return known == null ? EsuDevice.unknown(deviceId) : known;
  }

  /** Every device of the batch, by id. */
  public List<EsuDevice> devices() {
    return new ArrayList<>(devices.values());
  }

  public ArcLinks arc() {
    return arc;
  }

  /** Takes over what a rule concluded. */
  public Conclusion apply(Conclusion conclusion) {
    EsuDevice device = conclusion.device();
    if (!device.equals(devices.get(device.deviceId()))) {
      devices.put(device.deviceId(), device);
      changed.put(device.deviceId(), device);
    }
    conclusion.enrolments().forEach(e -> enrolments.put(e.requestId(), e));
    return conclusion;
  }

  /** The device as it was read; absent when it has no row yet. */
  public Optional<EsuDevice> before(String deviceId) {
    return Optional.ofNullable(before.get(deviceId));
  }

  /** The years of a changed device that are new, or held where they were not, or the reverse. */
  public List<YearRecord> changedYears(EsuDevice device) {
    EsuDevice was = before.getOrDefault(device.deviceId(), EsuDevice.unknown(device.deviceId()));
    return device.years().stream()
        .filter(year -> was.years().stream().noneMatch(year::saysTheSame))
        .toList();
  }

  /** Whether an enrolment was there when its device was read. */
  public boolean knew(Enrolment enrolment) {
    return before(enrolment.deviceId()).stream()
        .flatMap(device -> device.enrolments().stream())
        .anyMatch(known -> known.requestId().equals(enrolment.requestId()));
  }

  public Collection<EsuDevice> changedDevices() {
    return List.copyOf(changed.values());
  }

  public Collection<Enrolment> changedEnrolments() {
    return new TreeMap<>(enrolments).values();
  }
}
