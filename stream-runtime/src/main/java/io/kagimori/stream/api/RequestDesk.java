package io.kagimori.stream.api;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.BadRecord;
import io.kagimori.contracts.cloudevents.DeadLetterReason;
import io.kagimori.contracts.cloudevents.EventDecoder;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Fields;
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
   * @throws jakarta.ws.rs.WebApplicationException 400 when it would be a dead letter, which nobody
   *     answers; 409 with {@code ID_REUSED} when something else was decided under that id before
   */
  public void submit(UUID requestId, EventType type, Event event) {
    // Before the record is made, because a field of the event is its key.
    Fields fields = new Fields();
    event.check(fields);
    fields.invalid().ifPresent(RequestDesk::refuseField);
    Answer asked = Answer.of(type, requestId, service, Instant.now(), event);
    UUID content = understood(asked).contentId();
    if (outcomes.content(requestId).filter(known -> !known.equals(content)).isPresent()) {
      throw Problem.of(
              409,
              DeadLetterReason.ID_REUSED.name(),
              "Idempotency-Key",
              "The id belongs to another request.")
          .exception();
    }
    publish(List.of(asked));
  }

  /**
   * Publishes many requests and waits for the broker.
   *
   * @throws jakarta.ws.rs.WebApplicationException 400 when one of them would be a dead letter
   */
  public void submit(List<Answer> requests) {
    requests.forEach(RequestDesk::understood);
    publish(requests);
  }

  private void publish(List<Answer> requests) {
    try {
      publisher.publish(requests.stream().map(Answer::toRecord).toList());
    } catch (KafkaException e) {
      throw Problem.of(503, "BROKER_AWAY", null, "The request could not be published.").exception();
    }
  }

  /** The request as the stream will read it. */
  private static Request understood(Answer asked) {
    ProducerRecord<byte[], byte[]> record = asked.toRecord();
    ConsumerRecord<byte[], byte[]> source =
        new ConsumerRecord<>(
            record.topic(),
            0,
            0,
            record.timestamp(),
            TimestampType.CREATE_TIME,
            record.key().length,
            record.value().length,
            record.key(),
            record.value(),
            record.headers(),
            Optional.empty());
    return switch (new EventDecoder(Set.of(asked.type())).decode(source)) {
      case Request request -> request;
      case BadRecord bad -> {
        if (bad.reason() == DeadLetterReason.INVALID_EVENT) {
          refuseField(bad.detail());
        }
        throw Problem.of(400, bad.reason().name(), null, "No record can carry the request.")
            .exception();
      }
    };
  }

  private static void refuseField(String field) {
    throw Problem.of(400, "INVALID_FIELD", field, "It is missing or not usable.").exception();
  }

  /** The answers to the request, once it is decided; empty when the time ran out. */
  public Optional<List<Answer>> await(UUID requestId, Duration wait) {
    return outcomes.await(requestId, wait);
  }
}
