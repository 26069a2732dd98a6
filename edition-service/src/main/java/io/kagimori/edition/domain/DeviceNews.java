package io.kagimori.edition.domain;

import io.kagimori.contracts.event.DeviceReported;
import java.time.Instant;
import java.util.Set;

/**
 * What this service tells every other of a device, as a report: the license that was known belongs
 * to an edition or installation that is no more.
 */
public final class DeviceNews {
  private static final Set<String> OWN =
      Set.of(DeviceReported.REIMAGE, DeviceReported.EDITION_CHANGE);

  private DeviceNews() {}

  static DeviceReported of(String source, DeviceChange change, Instant now) {
    return new DeviceReported(
        change.deviceId(), now, source, change.target(), null, null, null, null, null);
  }

  /** Whether this service has said it itself. */
  public static boolean isOwn(DeviceReported said) {
    return said.source() != null && OWN.contains(said.source());
  }
}
