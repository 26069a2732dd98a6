package io.kagimori.edition.domain;

import static io.kagimori.contracts.event.EditionState.ACTIVATION_REQUESTED;
import static io.kagimori.contracts.event.EditionState.COMPLETED;
import static io.kagimori.contracts.event.EditionState.FAILED;
import static io.kagimori.contracts.event.EditionState.FINALISING;
import static io.kagimori.contracts.event.EditionState.NEEDS_ACTIVATION;
import static io.kagimori.contracts.event.EditionState.PLANNED;
import static io.kagimori.contracts.event.EditionState.QUEUED;
import static io.kagimori.contracts.event.EditionState.REBOOTING;
import static io.kagimori.contracts.event.EditionState.REBOOT_PENDING;
import static io.kagimori.contracts.event.EditionState.REFUSED;
import static io.kagimori.contracts.event.EditionState.STALLED;
import static io.kagimori.contracts.event.EditionState.VERIFIED;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionStageReported;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.EditionVerdict;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a change goes on: a pure function of the change, an event and now. Events may come in any
 * order, more than once or not at all. What a device shows wins over what was given up; an edition
 * that has changed is never changed again, only the activation after it may need another try.
 */
public final class ChangeMachine {
  private final Policy.Patience patience;
  private final FailureReading failures;
  private final ChangeAnswers answers;

  public ChangeMachine(Catalogue catalogue, Policy.Patience patience) {
    this.patience = patience;
    this.failures = new FailureReading(catalogue.errorCodes());
    this.answers = new ChangeAnswers(catalogue.kmsRules());
  }

  /** A change that was decided just now. */
  public Step begun(DeviceChange change, Instant now) {
    EditionVerdict verdict =
        change.state() == REFUSED ? EditionVerdict.REFUSED : EditionVerdict.PLANNED;
    Instant due = due(change, change.state(), now);
    DeviceChange begun = change.with(withDue(change.status(), due));
    return new Step(begun, List.of(answers.first(begun, verdict, now)));
  }

  /** An agent reports a stage. */
  public Step reported(DeviceChange before, EditionStageReported said, Instant now) {
    DeviceChange change = before.told(said.stage(), now);
    if (change.state() == REFUSED || change.state() == COMPLETED || change.activationId() != null) {
      return Step.quiet(change);
    }
    if ((said.stage() == EditionStage.REIMAGED) != (change.kind() == ChangeKind.REIMAGE)) {
      return Step.quiet(change);
    }
    boolean succeeded = failures.isSuccess(said);
    if (said.stage() == EditionStage.OBSERVED) {
      return succeeded && said.edition() != null ? observed(change, said, now) : Step.quiet(change);
    }
    if (said.stage() == EditionStage.REIMAGED && succeeded) {
      return verified(change, said, now);
    }
    if (!succeeded) {
      return failed(before, change, said, now);
    }
    return change.state() == FAILED ? Step.quiet(change) : advanced(before, change, said, now);
  }

  private Step observed(DeviceChange change, EditionStageReported said, Instant now) {
    if (Editions.same(said.edition(), change.target())) {
      return verified(change, said, now);
    }
    if (change.state() == FAILED) {
      return Step.quiet(change);
    }
    Map<String, Object> detail =
        new Details().with("expected", change.target()).with("observed", said.edition()).map();
    return end(change, FAILED, Reasons.VERIFY_FAILED, null, detail, now);
  }

  private Step failed(
      DeviceChange before, DeviceChange change, EditionStageReported said, Instant now) {
    int rank = Stages.rank(said.stage());
    // Whoever came further cannot have failed here: the report is older than what is known.
    boolean outdated = Stages.furthest(before) > rank;
    if (outdated || change.state() == FAILED) {
      return Step.quiet(change);
    }
    Refusal read = failures.read(said);
    return end(change, FAILED, read.reason(), read.code(), read.detail(), now);
  }

  private Step advanced(
      DeviceChange before, DeviceChange change, EditionStageReported said, Instant now) {
    EditionState told = Stages.state(said.stage());
    EditionState held = change.state() == STALLED ? change.status().stalledIn() : change.state();
    EditionState next = Stages.rank(told) > Stages.rank(held) ? told : held;
    boolean first = before.stages().get(said.stage()) == null;
    boolean moved = next != change.state();
    // Somebody logged on or off while the restart waits: whoever orders it has to know.
    boolean people =
        told == REBOOT_PENDING
            && next == REBOOT_PENDING
            && !moved
            && said.interactiveUsers() != null
            && !said.interactiveUsers().equals(change.status().detail().get("interactiveUsers"));
    Instant since = moved ? now : change.status().since();
    DeviceChange after =
        change.with(
            new DeviceChange.Status(
                next,
                since,
                due(change, next, now),
                null,
                null,
                null,
                moved || people ? Stages.detail(said) : Stages.late(change, said),
                change.status().warnings()));
    return first || moved || people
        ? new Step(after, List.of(answers.progressed(after, Stages.steps(said), now)))
        : Step.quiet(after);
  }

  /** The device shows an edition outside of a reported stage. */
  public Step editionSeen(DeviceChange change, String edition, Instant at, Instant now) {
    boolean news =
        change.kind() == ChangeKind.UPGRADE
            && change.plan() != null
            && change.activationId() == null
            && change.state() != REFUSED
            && change.state() != COMPLETED
            && Editions.same(edition, change.target())
            && !at.isBefore(change.requestedAt());
    return news ? verified(change, null, now) : Step.quiet(change);
  }

  private Step verified(DeviceChange change, EditionStageReported said, Instant now) {
    List<Warning> warnings = new ArrayList<>(change.status().warnings());
    if (change.state() == FAILED) {
      warnings = new ArrayList<>(change.warnings(new Warning(Reasons.LATE_OUTCOME, Map.of())));
    }
    if (said != null && change.upgrade() != null) {
      PostCheck.of(change.upgrade(), said).ifPresent(warnings::add);
    }
    List<Event> events = new ArrayList<>();
    DeviceChange verified = change.with(status(VERIFIED, null, Map.of(), warnings, now, null));
    if (change.kind() == ChangeKind.UPGRADE) {
      events.add(DeviceNews.of(DeviceReported.EDITION_CHANGE, verified, now));
    }
    events.add(answers.progressed(verified, List.of(), now));
    if (FollowUp.isNeedless(verified)) {
      Step done = completed(verified, false, now);
      events.addAll(done.said());
      return new Step(done.change(), events);
    }
    FollowUp followUp = FollowUp.of(verified, said);
    DeviceChange asked =
        verified
            .activating(followUp.requestId())
            .with(
                status(
                    ACTIVATION_REQUESTED,
                    null,
                    Map.of(),
                    warnings,
                    now,
                    now.plus(patience.activation())));
    events.add(followUp.event());
    events.add(answers.progressed(asked, List.of(), now));
    return new Step(asked, events);
  }

  /** activation-service says something about the device. */
  public Step activated(DeviceChange change, ActivationResult result, Instant now) {
    boolean own =
        change.activationId() != null
            && change.activationId().toString().equals(result.requestId());
    boolean waiting = change.state() == ACTIVATION_REQUESTED;
    if (!waiting && change.state() != NEEDS_ACTIVATION) {
      return Step.quiet(change);
    }
    boolean fits = own || Editions.same(result.edition(), change.target());
    if (fits && result.verdict() == Verdict.CONFIRMED) {
      return completed(change, !waiting && own, now);
    }
    if (fits && result.verdict() == Verdict.GRANTED && result.channel() == Channel.KMS) {
      // The host has counted it in; the license runs from here, with or without the agent's word.
      return waiting ? Step.quiet(change.grantedByKms()) : completed(change, false, now);
    }
    if (!own || !waiting || result.verdict() == Verdict.GRANTED) {
      return Step.quiet(change);
    }
    String reason = result.reason() == null ? result.verdict().name() : result.reason();
    return end(
        change,
        NEEDS_ACTIVATION,
        reason,
        result.code(),
        answers.grace(change, now).with("activation", result.verdict().name()).map(),
        now);
  }

  private Step completed(DeviceChange change, boolean late, Instant now) {
    List<Warning> warnings =
        late
            ? change.warnings(new Warning(Reasons.LATE_OUTCOME, Map.of()))
            : change.status().warnings();
    DeviceChange done =
        change.with(status(COMPLETED, null, answers.durations(change, now), warnings, now, null));
    return new Step(done, List.of(answers.ended(done, EditionVerdict.COMPLETED, now)));
  }

  /** A tick looks at a change that is due. */
  public Step ticked(DeviceChange change, Instant now) {
    Instant due = change.status().dueAt();
    if (due == null || due.isAfter(now)) {
      return Step.quiet(change);
    }
    EditionState state = change.state();
    if (change.ended() || state == QUEUED || state == VERIFIED) {
      return Step.quiet(change.with(withDue(change.status(), null)));
    }
    if (state == ACTIVATION_REQUESTED) {
      return change.kmsGranted()
          ? completed(change, false, now)
          : end(
              change,
              NEEDS_ACTIVATION,
              Reasons.ACTIVATION_SILENT,
              null,
              answers.grace(change, now).map(),
              now);
    }
    if (state == STALLED) {
      EditionState last = change.status().stalledIn();
      Map<String, Object> detail =
          new Details()
              .with("lastState", last.name())
              .with("editionMayHaveChanged", Stages.mayHaveChanged(last))
              .map();
      return end(change, FAILED, Reasons.STALLED, null, detail, now);
    }
    if (change.kind() == ChangeKind.REIMAGE) {
      return end(change, FAILED, Reasons.NOT_CARRIED_OUT, null, Map.of(), now);
    }
    return state == REBOOTING ? firstStart(change, now) : stalled(change, now);
  }

  /** A device in its first start is silent, and that is no alarm yet. */
  private Step firstStart(DeviceChange change, Instant now) {
    Instant alarm = change.status().since().plus(patience.firstStart());
    DeviceChange after =
        change.with(status(FINALISING, null, Map.of(), change.status().warnings(), now, alarm));
    return new Step(after, List.of(answers.progressed(after, List.of(), now)));
  }

  private Step stalled(DeviceChange change, Instant now) {
    DeviceChange.Status before = change.status();
    DeviceChange after =
        change.with(
            new DeviceChange.Status(
                STALLED,
                now,
                now.plus(patience.stalled()),
                before.state(),
                Reasons.STALLED,
                null,
                new Details()
                    .with("lastState", before.state().name())
                    .with("since", before.since().toString())
                    .map(),
                before.warnings()));
    return new Step(after, List.of(answers.progressed(after, List.of(), now)));
  }

  /** The wave of a campaign has come. */
  public Step released(DeviceChange change, Instant now) {
    if (change.state() != QUEUED) {
      return Step.quiet(change);
    }
    DeviceChange after =
        change.with(
            status(
                PLANNED,
                null,
                Map.of(),
                change.status().warnings(),
                now,
                due(change, PLANNED, now)));
    return new Step(after, List.of(answers.progressed(after, change.plan().steps(), now)));
  }

  /** Nothing more is to happen: the campaign ended, or a re-image took the device. */
  public Step givenUp(DeviceChange change, String reason, Instant now) {
    return change.ended() ? Step.quiet(change) : end(change, FAILED, reason, null, Map.of(), now);
  }

  /** The policy of the campaign orders the restart that people put off. */
  public Step restartOrdered(DeviceChange change, Instant now) {
    if (change.state() != REBOOT_PENDING || change.restartOrdered()) {
      return Step.quiet(change);
    }
    int users =
        change.status().detail().get("interactiveUsers") instanceof Number number
            ? number.intValue()
            : 0;
    DeviceChange after =
        change.orderedRestart().with(withDue(change.status(), now.plus(patience.firstStart())));
    return new Step(
        after, List.of(answers.progressed(after, List.of(Runbook.restart(users)), now)));
  }

  /** The restart waits for the campaign's window, and a tick looks then. */
  public Step restartAwaited(DeviceChange change, Instant window) {
    return change.state() == REBOOT_PENDING && !change.restartOrdered()
        ? Step.quiet(change.with(withDue(change.status(), window)))
        : Step.quiet(change);
  }

  private Step end(
      DeviceChange change,
      EditionState state,
      String reason,
      String code,
      Map<String, Object> detail,
      Instant now) {
    DeviceChange ended =
        change.with(
            new DeviceChange.Status(
                state, now, null, null, reason, code, detail, change.status().warnings()));
    return new Step(ended, List.of(answers.ended(ended, EditionVerdict.FAILED, now)));
  }

  private static DeviceChange.Status status(
      EditionState state,
      String reason,
      Map<String, Object> detail,
      List<Warning> warnings,
      Instant since,
      Instant due) {
    return new DeviceChange.Status(state, since, due, null, reason, null, detail, warnings);
  }

  private static DeviceChange.Status withDue(DeviceChange.Status status, Instant due) {
    return new DeviceChange.Status(
        status.state(),
        status.since(),
        due,
        status.stalledIn(),
        status.reason(),
        status.code(),
        status.detail(),
        status.warnings());
  }

  private Instant due(DeviceChange change, EditionState state, Instant now) {
    Duration limit =
        switch (state) {
          case PLANNED ->
              change.kind() == ChangeKind.REIMAGE ? patience.reimage() : patience.begin();
          case KEY_INSTALLED, PACKAGES_REMOVED, PACKAGES_APPLIED -> patience.work();
          case REBOOT_PENDING -> patience.rebootPending();
          case REBOOTING -> patience.restart();
          case FINALISING -> patience.firstStart();
          default -> null;
        };
    return limit == null ? null : now.plus(limit);
  }
}
