package io.kagimori.edition.domain;

import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.Warning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up what a preflight foresees. A large fleet is looked at part by part, and the seats free
 * are those from before the first part. Not for several threads.
 */
public final class PreflightTally {
  /** Devices from which a KMS host is worth its cost. Source: kms_rules.csv, threshold-01. */
  private static final int KMS_FROM = 25;

  private final List<Preflight.Foreseen> devices = new ArrayList<>();
  private final Map<String, KeyState> keys = new TreeMap<>();
  private final Map<String, Long> free = new HashMap<>();
  private final Map<String, Long> outcomes = new TreeMap<>();
  private final Map<String, Long> reasons = new TreeMap<>();
  private final Map<String, Long> needed = new HashMap<>();
  private long reboots;
  private long byMak;

  /** Notes the seats free of keys that no part before has brought. */
  void begin(KeyBook book) {
    for (KeyState key : book.keys()) {
      if (keys.putIfAbsent(key.keyId(), key) == null) {
        free.put(key.keyId(), book.free(key));
      }
    }
  }

  /**
   * Adds a device.
   *
   * @param mak whether it is to be re-imaged and activated with a MAK afterwards
   */
  void add(Preflight.Foreseen device, boolean mak) {
    devices.add(device);
    outcomes.merge(device.outcome(), 1L, Long::sum);
    device.reasons().forEach(reason -> reasons.merge(reason, 1L, Long::sum));
    reboots += Boolean.TRUE.equals(device.rebootExpected()) ? 1 : 0;
    byMak += mak ? 1 : 0;
    if (device.poolKeyId() != null) {
      needed.merge(device.poolKeyId(), 1L, Long::sum);
    }
  }

  /**
   * What would happen to all.
   *
   * @param kmsHost a KMS host that all of them reach; null where there is none
   */
  public Preflight.Report report(String kmsHost) {
    List<Preflight.Pool> pools = new ArrayList<>();
    long shortfall = 0;
    for (KeyState key : keys.values()) {
      Long wanted = needed.get(key.keyId());
      if (wanted != null) {
        long before = free.get(key.keyId());
        long missing = Math.max(0, wanted - Math.max(0, before));
        shortfall += missing;
        pools.add(
            new Preflight.Pool(
                key.keyId(),
                key.partialKey(),
                key.available(),
                key.available() - before,
                wanted,
                missing));
      }
    }
    return new Preflight.Report(
        devices.size(), outcomes, reasons, reboots, shortfall, pools, hints(kmsHost), devices);
  }

  private List<Warning> hints(String kmsHost) {
    return kmsHost != null && byMak >= KMS_FROM
        ? List.of(
            new Warning(
                Reasons.KMS_PROPOSED,
                new Details()
                    .with("devices", byMak)
                    .with("kmsHost", kmsHost)
                    .with("cost", "every device must reach the host within 180 days")
                    .map()))
        : List.of();
  }
}
