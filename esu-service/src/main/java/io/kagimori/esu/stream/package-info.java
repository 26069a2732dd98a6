/** The Kafka edge: one class a topic, each a {@link io.kagimori.stream.BatchRule}. */
package io.kagimori.esu.stream;
