package io.kagimori.stream.api;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.BadRecord;
import io.kagimori.contracts.cloudevents.DeadLetterReason;
import io.kagimori.contracts.cloudevents.EventDecoder;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import io.kagimori.stream.AnswerPublisher;
import io.kagimori.stream.OutcomeReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.record.TimestampType;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The only way in for a REST write: it becomes a request record, and its outcome is waited for
 * where the caller prefers that. So REST and Kafka share one path.
 */
@ApplicationScoped
public class RequestDesk {
  /** Longest wait a caller may ask for. */
  private static final int WAIT_SECONDS_MAX = 60;

  private static final Pattern WAIT = Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*(\\d{1,4})");

  private final String service;
  private final AnswerPublisher publisher;
  private final OutcomeReader outcomes;

  RequestDesk(
      @ConfigProperty(name = "quarkus.application.name") String service,
      AnswerPublisher publisher,
      OutcomeReader outcomes) {
    this.service = service;
    this.publisher = publisher;
    this.outcomes = outcomes;
  }

  /** The request id: the caller's {@code Idempotency-Key}, or a new one. */
  public UUID requestId(String idempotencyKey) {
    if (idempotencyKey == null) {
      return EventIds.request();
    }
    try {
      return UUID.fromString(idempotencyKey.strip());
    } catch (IllegalArgumentException e) {
      throw Problem.of(400, "INVALID_FIELD", "Idempotency-Key", "It must be a UUID.").exception();
    }
  }

  /** How long the caller prefers to wait ({@code Prefer: wait=5}); zero when it does not. */
  public Duration preferredWait(String prefer) {
    if (prefer == null) {
      return Duration.ZERO;
    }
    Matcher wait = WAIT.matcher(prefer.toLowerCase(Locale.ROOT));
    return wait.find()
        ? Duration.ofSeconds(Math.min(WAIT_SECONDS_MAX, Integer.parseInt(wait.group(1))))
        : Duration.ZERO;
  }

  /**
   * Publishes the request and waits for the broker.
   *
   * @throws jakarta.ws.rs.WebApplicationException 409 with {@code ID_REUSED} when something else
   *     was decided under that id before; the stream would only set it aside
   */
  public void submit(UUID requestId, EventType type, Event event) {
    UUID content = EventIds.content(type, EventJson.bytes(event));
    if (outcomes.content(requestId).filter(known -> !known.equals(content)).isPresent()) {
      throw Problem.of(
              409,
              DeadLetterReason.ID_REUSED.name(),
              "Idempotency-Key",
              "The id belongs to another request.")
          .exception();
    }
    submit(List.of(Answer.of(type, requestId, service, Instant.now(), event)));
  }

  /** Publishes many requests and waits for the broker. */
  public void submit(List<Answer> requests) {
    List<ProducerRecord<byte[], byte[]>> records = requests.stream().map(Answer::toRecord).toList();
    for (int i = 0; i < records.size(); i++) {
      refuseDeadLetter(requests.get(i).type(), records.get(i));
    }
    try {
      publisher.publish(records);
    } catch (KafkaException e) {
      throw Problem.of(503, "BROKER_AWAY", null, "The request could not be published.").exception();
    }
  }

  /** Nobody would ever answer a dead letter, so whoever sends one is told here. */
  private static void refuseDeadLetter(EventType type, ProducerRecord<byte[], byte[]> record) {
    ConsumerRecord<byte[], byte[]> source =
        new ConsumerRecord<>(
            record.topic(),
            0,
            0,
            Instant.now().toEpochMilli(),
            TimestampType.CREATE_TIME,
            record.key().length,
            record.value().length,
            record.key(),
            record.value(),
            record.headers(),
            Optional.empty());
    if (new EventDecoder(Set.of(type)).decode(source) instanceof BadRecord bad) {
      boolean field = bad.reason() == DeadLetterReason.INVALID_EVENT;
      throw Problem.of(
              400,
              field ? "INVALID_FIELD" : bad.reason().name(),
              field ? bad.detail() : null,
              "The request cannot be carried by a record.")
          .exception();
    }
  }

  /** The answers to the request, once it is decided; empty when the time ran out. */
  public Optional<List<Answer>> await(UUID requestId, Duration wait) {
    return outcomes.await(requestId, wait);
  }
}
