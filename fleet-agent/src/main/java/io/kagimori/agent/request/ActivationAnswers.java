package io.kagimori.agent.request;

import io.kagimori.agent.stream.AnswerFeed;
import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.Decoded;
import io.kagimori.contracts.cloudevents.EventDecoder;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Listens for the answer to one event: a result, or a dead letter when the event could not be read.
 * Made before the event is published, so that no answer is missed.
 */
final class ActivationAnswers implements AutoCloseable {
  private static final EventDecoder DECODER =
      new EventDecoder(
          Set.of(
              EventType.ACTIVATION_GRANTED,
              EventType.ACTIVATION_REFUSED,
              EventType.ACTIVATION_CONFIRMED,
              EventType.ACTIVATION_FAILED,
              EventType.ACTIVATION_EXPIRED));

  private final AnswerFeed feed;

  /**
   * @param kafka bootstrap servers
   * @param askedOn the topic the event goes to; its dead-letter twin is watched too
   */
  ActivationAnswers(String kafka, String askedOn) {
    this.feed =
        new AnswerFeed(
            kafka,
            List.of(Topics.ACTIVATION_RESULTS, Topics.deadLetter(askedOn)),
            AnswerFeed.From.END);
  }

  /** What came back. */
  sealed interface Reply {}

  /**
   * A result.
   *
   * @param result what activation-service says
   */
  record Answered(ActivationResult result) implements Reply {}

  /**
   * The event was set aside.
   *
   * @param reason dead-letter reason
   * @param detail what was wrong
   */
  record SetAside(String reason, String detail) implements Reply {}

  /**
   * The first reply.
   *
   * @param eventId the event that was published
   * @param wanted which result counts as the answer
   * @param patience how long to wait
   * @return absent when nothing came in time
   */
  Optional<Reply> await(UUID eventId, Predicate<ActivationResult> wanted, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Duration left = patience;
    while (!left.isNegative()) {
      for (ConsumerRecord<byte[], byte[]> arrived : feed.poll(left)) {
        Optional<Reply> reply = reply(arrived, eventId, wanted);
        if (reply.isPresent()) {
          return reply;
        }
      }
      left = Duration.ofNanos(deadline - System.nanoTime());
    }
    return Optional.empty();
  }

  private static Optional<Reply> reply(
      ConsumerRecord<byte[], byte[]> arrived, UUID eventId, Predicate<ActivationResult> wanted) {
    if (arrived.topic().endsWith(Topics.DEAD_LETTER_SUFFIX)) {
      boolean ours =
          eventId
              .toString()
              .equals(CloudEventHeaders.text(arrived.headers(), CloudEventHeaders.ID));
      return ours
          ? Optional.of(
              new SetAside(
                  CloudEventHeaders.text(arrived.headers(), "dlq-reason"),
                  CloudEventHeaders.text(arrived.headers(), "dlq-detail")))
          : Optional.empty();
    }
    Decoded decoded = DECODER.decode(arrived);
    return decoded instanceof Request request
        ? Optional.of(request.event(ActivationResult.class)).filter(wanted).map(Answered::new)
        : Optional.empty();
  }

  @Override
  public void close() {
    feed.close();
  }
}
