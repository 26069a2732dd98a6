package io.kagimori.activation.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts codes that the catalogue does not know; two channels hear of them. */
final class UnknownCodeMeter {
  private UnknownCodeMeter() {}

  static Counter of(MeterRegistry registry) {
    return Counter.builder("kagimori.unknown.codes")
        .description("codes reported that the catalogue does not know")
        .register(registry);
  }
}
