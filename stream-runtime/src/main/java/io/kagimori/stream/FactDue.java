package io.kagimori.stream;

/**
 * A fact that is to be published in its newest state. Facts differ from answers: an answer is
 * stored and resent byte by byte, a fact is read anew each time, because an old state on a
 * compacted topic would hide the new one.
 *
 * @param topic compacted topic
 * @param key record key
 */
public record FactDue(String topic, String key) {}
