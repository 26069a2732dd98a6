package io.kagimori.activation.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.event.ActivationRequested;
import java.util.List;
import java.util.Optional;

/**
 * Says when an activation that failed for want of updates is to be asked for again: the updates are
 * there and the device was restarted. Each failure is followed by one such request at most. Pure.
 */
public final class UpdateRetries {
  /** Cause of a failure: updates are missing. Source: causes.csv. */
  static final String CAUSE = "PREREQ_UPDATES";

  private final Prerequisites prerequisites;

  public UpdateRetries(Catalogue catalogue, UpdateBaseline baseline) {
    prerequisites = new Prerequisites(catalogue, baseline);
  }

  /** Whether a device failed last for want of updates, and was not asked for again since. */
  public static boolean waits(Device device) {
    return device.trouble() != null
        && device.trouble().state() == Trouble.State.FAILING
        && CAUSE.equals(device.trouble().last().cause())
        && device.trouble().last().retriedAt() == null;
  }

  /**
   * The request to make again after a report.
   *
   * @param device the device after the report
   * @param failed the activation that failed last on it
   */
  public Optional<ActivationRequested> due(Device device, Activation failed) {
    boolean due = waits(device) && isPatched(device, failed) && isRestarted(device);
    return due ? Optional.of(failed.request()) : Optional.empty();
  }

  /**
   * Where it is known what is needed, all of it is there. Else the code alone spoke of updates, and
   * any update that came since may be the one.
   */
  private boolean isPatched(Device device, Activation failed) {
    Optional<List<String>> missing =
        prerequisites.missing(failed.request().product(), failed.isAddOn(), device);
    PatchLevel before = device.trouble().last().patched();
    return missing
        .map(List::isEmpty)
        .orElseGet(() -> before != null && PatchLevel.of(device).isAbove(before));
  }

  /**
   * Unless a report from after the failure shows that Windows runs since before it. Where nobody
   * tells of starts the list of updates is trusted: what waits for a restart is not installed yet.
   */
  private static boolean isRestarted(Device device) {
    DeviceEvidence.Start start = device.evidence().start();
    Trouble.Failure failure = device.trouble().last();
    return start == null
        || start.toldAt().isBefore(failure.at())
        || start.at().isAfter(failure.at());
  }
}
