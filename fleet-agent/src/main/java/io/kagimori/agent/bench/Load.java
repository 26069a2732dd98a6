package io.kagimori.agent.bench;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationRequestedBuilder;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes MAK activation requests and waits for their first answers. Bounded in count and time;
 * it measures from the first request published to the last answer read, as a consumer sees it.
 */
final class Load implements AutoCloseable {
  /** No run waits longer for its answers. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final String requests;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param kafka broker
   * @param requests topic to publish to
   * @param answers topic on which the answers appear
   */
  Load(String kafka, String requests, String answers) {
    this.requests = requests;
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
   * What to ask for.
   *
   * @param count requests
   * @param perSecond pace; 0 means as fast as they can be published
   * @param keys key ids, taken in turns
   */
  record Plan(int count, int perSecond, List<String> keys) {}

  /**
   * What came back.
   *
   * @param answered requests with an answer
   * @param byType answers by event type
   * @param seconds from the first request to the last answer
   * @param latency milliseconds from publishing to reading the answer
   */
  record Outcome(int answered, Map<String, Integer> byType, double seconds, Histogram latency) {
    double perSecond() {
      return answered / seconds;
    }
  }

  /** Runs the plan. */
  Outcome run(Plan plan) {
    List<ProducerRecord<byte[], byte[]>> records = prepare(plan);
    Map<String, Long> sentAt = new HashMap<>(records.size() * 2);
    Map<String, Integer> byType = new HashMap<>();
    Histogram latency = new Histogram(3_600_000, 3);
    long begin = System.nanoTime();
    int sent = 0;
    int answered = 0;
    while (answered < records.size()) {
      if (System.nanoTime() - begin > LIMIT.toNanos()) {
        throw new IllegalStateException(
            "only " + answered + " of " + records.size() + " requests were answered");
      }
      sent = send(plan, records, sentAt, begin, sent);
      for (ConsumerRecord<byte[], byte[]> answer : poll(sent < records.size())) {
        Long at = sentAt.remove(requestId(answer.value()));
        if (at != null) {
          answered++;
          latency.recordValue(Math.max(0, (System.nanoTime() - at) / 1_000_000));
          byType.merge(
              CloudEventHeaders.text(answer.headers(), CloudEventHeaders.TYPE), 1, Integer::sum);
        }
      }
    }
    return new Outcome(answered, byType, (System.nanoTime() - begin) / 1e9, latency);
  }

  private Iterable<ConsumerRecord<byte[], byte[]>> poll(boolean sending) {
    return consumer.poll(sending ? Duration.ofMillis(1) : Duration.ofMillis(50));
  }

  private int send(
      Plan plan,
      List<ProducerRecord<byte[], byte[]>> records,
      Map<String, Long> sentAt,
      long begin,
      int sent) {
    int due = records.size();
    if (plan.perSecond() > 0) {
      due =
          (int) Math.min(due, (System.nanoTime() - begin) * plan.perSecond() / 1_000_000_000L + 1);
    } else {
      due = Math.min(due, sent + 1000);
    }
    for (int i = sent; i < due; i++) {
      ProducerRecord<byte[], byte[]> record = records.get(i);
      sentAt.put(CloudEventHeaders.text(record.headers(), CloudEventHeaders.ID), System.nanoTime());
      // What the broker does not take is never answered, and the run says so at its limit.
      Future<RecordMetadata> unused = producer.send(record);
    }
    if (due == sent) {
      LockSupport.parkNanos(200_000);
    }
    return due;
  }

  private List<ProducerRecord<byte[], byte[]>> prepare(Plan plan) {
    String run = Long.toString(System.nanoTime(), 36);
    Instant now = Instant.now();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(plan.count());
    for (int i = 0; i < plan.count(); i++) {
      UUID id = EventIds.request();
      ActivationRequested request =
          ActivationRequestedBuilder.builder()
              .deviceId("bench-" + run + "-" + i)
              .product("windows-server-2019")
              .edition("ServerStandard")
              .channel(Channel.MAK)
              .keyId(plan.keys().get(i % plan.keys().size()))
              .build();
      records.add(
          Answer.of(EventType.ACTIVATION_REQUESTED, id, "bench", now, request)
              .on(requests)
              .toRecord());
    }
    return records;
  }

  /** Finds the request id without reading the whole answer; it is its first field. */
  private static String requestId(byte[] value) {
    String head =
        new String(value, 0, Math.min(value.length, 80), java.nio.charset.StandardCharsets.UTF_8);
    int start = head.indexOf("\"requestId\":\"");
    return start < 0 ? "" : head.substring(start + 13, Math.min(head.length(), start + 49));
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
