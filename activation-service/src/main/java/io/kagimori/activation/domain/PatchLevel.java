package io.kagimori.activation.domain;

import java.util.Optional;

/**
 * How far a device was patched, as far as reports told: enough to see later that it was patched
 * further. Updates are numbered in the order in which they appear, so the highest number tells.
 *
 * @param newestUpdate the highest KB number listed; null while nobody listed any
 * @param osBuild build, with its revision where the source prints it; null while nobody told
 */
public record PatchLevel(String newestUpdate, String osBuild) {
  static PatchLevel of(Device device) {
    InstalledUpdates updates = device.evidence().updates();
    return new PatchLevel(updates == null ? null : updates.newest(), device.installed().osBuild());
  }

  /** Whether an update came since, as both looks at the device show. */
  boolean isAbove(PatchLevel before) {
    boolean newer =
        newestUpdate != null
            && before.newestUpdate != null
            && InstalledUpdates.BY_NUMBER.compare(newestUpdate, before.newestUpdate) > 0;
    boolean higher = Builds.reached(before.osBuild, osBuild).equals(Optional.of(false));
    return newer || higher;
  }
}
