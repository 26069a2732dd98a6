package io.kagimori.edition.domain;

import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.ReimageDecision;
import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says beforehand what would happen to each device. Asks the rules of the real run one request
 * after the other on the state of the real run, and keeps nothing. Pure.
 */
public final class Preflight {
  /** Devices from which a KMS host is worth its cost. Source: kms_rules.csv, threshold-01. */
  private static final int KMS_FROM = 25;

  private final EditionRequestRule rule;

  public Preflight(EditionRequestRule rule) {
    this.rule = rule;
  }

  /**
   * What would happen to one device.
   *
   * @param deviceId the device
   * @param outcome PLANNED or REFUSED; of a re-image its decision
   * @param reasons stable codes; empty where all is well
   * @param code what DISM would print
   * @param toEdition EditionID afterwards
   * @param method how the edition is changed; absent for a re-image
   * @param keyId key for the change itself
   * @param rebootExpected whether a restart belongs to it
   * @param poolKeyId pool that would give the seat for the activation afterwards
   * @param warnings what the reader should know besides
   * @param rules rules that fired, for a re-image
   * @param detail the figures of the reasons
   */
  public record Foreseen(
      String deviceId,
      String outcome,
      List<String> reasons,
      String code,
      String toEdition,
      String method,
      String keyId,
      Boolean rebootExpected,
      String poolKeyId,
      List<String> warnings,
      List<String> rules,
      Map<String, Object> detail) {}

  /**
   * A pool and what is wanted of it.
   *
   * @param keyId the key
   * @param partialKey its last five characters
   * @param available seats free
   * @param promised seats that changes under way wait for
   * @param needed seats these devices need
   * @param shortfall seats missing
   */
  public record Pool(
      String keyId,
      String partialKey,
      long available,
      long promised,
      long needed,
      long shortfall) {}

  /**
   * What would happen to all.
   *
   * @param total devices looked at
   * @param outcomes how many of each outcome
   * @param reasons how many of each reason
   * @param reboots devices that restart
   * @param shortfall seats missing in all pools
   * @param pools pools needed
   * @param hints what to think of before the roll-out
   * @param devices device by device, in the order asked
   */
  public record Report(
      int total,
      Map<String, Long> outcomes,
      Map<String, Long> reasons,
      long reboots,
      long shortfall,
      List<Pool> pools,
      List<Warning> hints,
      List<Foreseen> devices) {}

  /** Upgrades. */
  public Report upgrades(EditionBatch batch, List<EditionUpgradeRequested> asked, Instant now) {
    Map<String, Long> free = free(batch);
    List<Foreseen> devices = new ArrayList<>(asked.size());
    for (EditionUpgradeRequested each : asked) {
      DeviceChange change = rule.upgrade(batch, EventIds.request(), each, now).change();
      boolean planned = change.state() != EditionState.REFUSED;
      devices.add(foreseen(change, planned ? "PLANNED" : "REFUSED", reasons(change), List.of()));
    }
    return report(batch, free, devices, List.of());
  }

  private static List<String> reasons(DeviceChange change) {
    return change.status().reason() == null ? List.of() : List.of(change.status().reason());
  }

  /**
   * Re-images.
   *
   * @param kmsHost a KMS host that all of them reach; null where there is none
   */
  public Report reimages(
      EditionBatch batch, List<EditionReimageRequested> asked, String kmsHost, Instant now) {
    Map<String, Long> free = free(batch);
    List<Foreseen> devices = new ArrayList<>(asked.size());
    long byMak = 0;
    for (EditionReimageRequested each : asked) {
      DeviceChange change = rule.reimage(batch, EventIds.request(), each, now).change();
      ReimageRuling ruling = change.decision();
      boolean may = ruling.decision() != ReimageDecision.NOT_PERMITTED;
      byMak += may && each.kms() == null ? 1 : 0;
      List<String> rules = ruling.rules().stream().map(r -> r.id() + "@" + r.version()).toList();
      devices.add(foreseen(change, ruling.decision().name(), ruling.reasons(), rules));
    }
    List<Warning> hints =
        kmsHost != null && byMak >= KMS_FROM
            ? List.of(
                new Warning(
                    Reasons.KMS_PROPOSED,
                    new Details()
                        .with("devices", byMak)
                        .with("kmsHost", kmsHost)
                        .with("cost", "every device must reach the host within 180 days")
                        .map()))
            : List.of();
    return report(batch, free, devices, hints);
  }

  private static Foreseen foreseen(
      DeviceChange change, String outcome, List<String> reasons, List<String> rules) {
    ChangePlan plan = change.state() == EditionState.REFUSED ? null : change.plan();
    return new Foreseen(
        change.deviceId(),
        outcome,
        reasons,
        change.status().code(),
        change.target(),
        plan == null || plan.method() == null ? null : plan.method().name(),
        plan == null ? null : plan.keyId(),
        plan == null ? null : plan.rebootExpected(),
        plan == null ? null : plan.activation().poolKeyId(),
        change.status().warnings().stream().map(Warning::reason).toList(),
        rules,
        change.status().detail().isEmpty() ? null : change.status().detail());
  }

  private static Map<String, Long> free(EditionBatch batch) {
    Map<String, Long> free = new HashMap<>();
    batch.keys().keys().forEach(key -> free.put(key.keyId(), batch.keys().free(key)));
    return free;
  }

  private static Report report(
      EditionBatch batch, Map<String, Long> free, List<Foreseen> devices, List<Warning> hints) {
    Map<String, Long> outcomes = new TreeMap<>();
    Map<String, Long> reasons = new TreeMap<>();
    Map<String, Long> needed = new TreeMap<>();
    long reboots = 0;
    for (Foreseen device : devices) {
      outcomes.merge(device.outcome(), 1L, Long::sum);
      device.reasons().forEach(reason -> reasons.merge(reason, 1L, Long::sum));
      reboots += Boolean.TRUE.equals(device.rebootExpected()) ? 1 : 0;
      if (device.poolKeyId() != null) {
        needed.merge(device.poolKeyId(), 1L, Long::sum);
      }
    }
    List<Pool> pools = new ArrayList<>();
    long shortfall = 0;
    for (KeyState key : batch.keys().keys()) {
      Long wanted = needed.get(key.keyId());
      if (wanted != null) {
        long before = free.get(key.keyId());
        long missing = Math.max(0, wanted - Math.max(0, before));
        shortfall += missing;
        pools.add(
            new Pool(
                key.keyId(),
                key.partialKey(),
                key.available(),
                key.available() - before,
                wanted,
                missing));
      }
    }
    return new Report(devices.size(), outcomes, reasons, reboots, shortfall, pools, hints, devices);
  }
}
