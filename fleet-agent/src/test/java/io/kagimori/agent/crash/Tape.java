package io.kagimori.agent.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from a remembered place to their ends, however often the services wrote there. */
final class Tape implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final KafkaConsumer<byte[], byte[]> consumer;

  Tape(String kafka) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka, "max.poll.records", 10_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Where the topics end now. */
  Map<TopicPartition, Long> ends(Collection<String> topics) {
    return consumer.endOffsets(partitions(topics));
  }

  /** Everything that the topics hold. */
  List<Wire.Incoming> all(Collection<String> topics) {
    List<TopicPartition> partitions = partitions(topics);
    return since(consumer.beginningOffsets(partitions));
  }

  /** Everything published after the remembered place. */
  List<Wire.Incoming> since(Map<TopicPartition, Long> places) {
    consumer.assign(places.keySet());
    places.forEach(consumer::seek);
    Map<TopicPartition, Long> ends = consumer.endOffsets(places.keySet());
    List<Wire.Incoming> read = new ArrayList<>();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the topics could not be read to their ends: " + ends);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        read.add(Wire.Incoming.of(record));
      }
    }
    return read;
  }

  /** The dead-letter twins of all topics. */
  List<String> deadLetterTopics() {
    return consumer.listTopics().keySet().stream().filter(t -> t.endsWith(".dlq")).toList();
  }

  private List<TopicPartition> partitions(Collection<String> topics) {
    return topics.stream()
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
