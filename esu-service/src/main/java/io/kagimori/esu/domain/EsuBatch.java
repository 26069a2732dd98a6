package io.kagimori.esu.domain;

import io.kagimori.contracts.event.EsuResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a batch touches, folded one event after another, so that several events for one device see
 * each other. Loaded by the store, which locks what may change, and written back set-wise. Not for
 * several threads.
 */
public final class EsuBatch {
  private final Map<String, EsuDevice> devices = new TreeMap<>();
  private final Map<String, EsuDevice> before = new HashMap<>();
  private final Set<String> onlyRead = new HashSet<>();
  private final Set<String> changed = new TreeSet<>();
  private final Map<String, Enrolment> enrolments = new LinkedHashMap<>();
  private final ArcLinks arc = new ArcLinks();

  /** Puts in a device as it was read. */
  public void loaded(EsuDevice device) {
    devices.put(device.deviceId(), device);
    before.put(device.deviceId(), device);
  }

  /** Devices that are read and not locked: their documents may not change. */
  public void onlyRead(Collection<String> ids) {
    onlyRead.addAll(ids);
  }

  /** Puts in the answer that accepted an open enrolment of a device that was put in before. */
  public void loaded(EsuResult accepted) {
    loaded(devices.get(accepted.deviceId()).accepted(accepted.requestId(), accepted));
  }

  /** Ids of the enrolments that may have been accepted, as far as was read. */
  public List<String> asked() {
    return before.values().stream()
        .flatMap(device -> device.enrolments().stream())
        .filter(enrolment -> enrolment.state() == EnrolmentState.REQUESTED)
        .map(Enrolment::requestId)
        .toList();
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
    String id = device.deviceId();
    boolean isNew = !devices.containsKey(id) && !onlyRead.contains(id);
    if (isNew || !device.document().equals(device(id).document())) {
      changed(id);
    }
    devices.put(id, device);
    conclusion.enrolments().forEach(e -> enrolments.put(e.requestId(), e));
    return conclusion;
  }

  private void changed(String deviceId) {
    if (onlyRead.contains(deviceId)) {
      throw new IllegalStateException("changed without a lock: " + deviceId);
    }
    changed.add(deviceId);
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

  /** An enrolment as it was when its device was read. */
  public Optional<Enrolment> before(Enrolment enrolment) {
    return before(enrolment.deviceId()).stream()
        .flatMap(device -> device.enrolments().stream())
        .filter(known -> known.requestId().equals(enrolment.requestId()))
        .findFirst();
  }

  /** Devices whose documents changed. */
  public List<EsuDevice> changedDevices() {
    return changed.stream().map(devices::get).toList();
  }

  public Collection<Enrolment> changedEnrolments() {
    return new TreeMap<>(enrolments).values();
  }
}
