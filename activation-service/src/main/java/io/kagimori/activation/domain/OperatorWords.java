package io.kagimori.activation.domain;

import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.Probe;
import io.kagimori.contracts.event.ProbeKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What a report tells of people's work on a device, as lines of its history. */
final class OperatorWords {
  private static final String SERVICE = "activation-service";

  private OperatorWords() {}

  /** A line for each step of repair. */
  static List<DeviceHistory> repairs(Device device, DeviceReported said, Instant at, UUID cause) {
    List<DeviceHistory> lines = new ArrayList<>();
    List<Probe> probes = said.probes() == null ? List.of() : said.probes();
    for (Probe probe : probes) {
      if (probe.kind() == ProbeKind.REPAIR && probe.succeeded() != null) {
        String note = "REPAIR " + probe.target() + (probe.succeeded() ? " SUCCEEDED" : " FAILED");
        lines.add(line(device, said.source(), at, cause, note, probe.code()));
      }
    }
    return lines;
  }

  /** A line when the mark for shipping changed. */
  static Optional<DeviceHistory> shipping(Device before, Device after, Instant at, UUID cause) {
    Boolean ship = after.installed().ship();
    return Objects.equals(before.installed().ship(), ship)
        ? Optional.empty()
        : Optional.of(
            line(
                after,
                DeviceReported.OPERATOR,
                at,
                cause,
                Boolean.TRUE.equals(ship) ? "MARKED_TO_SHIP" : "SHIP_MARK_WITHDRAWN",
                null));
  }

  /** Lines of one report need ids of their own, or the first would stand for all. */
  private static DeviceHistory line(
      Device device, String source, Instant at, UUID cause, String note, String code) {
    return new DeviceHistory(
        device.deviceId(),
        at,
        EventIds.answer(cause, SERVICE, note),
        source,
        device.license().channel(),
        device.license().status(),
        device.license().partialKey(),
        null,
        note,
        code,
        null,
        null);
  }
}
