package io.kagimori.contracts.table;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** The event of an imported report. */
public final class DeviceImport {
  private DeviceImport() {}

  /**
   * The event; the same report is the same event, so that importing a table twice changes nothing.
   *
   * @param service who sends it
   * @param now the sender's clock
   */
  public static Answer event(DeviceReported report, String service, Instant now) {
    UUID id =
        EventIds.named("import/" + new String(EventJson.bytes(report), StandardCharsets.UTF_8));
    return Answer.of(EventType.DEVICE_REPORTED, id, service, now, report);
  }
}
