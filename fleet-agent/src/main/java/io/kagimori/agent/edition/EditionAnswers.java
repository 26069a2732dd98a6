package io.kagimori.agent.edition;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.stream.AnswerFeed;
import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.EventJson;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Listens for the first answers to requests of editions: a result, a decision, or a dead letter
 * when the request could not be read. Made before anything is published, so that none is missed.
 */
final class EditionAnswers implements AutoCloseable {
  private final AnswerFeed feed;

  EditionAnswers(String kafka) {
    this.feed =
        new AnswerFeed(
            kafka,
            List.of(Topics.EDITION_RESULTS, Topics.deadLetter(Topics.EDITION_REQUESTS)),
            AnswerFeed.From.END);
  }

  /** The first answer to each request, until all are there or the time ran out. */
  Map<UUID, JsonNode> await(Set<UUID> requests, Duration patience) {
    Map<UUID, JsonNode> answers = new LinkedHashMap<>();
    Set<UUID> open = new HashSet<>(requests);
    long deadline = System.nanoTime() + patience.toNanos();
    while (!open.isEmpty() && System.nanoTime() < deadline) {
      Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
      for (ConsumerRecord<byte[], byte[]> arrived : feed.poll(left)) {
        JsonNode answer = read(arrived);
        UUID id = id(answer.path("requestId").asText(""));
        if (id != null && open.remove(id)) {
          answers.put(id, answer);
        }
      }
    }
    return answers;
  }

  private static JsonNode read(ConsumerRecord<byte[], byte[]> arrived) {
    if (arrived.topic().endsWith(Topics.DEAD_LETTER_SUFFIX)) {
      // In the shape of a refusal, so that whoever reads answers reads this too.
      return EventJson.mapper()
          .createObjectNode()
          .put("requestId", CloudEventHeaders.text(arrived.headers(), CloudEventHeaders.ID))
          .put("verdict", "REFUSED")
          .put("reason", CloudEventHeaders.text(arrived.headers(), "dlq-reason"))
          .put("setAside", CloudEventHeaders.text(arrived.headers(), "dlq-detail"));
    }
    try {
      return EventJson.mapper().readTree(arrived.value());
    } catch (IOException e) {
      return EventJson.mapper().createObjectNode();
    }
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public void close() {
    feed.close();
  }
}
