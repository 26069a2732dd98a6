package io.kagimori.esu.domain;

import java.time.Instant;

/**
 * The latest word of one source on one year of one device.
 *
 * @param covered whether it says that the add-on is licensed
 * @param at when the source learned it
 * @param keyInstalled whether a key is there although nothing is licensed: activation is missing
 */
public record Sighting(boolean covered, Instant at, boolean keyInstalled) {}
