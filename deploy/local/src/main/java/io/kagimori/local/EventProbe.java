package io.kagimori.local;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The other side of the topics, for tests: publishes events and sees every record that appears on
 * some topics from the moment the probe was made. Not for several threads.
 */
public final class EventProbe implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

  /** Looks at the topics from their present ends. */
  public EventProbe(String bootstrapServers, String... topics) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "max.request.size", 16 * 1024 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "fetch.max.wait.ms", 50),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Arrays.stream(topics)
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /** Publishes an event under a new id, at a chosen time, and waits for the broker. */
  public UUID send(EventType type, Instant at, Event event) {
    UUID id = EventIds.request();
    send(type, id, at, event);
    return id;
  }

  /** Publishes an event and waits for the broker. */
  public void send(EventType type, UUID id, Instant at, Event event) {
    send(Answer.of(type, id, "test", at, event).toRecord());
  }

  /** Publishes a record and waits for the broker. */
  public void send(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new AssertionError("not published", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Waits until so many records fit, and returns all that fit; fails when they do not come. */
  public List<ConsumerRecord<byte[], byte[]>> await(
      int count, Predicate<ConsumerRecord<byte[], byte[]>> fits) {
    Instant end = Instant.now().plus(PATIENCE);
    while (matching(fits).size() < count) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(
            "only " + matching(fits).size() + " of " + count + " records came: " + types());
      }
      consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
    }
    return matching(fits);
  }

  /** Waits for one event of a type about a record key, the first since the probe was made. */
  public <E extends Event> E await(EventType type, String key, Class<E> data) {
    return EventJson.read(
        await(1, record -> isType(record, type) && key.equals(text(record.key()))).get(0).value(),
        data);
  }

  /** Whether a record is an event of that type. */
  public static boolean isType(ConsumerRecord<byte[], byte[]> record, EventType type) {
    return type.typeName().equals(CloudEventHeaders.text(record.headers(), CloudEventHeaders.TYPE));
  }

  /** The record's event id. */
  public static String id(ConsumerRecord<byte[], byte[]> record) {
    return CloudEventHeaders.text(record.headers(), CloudEventHeaders.ID);
  }

  /** The record's key as text. */
  public static String key(ConsumerRecord<byte[], byte[]> record) {
    return text(record.key());
  }

  private List<ConsumerRecord<byte[], byte[]>> matching(
      Predicate<ConsumerRecord<byte[], byte[]>> fits) {
    return seen.stream().filter(fits).toList();
  }

  private List<String> types() {
    return seen.stream()
        .map(record -> CloudEventHeaders.text(record.headers(), CloudEventHeaders.TYPE))
        .toList();
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
