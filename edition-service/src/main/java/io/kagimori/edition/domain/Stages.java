package io.kagimori.edition.domain;

import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionStageReported;
import io.kagimori.contracts.event.EditionState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The order of stages and states. */
final class Stages {
  private Stages() {}

  /** How far along a stage is; the command as a whole comes back when the packages are applied. */
  static int rank(EditionStage stage) {
    return switch (stage) {
      case KEY_INSTALLED -> 0;
      case PACKAGES_REMOVED -> 1;
      case PACKAGES_APPLIED, SET_EDITION -> 2;
      case REBOOT_PENDING -> 3;
      case REBOOTING -> 4;
      case FINALISING -> 5;
      case OBSERVED, REIMAGED -> 6;
    };
  }

  /** How far along a state is; the same scale as that of the stages, -1 before the first. */
  static int rank(EditionState state) {
    return switch (state) {
      case KEY_INSTALLED -> rank(EditionStage.KEY_INSTALLED);
      case PACKAGES_REMOVED -> rank(EditionStage.PACKAGES_REMOVED);
      case PACKAGES_APPLIED -> rank(EditionStage.PACKAGES_APPLIED);
      case REBOOT_PENDING -> rank(EditionStage.REBOOT_PENDING);
      case REBOOTING -> rank(EditionStage.REBOOTING);
      case FINALISING -> rank(EditionStage.FINALISING);
      default -> -1;
    };
  }

  /** The state that a successful stage leads to. */
  static EditionState state(EditionStage stage) {
    return switch (stage) {
      case KEY_INSTALLED -> EditionState.KEY_INSTALLED;
      case PACKAGES_REMOVED -> EditionState.PACKAGES_REMOVED;
      case PACKAGES_APPLIED, SET_EDITION -> EditionState.PACKAGES_APPLIED;
      case REBOOT_PENDING -> EditionState.REBOOT_PENDING;
      case REBOOTING -> EditionState.REBOOTING;
      case FINALISING, OBSERVED, REIMAGED -> EditionState.FINALISING;
    };
  }

  /** How far the change had come before the stage at hand; -1 where nothing was told. */
  static int furthest(DeviceChange change) {
    EditionState state = change.state();
    EditionState held = state == EditionState.STALLED ? change.status().stalledIn() : state;
    return rank(held);
  }

  /** Whether a device that fell silent in this state may have another edition by now. */
  static boolean mayHaveChanged(EditionState state) {
    return rank(state) >= rank(EditionStage.PACKAGES_REMOVED);
  }

  /** What an operator should see of a report besides its stage. */
  static Map<String, Object> detail(EditionStageReported said) {
    Integer users = said.interactiveUsers();
    return new Details()
        .with("stage", said.stage().name())
        .with("interactiveUsers", users)
        .with("saveDocuments", (users != null && users > 0) ? true : null)
        .map();
  }

  /** The same for a report that came after a later one: what that one said stays. */
  static Map<String, Object> late(DeviceChange change, EditionStageReported said) {
    Map<String, Object> detail = new LinkedHashMap<>(change.status().detail());
    detail.put("stage", said.stage().name());
    return detail;
  }

  /** What the agent is told in return: people are given time before a restart. */
  static List<String> steps(EditionStageReported said) {
    boolean asks =
        said.stage() == EditionStage.REBOOT_PENDING
            && said.interactiveUsers() != null
            && said.interactiveUsers() > 0;
    return asks ? List.of(Runbook.restart(said.interactiveUsers())) : List.of();
  }
}
