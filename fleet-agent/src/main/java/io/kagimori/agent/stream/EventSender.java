package io.kagimori.agent.stream;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes events in the name of the fleet agent and waits for the broker's word. */
public final class EventSender implements AutoCloseable {
  /** Whose events these are. */
  public static final String SERVICE = "fleet-agent";

  private static final int REACH_MS = 5_000;
  private static final int DELIVERY_MS = 15_000;

  private final String kafka;
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * @param kafka bootstrap servers
   */
  public EventSender(String kafka) {
    this.kafka = kafka;
    this.producer = Reach.client(kafka, () -> new KafkaProducer<>(settings(kafka)));
  }

  private static Map<String, Object> settings(String kafka) {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        kafka,
        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class,
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class,
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        REACH_MS,
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        REACH_MS,
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        DELIVERY_MS,
        ProducerConfig.LINGER_MS_CONFIG,
        0);
  }

  /** An event as the fleet agent says it. */
  public static Answer event(EventType type, UUID id, Instant time, Event event) {
    return Answer.of(type, id, SERVICE, time, event);
  }

  /** Publishes one event and returns when the broker has it. */
  public RecordMetadata publish(Answer event) {
    return publish(event.toRecord());
  }

  /** Publishes one record and returns when the broker has it. */
  public RecordMetadata publish(ProducerRecord<byte[], byte[]> sent) {
    try {
      return producer.send(sent).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof TimeoutException
          ? Reach.unreachable(kafka, e)
          : CommandFailure.outside(
              "NOT_PUBLISHED",
              "Kafka at %s did not take the event: %s.".formatted(kafka, said(e)),
              e);
    } catch (TimeoutException e) {
      throw Reach.unreachable(kafka, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.outside("INTERRUPTED", "The publishing was stopped.", e);
    }
  }

  /**
   * Publishes without waiting; {@link #flush} waits for all.
   *
   * @param acknowledged is told the failure, or null when the broker has the record
   */
  public void send(ProducerRecord<byte[], byte[]> sent, Consumer<Exception> acknowledged) {
    Future<RecordMetadata> unused =
        producer.send(sent, (metadata, failure) -> acknowledged.accept(failure));
  }

  /** Waits until everything sent was acknowledged or given up. */
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  private static String said(ExecutionException e) {
    String message = e.getCause().getMessage();
    return message == null
        ? e.getCause().getClass().getSimpleName()
        : message.replaceAll("\\.$", "");
  }
}
