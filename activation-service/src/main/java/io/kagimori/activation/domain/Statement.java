package io.kagimori.activation.domain;

import java.time.Instant;

/**
 * What one source said of one fact, the last time it spoke of it.
 *
 * @param fact what it spoke of
 * @param source who said it
 * @param value what it said
 * @param at when it was so, on the device's clock
 */
public record Statement(Fact fact, String source, String value, Instant at) {

  /** A fact about which sources may disagree. */
  public enum Fact {
    EDITION,
    CHANNEL,
    PARTIAL_KEY,
    LICENSED
  }
}
