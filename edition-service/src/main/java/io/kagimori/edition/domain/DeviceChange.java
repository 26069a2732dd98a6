package io.kagimori.edition.domain;

import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An upgrade or re-image of one device, from its request to its end.
 *
 * @param id id of the request
 * @param deviceId the device
 * @param kind what is done
 * @param upgrade the request, for an upgrade
 * @param reimage the request, for a re-image
 * @param decision what was decided on a re-image
 * @param plan what to do; null where it was refused
 * @param status where it stands
 * @param stages when each stage was told first
 * @param requestedAt record time of the request
 * @param endedAt when it ended; null while it has not
 * @param activationId request id of the activation that follows; null before
 * @param kmsGranted whether a KMS host granted that activation and only the agent's word is missing
 * @param restartOrdered whether the restart was ordered by the campaign's policy
 */
public record DeviceChange(
    UUID id,
    String deviceId,
    ChangeKind kind,
    EditionUpgradeRequested upgrade,
    EditionReimageRequested reimage,
    ReimageRuling decision,
    ChangePlan plan,
    Status status,
    Map<EditionStage, Instant> stages,
    Instant requestedAt,
    Instant endedAt,
    UUID activationId,
    boolean kmsGranted,
    boolean restartOrdered) {

  public DeviceChange {
    stages = stages == null ? Map.of() : stages;
  }

  /**
   * Where a change stands.
   *
   * @param state the state
   * @param since when it came there
   * @param dueAt when a tick has to look at it; null when none has to
   * @param stalledIn the state in which nothing more was heard; null outside of STALLED
   * @param reason stable code; null where all is well
   * @param code what DISM or Windows printed
   * @param detail the figures of the reason
   * @param warnings what the reader should know besides
   */
  public record Status(
      EditionState state,
      Instant since,
      Instant dueAt,
      EditionState stalledIn,
      String reason,
      String code,
      Map<String, Object> detail,
      List<Warning> warnings) {

    public Status {
      detail = detail == null ? Map.of() : detail;
      warnings = warnings == null ? List.of() : warnings;
    }
  }

  public EditionState state() {
    return status.state();
  }

  /** Whether it has come to an end. */
  public boolean ended() {
    return isEnd(state());
  }

  /** Whether nothing more happens in this state by itself. */
  public static boolean isEnd(EditionState state) {
    return switch (state) {
      case COMPLETED, NEEDS_ACTIVATION, FAILED, REFUSED -> true;
      default -> false;
    };
  }

  public String campaignId() {
    return kind == ChangeKind.UPGRADE ? upgrade.campaignId() : reimage.campaignId();
  }

  /** The wave of the campaign; 1 where none was named. */
  public int wave() {
    Integer wave = kind == ChangeKind.UPGRADE ? upgrade.wave() : reimage.wave();
    return wave == null ? 1 : wave;
  }

  /** The pool whose seat it still waits for; null when it needs none or has asked for it. */
  public String waitsForSeatOf() {
    return plan == null || ended() || activationId != null ? null : plan.activation().poolKeyId();
  }

  /** Whether it holds its device, so that no other upgrade may begin. */
  public boolean holdsDevice() {
    return !ended() && (kind == ChangeKind.UPGRADE || activationId != null);
  }

  /** The EditionID wanted; null where nothing was planned. */
  public String target() {
    return plan == null ? (upgrade == null ? null : upgrade.toEdition()) : plan.toEdition();
  }

  DeviceChange with(Status next) {
    Instant end = isEnd(next.state()) ? (endedAt == null ? next.since() : endedAt) : null;
    return copy(next, stages, end, activationId, kmsGranted, restartOrdered);
  }

  DeviceChange told(EditionStage stage, Instant now) {
    if (stages.containsKey(stage)) {
      return this;
    }
    Map<EditionStage, Instant> more = new EnumMap<>(EditionStage.class);
    more.putAll(stages);
    more.put(stage, now);
    return copy(status, more, endedAt, activationId, kmsGranted, restartOrdered);
  }

  DeviceChange activating(UUID request) {
    return copy(status, stages, endedAt, request, kmsGranted, restartOrdered);
  }

  DeviceChange grantedByKms() {
    return copy(status, stages, endedAt, activationId, true, restartOrdered);
  }

  DeviceChange orderedRestart() {
    return copy(status, stages, endedAt, activationId, kmsGranted, true);
  }

  private DeviceChange copy(
      Status nextStatus,
      Map<EditionStage, Instant> nextStages,
      Instant end,
      UUID activation,
      boolean granted,
      boolean restart) {
    return new DeviceChange(
        id,
        deviceId,
        kind,
        upgrade,
        reimage,
        decision,
        plan,
        nextStatus,
        nextStages,
        requestedAt,
        end,
        activation,
        granted,
        restart);
  }

  /** The warnings with one more, unless it is there already. */
  List<Warning> warnings(Warning more) {
    if (status.warnings().stream().anyMatch(known -> known.reason().equals(more.reason()))) {
      return status.warnings();
    }
    List<Warning> all = new ArrayList<>(status.warnings());
    all.add(more);
    return all;
  }
}
