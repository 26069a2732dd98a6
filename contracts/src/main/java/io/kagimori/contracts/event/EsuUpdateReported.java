package io.kagimori.contracts.event;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/**
 * An agent reports what became of an update.
 *
 * @param deviceId the device
 * @param product slug of the product family
 * @param edition EditionID
 * @param kb the update, such as {@code KB4577051}
 * @param stage how far it has come
 * @param code the code Windows printed, in any spelling
 * @param message the text Windows printed
 * @param updates installed updates; absent means nobody looked
 * @param happenedAt when it happened, on the device's clock
 * @param site free label
 */
@RecordBuilder
public record EsuUpdateReported(
    String deviceId,
    String product,
    String edition,
    String kb,
    EsuUpdateStage stage,
    String code,
    String message,
    List<String> updates,
    Instant happenedAt,
    String site)
    implements Event {

  @Override
  public String recordKey() {
    return deviceId;
  }

  @Override
  public void check(Fields fields) {
    fields.device(deviceId).text("kb", kb, 64).required("stage", stage).optional("site", site, 128);
  }
}
