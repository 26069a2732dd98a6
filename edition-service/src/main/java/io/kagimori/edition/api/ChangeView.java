package io.kagimori.edition.api;

import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.ReimageDecided.Rule;
import io.kagimori.contracts.event.ReimageDecision;
import io.kagimori.contracts.event.Warning;
import io.kagimori.edition.domain.ChangePlan;
import io.kagimori.edition.domain.DeviceChange;
import io.kagimori.edition.domain.ReimageRuling;
import io.kagimori.edition.domain.RuleBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An upgrade or re-image as REST shows it.
 *
 * @param stages what was told, in order, with the seconds since the stage before
 * @param decision of a re-image
 * @param outdatedRules rules of the decision that are worded otherwise today; ask again to have
 *     them applied
 */
public record ChangeView(
    String requestId,
    String deviceId,
    String product,
    String fromEdition,
    String toEdition,
    EditionState state,
    String reason,
    String code,
    Map<String, Object> detail,
    List<Warning> warnings,
    List<String> steps,
    Boolean rebootExpected,
    String activationRequestId,
    List<Stage> stages,
    ReimageDecision decision,
    List<String> reasons,
    List<Rule> rules,
    List<String> outdatedRules,
    String overrideId,
    EditionReimageRequested reimage,
    String campaignId,
    Integer wave,
    Instant requestedAt,
    Instant endedAt) {

  /** A stage that was told. */
  public record Stage(EditionStage stage, Instant at, long seconds) {}

  static ChangeView of(DeviceChange change, RuleBook book) {
    ChangePlan plan = change.plan();
    DeviceChange.Status status = change.status();
    ReimageRuling ruling = change.decision();
    return new ChangeView(
        change.id().toString(),
        change.deviceId(),
        plan != null
            ? plan.product()
            : change.upgrade() == null ? null : change.upgrade().product(),
        plan == null ? null : plan.fromEdition(),
        change.target(),
        status.state(),
        status.reason(),
        status.code(),
        status.detail().isEmpty() ? null : status.detail(),
        status.warnings().isEmpty() ? null : status.warnings(),
        plan == null ? null : plan.steps(),
        plan == null ? null : plan.rebootExpected(),
        change.activationId() == null ? null : change.activationId().toString(),
        stages(change),
        ruling == null ? null : ruling.decision(),
        ruling == null ? null : ruling.reasons(),
        ruling == null ? null : ruling.rules(),
        ruling == null ? null : outdated(ruling, book),
        ruling == null ? null : ruling.overrideId(),
        change.reimage(),
        change.campaignId(),
        change.campaignId() == null ? null : change.wave(),
        change.requestedAt(),
        change.endedAt());
  }

  private static List<Stage> stages(DeviceChange change) {
    List<Stage> stages = new ArrayList<>();
    Instant before = change.requestedAt();
    for (EditionStage stage : EditionStage.values()) {
      Instant at = change.stages().get(stage);
      if (at != null) {
        stages.add(new Stage(stage, at, Math.max(0, Duration.between(before, at).toSeconds())));
        before = at;
      }
    }
    return stages.isEmpty() ? null : stages;
  }

  private static List<String> outdated(ReimageRuling ruling, RuleBook book) {
    return ruling.rules().stream()
        .filter(rule -> book.version(rule.id()).filter(rule.version()::equals).isEmpty())
        .map(Rule::id)
        .distinct()
        .toList();
  }
}
