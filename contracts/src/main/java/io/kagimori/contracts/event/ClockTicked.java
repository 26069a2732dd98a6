package io.kagimori.contracts.event;

import java.time.Instant;

/**
 * Time as a record. Its id is the minute, so ten instances that tick make one sweep.
 *
 * @param service whose timer
 * @param minute the minute, truncated
 * @param part 0 for the tick itself; a sweep with more to do than fits one batch goes on as part 1,
 *     2, …
 */
public record ClockTicked(String service, Instant minute, int part) implements Event {

  @Override
  public String recordKey() {
    return service;
  }

  @Override
  public String recordKeyField() {
    return "service";
  }

  @Override
  public void check(Fields fields) {
    fields.text("service", service, 64).required("minute", minute);
  }
}
