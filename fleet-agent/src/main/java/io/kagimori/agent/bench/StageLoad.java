package io.kagimori.agent.bench;

import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes events of changes and waits until each has led to the state it must lead to. Bounded in
 * time; measures from the first event published to the last answer read, as a consumer sees it.
 */
final class StageLoad implements AutoCloseable {
  /** No run waits longer for its answers. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final int SENT_AT_ONCE = 1000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param kafka broker
   * @param answers topic on which the answers appear
   */
  StageLoad(String kafka, String answers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "linger.ms", 5, "batch.size", 128 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka, "max.poll.records", 2000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(answers).stream()
            .map(info -> new TopicPartition(answers, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /**
   * An event and what it must lead to.
   *
   * @param record the event
   * @param leadsTo request id and state of the answer, as {@link #name} puts them together
   */
  record Sent(ProducerRecord<byte[], byte[]> record, String leadsTo) {}

  /** How an answer is known: the request it belongs to and the state it tells. */
  static String name(String requestId, String state) {
    return requestId + "/" + state;
  }

  /** Sends all, waits for what each leads to, and tells how many went through in a second. */
  double perSecond(List<Sent> events) {
    Set<String> open = new HashSet<>(events.size() * 2);
    events.forEach(event -> open.add(event.leadsTo()));
    long begin = System.nanoTime();
    int sent = 0;
    while (!open.isEmpty()) {
      if (System.nanoTime() - begin > LIMIT.toNanos()) {
        throw new IllegalStateException(
            "%d of %d events led to nothing, such as %s"
                .formatted(open.size(), events.size(), open.iterator().next()));
      }
      int due = Math.min(events.size(), sent + SENT_AT_ONCE);
      for (; sent < due; sent++) {
        // What the broker does not take is never answered, and the run says so at its limit.
        Future<RecordMetadata> unused = producer.send(events.get(sent).record());
      }
      for (ConsumerRecord<byte[], byte[]> answer :
          consumer.poll(Duration.ofMillis(sent < events.size() ? 1 : 50))) {
        open.remove(name(answer));
      }
    }
    return events.size() / ((System.nanoTime() - begin) / 1e9);
  }

  /** Finds id and state without reading the whole answer; they are among its first fields. */
  private static String name(ConsumerRecord<byte[], byte[]> answer) {
    byte[] value = answer.value();
    String head = new String(value, 0, Math.min(value.length, 320), StandardCharsets.UTF_8);
    return name(field(head, "\"requestId\":\""), field(head, "\"state\":\""));
  }

  private static String field(String head, String opening) {
    int start = head.indexOf(opening);
    if (start < 0) {
      return "";
    }
    int from = start + opening.length();
    int end = head.indexOf('"', from);
    return end < 0 ? "" : head.substring(from, end);
  }

  /** A record under a key with the headers of an event. */
  static ProducerRecord<byte[], byte[]> onto(String topic, ProducerRecord<byte[], byte[]> event) {
    return new ProducerRecord<>(topic, null, event.key(), event.value(), event.headers());
  }

  /** The event's id as its header says it. */
  static String id(ConsumerRecord<byte[], byte[]> record) {
    return CloudEventHeaders.text(record.headers(), CloudEventHeaders.ID);
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
