package io.kagimori.edition.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EditionResult;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionStageReported;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.EditionVerdict;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Folds what happens to devices into the changes that are under way. Pure. */
public final class EditionEventRule {
  private final ChangeMachine machine;

  public EditionEventRule(Catalogue catalogue, Policy policy) {
    this.machine = new ChangeMachine(catalogue, policy.patience());
  }

  /** An agent reports a stage. */
  public List<Step> reported(EditionBatch batch, EditionStageReported said, Instant now) {
    DeviceEdition device = batch.device(said.deviceId());
    if (said.stage() == EditionStage.OBSERVED && said.edition() != null) {
      batch.put(device.seen(said.edition(), null, now));
    }
    Optional<DeviceChange> change =
        batch
            .change(RequestIds.of(said.requestId()))
            .filter(known -> known.deviceId().equals(said.deviceId()));
    if (change.isEmpty()) {
      return List.of(new Step(null, List.of(unknown(said, now))));
    }
    if (isPast(batch, change.get())) {
      // Another change has the device now; what is told of the older one is only kept in mind.
      batch.put(change.get().told(said.stage(), now));
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    Step step = machine.reported(change.get(), said, now);
    boolean reimaged =
        step.change().kind() == ChangeKind.REIMAGE
            && !step.change().status().equals(change.get().status());
    if (reimaged && step.change().state() != EditionState.FAILED) {
      batch
          .running(said.deviceId())
          .filter(other -> !other.id().equals(step.change().id()))
          .ifPresent(
              other -> steps.add(machine.givenUp(other, Reasons.SUPERSEDED_BY_REIMAGE, now)));
      steps.forEach(given -> batch.put(given.change()));
      String edition = step.change().target();
      batch.put(batch.device(said.deviceId()).seen(edition, null, now));
      batch.put(step.change());
      List<Event> told = new ArrayList<>();
      told.add(DeviceNews.of(DeviceReported.REIMAGE, step.change(), now));
      told.addAll(step.said());
      steps.add(new Step(step.change(), told));
      return steps;
    }
    batch.put(step.change());
    steps.add(step);
    if (step.change().state() == EditionState.REBOOT_PENDING) {
      batch
          .campaign(step.change().campaignId())
          .filter(Campaign::restartsDevices)
          .map(
              campaign ->
                  campaign.inWindow(now)
                      ? machine.restartOrdered(step.change(), now)
                      : machine.restartAwaited(step.change(), campaign.nextWindow(now)))
          .ifPresent(
              ordered -> {
                batch.put(ordered.change());
                steps.add(ordered);
              });
    }
    return steps;
  }

  /** Whether a change has ended and another one holds its device. */
  private static boolean isPast(EditionBatch batch, DeviceChange change) {
    return change.kind() == ChangeKind.UPGRADE
        && change.ended()
        && batch
            .running(change.deviceId())
            .filter(other -> !other.id().equals(change.id()))
            .isPresent();
  }

  private static EditionResult unknown(EditionStageReported said, Instant now) {
    return new EditionResult(
        said.requestId(),
        said.deviceId(),
        EditionVerdict.REFUSED,
        EditionState.REFUSED,
        Reasons.UNKNOWN_REQUEST,
        null,
        null,
        Details.of("stage", said.stage().name()),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        now);
  }

  /** A collector read a device. */
  public List<Step> seen(EditionBatch batch, DeviceReported said, Instant now) {
    if (DeviceNews.isOwn(said)) {
      return List.of();
    }
    Instant at = said.collectedAt().isAfter(now) ? now : said.collectedAt();
    DeviceEdition device = batch.device(said.deviceId());
    batch.put(device.seen(said.edition(), said.targetEditions(), at));
    if (said.edition() == null) {
      return List.of();
    }
    Optional<DeviceChange> change =
        batch.running(said.deviceId()).or(() -> batch.change(device.lastChange()));
    if (change.isEmpty()) {
      return List.of();
    }
    Step step = machine.editionSeen(change.get(), said.edition(), at, now);
    batch.put(step.change());
    return List.of(step);
  }

  /** activation-service decided something about a device. */
  public List<Step> activated(EditionBatch batch, ActivationResult said, Instant now) {
    DeviceEdition device = batch.device(said.deviceId());
    if (said.verdict() == Verdict.CONFIRMED && said.activationId() == null) {
      batch.put(device.activated(said.keyId(), said.installationId()));
    }
    Optional<DeviceChange> change =
        batch
            .changeOfActivation(RequestIds.of(said.requestId()))
            .filter(known -> known.deviceId().equals(said.deviceId()))
            .or(() -> batch.running(said.deviceId()))
            .or(() -> batch.change(device.lastChange()));
    // An add-on license says nothing about the license of the edition.
    if (change.isEmpty() || said.activationId() != null) {
      return List.of();
    }
    Step step = machine.activated(change.get(), said, now);
    batch.put(step.change());
    return List.of(step);
  }

  /** A tick looks at a change that is due. */
  public List<Step> ticked(EditionBatch batch, DeviceChange change, Instant now) {
    boolean restarts =
        change.state() == EditionState.REBOOT_PENDING
            && !change.restartOrdered()
            && batch
                .campaign(change.campaignId())
                .filter(campaign -> campaign.ordersRestart(now))
                .isPresent();
    Step step = restarts ? machine.restartOrdered(change, now) : machine.ticked(change, now);
    batch.put(step.change());
    return List.of(step);
  }

  /** The wave of a waiting change has come, or never will. */
  public Step released(EditionBatch batch, DeviceChange change, Instant now) {
    return put(batch, machine.released(change, now));
  }

  /** A waiting change is given up. */
  public Step givenUp(EditionBatch batch, DeviceChange change, String reason, Instant now) {
    return put(batch, machine.givenUp(change, reason, now));
  }

  private static Step put(EditionBatch batch, Step step) {
    batch.put(step.change());
    return step;
  }
}
