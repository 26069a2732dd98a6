package io.kagimori.edition.domain;

import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.ReimageDecision;
import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Says beforehand what would happen to each device. Asks the rules of the real run one request
 * after the other on the state of the real run, and keeps nothing. Pure.
 */
public final class Preflight {
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
   * @param steps what works instead, where a refusal knows it
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
      Map<String, Object> detail,
      List<String> steps) {}

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

  /** Upgrades whose state the batch holds. */
  public Report upgrades(EditionBatch batch, List<EditionUpgradeRequested> asked, Instant now) {
    PreflightTally tally = new PreflightTally();
    upgrades(tally, batch, asked, now);
    return tally.report(null);
  }

  /** Adds upgrades whose state the batch holds to what was foreseen before. */
  public void upgrades(
      PreflightTally tally, EditionBatch batch, List<EditionUpgradeRequested> asked, Instant now) {
    tally.begin(batch.keys());
    for (EditionUpgradeRequested each : asked) {
      DeviceChange change = rule.upgrade(batch, EventIds.request(), each, now).change();
      boolean planned = change.state() != EditionState.REFUSED;
      tally.add(
          foreseen(change, planned ? "PLANNED" : "REFUSED", reasons(change), List.of()), false);
    }
  }

  private static List<String> reasons(DeviceChange change) {
    return change.status().reason() == null ? List.of() : List.of(change.status().reason());
  }

  /**
   * Re-images whose state the batch holds.
   *
   * @param kmsHost a KMS host that all of them reach; null where there is none
   */
  public Report reimages(
      EditionBatch batch, List<EditionReimageRequested> asked, String kmsHost, Instant now) {
    PreflightTally tally = new PreflightTally();
    reimages(tally, batch, asked, now);
    return tally.report(kmsHost);
  }

  /** Adds re-images whose state the batch holds to what was foreseen before. */
  public void reimages(
      PreflightTally tally, EditionBatch batch, List<EditionReimageRequested> asked, Instant now) {
    tally.begin(batch.keys());
    for (EditionReimageRequested each : asked) {
      DeviceChange change = rule.reimage(batch, EventIds.request(), each, now).change();
      ReimageRuling ruling = change.decision();
      boolean may = ruling.decision() != ReimageDecision.NOT_PERMITTED;
      List<String> rules = ruling.rules().stream().map(r -> r.id() + "@" + r.version()).toList();
      tally.add(
          foreseen(change, ruling.decision().name(), ruling.reasons(), rules),
          may && each.kms() == null);
    }
  }

  private static Foreseen foreseen(
      DeviceChange change, String outcome, List<String> reasons, List<String> rules) {
    boolean refused = change.state() == EditionState.REFUSED;
    ChangePlan plan = refused ? null : change.plan();
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
        change.status().detail().isEmpty() ? null : change.status().detail(),
        refused && change.plan() != null ? change.plan().steps() : null);
  }
}
