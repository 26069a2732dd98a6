package io.kagimori.agent.request;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.stream.AnswerFeed;
import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.Decoded;
import io.kagimori.contracts.cloudevents.EventDecoder;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Listens for the answer to one ESU request. Made before the request is published, so that no
 * answer is missed.
 */
public final class EsuAnswers implements AutoCloseable {
  private static final EventDecoder DECODER =
      new EventDecoder(
          Set.of(
              EventType.ESU_ACCEPTED,
              EventType.ESU_ENTITLED,
              EventType.ESU_REFUSED,
              EventType.ESU_LAPSED,
              EventType.ESU_UPDATE_DIAGNOSED));

  private final AnswerFeed feed;

  public EsuAnswers(String kafka) {
    feed =
        new AnswerFeed(
            kafka,
            List.of(Topics.ESU_RESULTS, Topics.deadLetter(Topics.ESU_REQUESTS)),
            AnswerFeed.From.END);
  }

  /**
   * The first answer to a request.
   *
   * @param patience how long to wait
   * @return absent when none came in time
   * @throws CommandFailure when the request was set aside
   */
  public Optional<EsuResult> await(UUID requestId, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Duration left = patience;
    while (!left.isNegative()) {
      for (ConsumerRecord<byte[], byte[]> arrived : feed.poll(left)) {
        Optional<EsuResult> result = result(arrived, requestId.toString());
        if (result.isPresent()) {
          return result;
        }
      }
      left = Duration.ofNanos(deadline - System.nanoTime());
    }
    return Optional.empty();
  }

  private static Optional<EsuResult> result(
      ConsumerRecord<byte[], byte[]> arrived, String requestId) {
    if (arrived.topic().endsWith(Topics.DEAD_LETTER_SUFFIX)) {
      if (requestId.equals(CloudEventHeaders.text(arrived.headers(), CloudEventHeaders.ID))) {
        String reason = CloudEventHeaders.text(arrived.headers(), "dlq-reason");
        throw CommandFailure.no(
            reason,
            "The request was set aside as %s (%s)."
                .formatted(reason, CloudEventHeaders.text(arrived.headers(), "dlq-detail")));
      }
      return Optional.empty();
    }
    Decoded decoded = DECODER.decode(arrived);
    return decoded instanceof Request request
        ? Optional.of(request.event(EsuResult.class)).filter(r -> requestId.equals(r.requestId()))
        : Optional.empty();
  }

  @Override
  public void close() {
    feed.close();
  }
}
