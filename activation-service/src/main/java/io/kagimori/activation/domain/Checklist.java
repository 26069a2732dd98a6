package io.kagimori.activation.domain;

import io.kagimori.contracts.catalogue.ChecklistStep;
import io.kagimori.contracts.catalogue.FindingKind;
import io.kagimori.contracts.diagnosis.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The guided flow on one device. Nobody ticks a step: what the evidence shows makes it done, in
 * trouble or open. Pure.
 */
public final class Checklist {
  private Checklist() {}

  /** Where a step stands. */
  public enum State {
    /** Evidence shows that it is in order. */
    DONE,
    /** Evidence shows that it is not. */
    TROUBLE,
    /** No evidence speaks of it. */
    OPEN
  }

  /**
   * A step on a device.
   *
   * @param step what it is
   * @param state where it stands
   * @param evidence the findings that say so
   */
  public record Item(ChecklistStep step, State state, List<Finding> evidence) {}

  /**
   * The steps in their order.
   *
   * @param findings what the evidence on the device shows
   * @param activation its last activation, whose reported stages are evidence too
   */
  public static List<Item> of(
      List<ChecklistStep> steps, List<Finding> findings, Optional<Activation> activation) {
    List<Finding> all = new ArrayList<>(findings);
    activation.flatMap(Checklist::tried).ifPresent(all::add);
    repairedSince(all).ifPresent(at -> all.removeIf(finding -> isOvercome(finding, at)));
    return steps.stream().map(step -> item(step, all)).toList();
  }

  private static Item item(ChecklistStep step, List<Finding> findings) {
    List<Finding> trouble = of(step.troubleBy(), findings);
    List<Finding> done = of(step.doneBy(), findings);
    if (!trouble.isEmpty()) {
      return new Item(step, State.TROUBLE, trouble);
    }
    return new Item(step, done.isEmpty() ? State.OPEN : State.DONE, done);
  }

  private static List<Finding> of(List<FindingKind> kinds, List<Finding> findings) {
    return findings.stream().filter(finding -> kinds.contains(finding.finding())).toList();
  }

  private static Optional<Finding> tried(Activation activation) {
    if (activation.stages().isEmpty()) {
      return Optional.empty();
    }
    StageReport last = activation.stages().get(activation.stages().size() - 1);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("requestId", activation.asked().requestId());
    facts.put(
        "stages", activation.stages().stream().map(s -> s.stage().name()).distinct().toList());
    return Optional.of(new Finding(FindingKind.COMMANDS_TRIED, facts, "OUTCOME", last.at()));
  }

  /** A repair that worked makes those before it past: each is tried because the last failed. */
  private static Optional<Instant> repairedSince(List<Finding> findings) {
    return findings.stream()
        .filter(f -> f.finding() == FindingKind.REPAIR_SUCCEEDED && f.at() != null)
        .map(Finding::at)
        .max(Instant::compareTo);
  }

  private static boolean isOvercome(Finding finding, Instant repairedAt) {
    return finding.finding() == FindingKind.REPAIR_FAILED
        && finding.at() != null
        && finding.at().isBefore(repairedAt);
  }
}
