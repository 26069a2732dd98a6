package io.kagimori.edition.domain;

import io.kagimori.contracts.catalogue.KmsRules;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionResult;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionVerdict;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.ReimageDecided;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is published of a change. */
final class ChangeAnswers {
  private final KmsRules rules;

  ChangeAnswers(KmsRules rules) {
    this.rules = rules;
  }

  /** The answer to the request itself. */
  Event first(DeviceChange change, EditionVerdict verdict, Instant now) {
    return change.kind() == ChangeKind.REIMAGE
        ? decided(change, now)
        : result(change, verdict, change.plan() == null ? null : change.plan().steps(), true, now);
  }

  EditionResult progressed(DeviceChange change, List<String> steps, Instant now) {
    return result(change, EditionVerdict.PROGRESSED, steps, false, now);
  }

  EditionResult ended(DeviceChange change, EditionVerdict verdict, Instant now) {
    return result(change, verdict, List.of(), false, now);
  }

  private static EditionResult result(
      DeviceChange change, EditionVerdict verdict, List<String> steps, boolean first, Instant now) {
    ChangePlan plan = change.plan();
    DeviceChange.Status status = change.status();
    Map<String, Object> detail = new LinkedHashMap<>(status.detail());
    if (change.kind() == ChangeKind.REIMAGE) {
      detail.put("kind", change.kind().name());
    }
    return new EditionResult(
        change.id().toString(),
        change.deviceId(),
        verdict,
        status.state(),
        status.reason(),
        status.code(),
        steps == null || steps.isEmpty() ? null : steps,
        detail.isEmpty() ? null : detail,
        status.warnings().isEmpty() ? null : status.warnings(),
        plan == null ? null : plan.rebootExpected(),
        change.activationId() == null ? null : change.activationId().toString(),
        plan == null ? product(change) : plan.product(),
        plan == null ? from(change) : plan.fromEdition(),
        change.target(),
        change.campaignId(),
        change.campaignId() == null ? null : change.wave(),
        first ? change.upgrade() : null,
        now);
  }

  private static String product(DeviceChange change) {
    return change.upgrade() == null ? null : change.upgrade().product();
  }

  private static String from(DeviceChange change) {
    return change.upgrade() == null ? null : change.upgrade().fromEdition();
  }

  private static ReimageDecided decided(DeviceChange change, Instant now) {
    ReimageRuling ruling = change.decision();
    EditionReimageRequested asked = change.reimage();
    return new ReimageDecided(
        change.id().toString(),
        change.deviceId(),
        ruling.decision(),
        ruling.reasons(),
        ruling.rules(),
        asked.agreementId(),
        asked.imageId(),
        asked.oem(),
        change.plan() == null ? null : change.plan().keyId(),
        ruling.warnings(),
        change.plan() == null ? null : change.plan().steps(),
        ruling.detail().isEmpty() ? null : ruling.detail(),
        ruling.overrideId(),
        change.state(),
        change.campaignId(),
        change.campaignId() == null ? null : change.wave(),
        asked,
        now);
  }

  /** How long a device without activation goes on; absent where no length is fixed. */
  Details grace(DeviceChange change, Instant now) {
    return new Details()
        .with("edition", change.target())
        .with(
            "graceUntil",
            rules
                .initialGrace(change.plan().product())
                .map(length -> now.plus(length).toString())
                .orElse(null));
  }

  /** How long the change took, stage by stage. */
  Map<String, Object> durations(DeviceChange change, Instant now) {
    Map<String, Object> seconds = new LinkedHashMap<>();
    Instant from = change.requestedAt();
    for (EditionStage stage : EditionStage.values()) {
      Instant at = change.stages().get(stage);
      if (at != null) {
        seconds.put(stage.name(), Math.max(0, Duration.between(from, at).toSeconds()));
        from = at;
      }
    }
    return new Details()
        .with("seconds", Math.max(0, Duration.between(change.requestedAt(), now).toSeconds()))
        .with("stageSeconds", seconds.isEmpty() ? null : seconds)
        .map();
  }
}
