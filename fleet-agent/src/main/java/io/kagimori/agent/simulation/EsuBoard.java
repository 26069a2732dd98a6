package io.kagimori.agent.simulation;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.stream.AnswerFeed;
import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads what comes back about ESU while a fleet runs and keeps all of it. One thread. */
final class EsuBoard implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Set<String> RESULTS =
      Set.of(
          EventType.ESU_ACCEPTED.typeName(),
          EventType.ESU_ENTITLED.typeName(),
          EventType.ESU_REFUSED.typeName(),
          EventType.ESU_LAPSED.typeName(),
          EventType.ESU_UPDATE_DIAGNOSED.typeName());

  private final AnswerFeed feed;
  private final String prefix;
  private final List<String> secrets;

  private final Map<String, EsuResult> results = new LinkedHashMap<>();
  private final Map<String, String> bodies = new HashMap<>();
  private final Map<String, Long> firstSeen = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> leaks = new ArrayList<>();
  private int resent;

  EsuBoard(String kafka, EsuPlan plan) {
    prefix = plan.name() + "-";
    secrets =
        plan.keys().stream()
            .map(key -> key.productKey().value())
            .flatMap(key -> Stream.of(key, key.replace("-", "")))
            .toList();
    feed =
        new AnswerFeed(
            kafka,
            List.of(
                Topics.ESU_RESULTS,
                Topics.ACTIVATION_RESULTS,
                Topics.deadLetter(Topics.ESU_REQUESTS)),
            AnswerFeed.From.END);
  }

  /** Reads until enough is there; false when nothing new came for so long. */
  boolean await(BooleanSupplier enough, Duration silence) {
    long lastNews = System.nanoTime();
    while (!enough.getAsBoolean()) {
      List<ConsumerRecord<byte[], byte[]>> arrived = feed.poll(POLL);
      long now = System.nanoTime();
      if (arrived.stream().map(each -> take(each, now)).reduce(false, Boolean::logicalOr)) {
        lastNews = now;
      } else if (now - lastNews > silence.toNanos()) {
        return false;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw CommandFailure.outside("INTERRUPTED", "The run was stopped.", null);
      }
    }
    return true;
  }

  /** Reads until nothing new has come for so long. */
  void awaitQuiet(Duration silence) {
    await(() -> false, silence);
  }

  /** Takes a record in; false when it is not about our devices. */
  private boolean take(ConsumerRecord<byte[], byte[]> each, long now) {
    String device = each.key() == null ? "" : new String(each.key(), StandardCharsets.UTF_8);
    if (!device.startsWith(prefix)) {
      return false;
    }
    String body = each.value() == null ? "" : new String(each.value(), StandardCharsets.UTF_8);
    String id = CloudEventHeaders.text(each.headers(), CloudEventHeaders.ID);
    if (secrets.stream().anyMatch(body::contains)) {
      leaks.add(each.topic() + " shows a product key in event " + id);
    }
    String first = bodies.putIfAbsent(id, body);
    if (first != null) {
      resent++;
      if (!first.equals(body)) {
        faults.add("event " + id + " came differently");
      }
      return true;
    }
    if (each.topic().endsWith(Topics.DEAD_LETTER_SUFFIX)) {
      faults.add(id + " is a dead letter");
    } else if (RESULTS.contains(CloudEventHeaders.text(each.headers(), CloudEventHeaders.TYPE))) {
      EsuResult result = EventJson.read(each.value(), EsuResult.class);
      results.put(id, result);
      firstSeen.putIfAbsent(result.requestId(), now);
    }
    return true;
  }

  /** Every result about our devices, each event once, in the order it was seen. */
  List<EsuResult> results() {
    return List.copyOf(results.values());
  }

  /** When the first answer to a request was seen; null while there is none. */
  Long firstSeen(String requestId) {
    return firstSeen.get(requestId);
  }

  /** Everything seen, with what REST says of pools and devices. */
  EsuObserved observed(Map<String, Long> consumed, Map<String, String> coverage) {
    return new EsuObserved(results(), firstSeen, faults, leaks, resent, consumed, coverage);
  }

  @Override
  public void close() {
    feed.close();
  }
}
