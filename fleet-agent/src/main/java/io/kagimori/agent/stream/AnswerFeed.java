package io.kagimori.agent.stream;

import io.kagimori.agent.cli.CommandFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics without a consumer group, from their ends or their beginnings. Positions are fixed
 * before the constructor returns, so what is published afterwards is not missed. Not for several
 * threads, {@link #wakeUp} aside.
 */
public final class AnswerFeed implements AutoCloseable {
  private static final int REACH_MS = 5_000;

  private final String kafka;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Where reading begins. */
  public enum From {
    BEGINNING,
    END
  }

  /**
   * @param kafka bootstrap servers
   * @param topics the topics; a missing one is named in the failure
   */
  public AnswerFeed(String kafka, Collection<String> topics, From from) {
    this.kafka = kafka;
    this.consumer = Reach.client(kafka, () -> new KafkaConsumer<>(settings(kafka)));
    try {
      List<TopicPartition> partitions = partitions(topics);
      consumer.assign(partitions);
      if (from == From.BEGINNING) {
        consumer.seekToBeginning(partitions);
      } else {
        consumer.seekToEnd(partitions);
      }
      // Seeking is lazy; asking for the position makes it happen now.
      partitions.forEach(consumer::position);
    } catch (TimeoutException e) {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      throw Reach.unreachable(kafka, e);
    } catch (RuntimeException e) {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      throw e;
    }
  }

  private static Map<String, Object> settings(String kafka) {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        kafka,
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class,
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class,
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
        false,
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        REACH_MS,
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        5_000);
  }

  private List<TopicPartition> partitions(Collection<String> topics) {
    Map<String, List<PartitionInfo>> known = consumer.listTopics();
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      if (!known.containsKey(topic)) {
        throw CommandFailure.outside(
            "TOPIC_MISSING", "Kafka at %s has no topic %s.".formatted(kafka, topic), null);
      }
      known.get(topic).forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
    }
    return partitions;
  }

  /**
   * What has arrived, waiting at most so long; empty when nothing did or {@link #wakeUp} was
   * called.
   */
  public List<ConsumerRecord<byte[], byte[]>> poll(Duration patience) {
    try {
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      consumer.poll(patience).forEach(records::add);
      return records;
    } catch (WakeupException e) {
      return List.of();
    }
  }

  /** Whether everything that was in the topics at this moment has been read. */
  public boolean isAtEnd() {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** Ends a poll from another thread. */
  public void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }
}
