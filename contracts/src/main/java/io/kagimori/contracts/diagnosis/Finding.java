package io.kagimori.contracts.diagnosis;

import io.kagimori.contracts.catalogue.FindingKind;
import java.time.Instant;
import java.util.Map;

/**
 * One thing that the evidence shows.
 *
 * @param finding what it shows
 * @param facts the figures and names behind it, such as host, port and proxy
 * @param source who told: {@code OUTCOME}, {@code PROBE}, {@code REPORT}, {@code KEY}, {@code HOST}
 * @param at when it was seen; null where nobody said
 */
public record Finding(FindingKind finding, Map<String, Object> facts, String source, Instant at) {}
