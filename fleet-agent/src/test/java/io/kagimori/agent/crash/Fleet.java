package io.kagimori.agent.crash;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The agents of a workload, in a thread of their own: publish the requests, wait for the answers,
 * and report for each granted MAK what came of it; every fourth activation fails. They outlast any
 * outage, as agents with a spool do.
 */
final class Fleet implements AutoCloseable {
  private static final Duration OUTLAST = Duration.ofMinutes(5);

  /** When agents report. */
  enum Reporting {
    /** As soon as they are granted a seat; failures make room for those who come later. */
    AT_ONCE,
    /** After the last decision, so that the number of grants depends on the seed alone. */
    AFTERWARDS
  }

  private final Workload work;
  private final int perSecond;
  private final Reporting reporting;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<UUID, Ask> asked;
  private final Set<UUID> granted = ConcurrentHashMap.newKeySet();
  private final Set<UUID> decided = ConcurrentHashMap.newKeySet();
  private final Map<UUID, Boolean> reports = new ConcurrentHashMap<>();
  private final Set<UUID> concluded = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "fleet");
  private volatile boolean closed;
  private final AtomicInteger sent = new AtomicInteger();

  /**
   * The agents, listening from now on.
   *
   * @param perSecond pace of the requests; 0 means all at once
   */
  Fleet(CrashStack stack, Workload work, int perSecond, Reporting reporting) {
    String kafka = stack.kafka();
    this.work = work;
    this.perSecond = perSecond;
    this.reporting = reporting;
    asked =
        work.asks().stream()
            .collect(Collectors.toMap(Ask::id, Function.identity(), (first, same) -> first));
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka,
                "acks",
                "all",
                "max.block.ms",
                (int) OUTLAST.toMillis(),
                "delivery.timeout.ms",
                (int) OUTLAST.toMillis(),
                "request.timeout.ms",
                5_000,
                "reconnect.backoff.max.ms",
                1_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka, "reconnect.backoff.max.ms", 1_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor("activation.results").stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /** Starts publishing and listening. */
  void publish() {
    thread.start();
  }

  /** Requests that were handed to the broker's client so far. */
  int sent() {
    return sent.get();
  }

  /** Waits until all requests stand on their topic. */
  void awaitPublished() {
    await("published", () -> sent() == work.asks().size());
    producer.flush();
  }

  /** Waits until every request is decided, and every report on a granted one as well. */
  void awaitDone() {
    await("answered", this::done);
    if (failure.get() != null) {
      throw new AssertionError("the fleet could not publish", failure.get());
    }
  }

  /** What they ask for. */
  Workload work() {
    return work;
  }

  /** What the agents reported: request id and whether the activation succeeded. */
  Map<UUID, Boolean> reports() {
    return reports;
  }

  private boolean done() {
    return decided.size() == asked.size()
        && reports.size() == granted.size()
        && concluded.size() == granted.size();
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + OUTLAST.toNanos();
    while (!condition.getAsBoolean() && failure.get() == null) {
      if (System.nanoTime() > deadline || !thread.isAlive()) {
        throw new AssertionError(
            "not all %s: %d sent, %d of %d decided, %d granted, %d reported, %d concluded"
                .formatted(
                    what,
                    sent(),
                    decided.size(),
                    asked.size(),
                    granted.size(),
                    reports.size(),
                    concluded.size()));
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private void run() {
    long begin = System.nanoTime();
    Iterator<Ask> next = work.asks().iterator();
    try {
      while (!closed) {
        for (int due = due(begin); sent() < due; sent.incrementAndGet()) {
          publish(next.next().record());
        }
        for (ConsumerRecord<byte[], byte[]> record :
            consumer.poll(Duration.ofMillis(sent() < work.asks().size() ? 5 : 50))) {
          hear(Wire.Incoming.of(record));
        }
        if (reporting == Reporting.AT_ONCE || decided.size() == asked.size()) {
          report(granted);
        }
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private int due(long begin) {
    int all = work.asks().size();
    return perSecond == 0
        ? all
        : (int) Math.min(all, (System.nanoTime() - begin) * perSecond / 1_000_000_000L + 1);
  }

  private void hear(Wire.Incoming answer) {
    UUID request = UUID.fromString(answer.requestId());
    Ask ask = asked.get(request);
    if (ask == null) {
      return;
    }
    switch (answer.type()) {
      case "activation.granted" -> {
        if (ask.kind() != Ask.Kind.KMS) {
          granted.add(request);
        }
        decided.add(request);
      }
      case "activation.refused" -> decided.add(request);
      default -> concluded.add(request);
    }
  }

  private void report(Collection<UUID> requests) {
    for (UUID request : requests.stream().filter(id -> !reports.containsKey(id)).toList()) {
      boolean succeeded = reports.size() % 4 != 3;
      publish(reported(asked.get(request), succeeded));
      reports.put(request, succeeded);
    }
  }

  private void publish(Wire.Outgoing event) {
    Future<?> unused =
        producer.send(
            event.record(),
            (place, refused) -> {
              if (refused != null) {
                failure.compareAndSet(null, refused);
              }
            });
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(5));
    consumer.close();
  }

  /** What an agent says of its attempt. */
  private static Wire.Outgoing reported(Ask ask, boolean succeeded) {
    String code = succeeded ? "" : ",\"code\":\"0x80072EE7\"";
    String body =
        """
        {"requestId":"%s","deviceId":"%s","succeeded":%s,"stage":"ATO","installationId":"%s"%s}"""
            .formatted(ask.id(), ask.device(), succeeded, ask.installation(), code);
    return new Wire.Outgoing(
        "activation.outcomes",
        ask.device(),
        UUID.nameUUIDFromBytes(Wire.bytes(ask.id() + "/report")),
        "io.kagimori.activation.attempted.v1",
        body);
  }
}
