package io.kagimori.edition.domain;

import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedBuilder;
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
    return DeviceReportedBuilder.builder()
        .deviceId(change.deviceId())
        .collectedAt(now)
        .source(source)
        .edition(change.target())
        .build();
  }

  /** Whether this service has said it itself. */
  public static boolean isOwn(DeviceReported said) {
    return said.source() != null && OWN.contains(said.source());
  }
}
