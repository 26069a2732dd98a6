package io.kagimori.agent.simulation;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.simulation.Observed.SeenAnswer;
import io.kagimori.agent.simulation.Observed.SeenDeadLetter;
import io.kagimori.agent.stream.AnswerFeed;
import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads what comes back while a fleet runs and keeps all of it. One thread reads; others ask how
 * far it is and wait.
 */
final class AnswerBoard implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final AnswerFeed feed;
  private final Set<String> requestIds;
  private final List<String> secrets;
  private final Thread reader;

  private final List<SeenAnswer> answers = new ArrayList<>();
  private final List<SeenDeadLetter> deadLetters = new ArrayList<>();
  private final List<String> leaks = new ArrayList<>();
  private final Map<UUID, Verdict> decisions = new HashMap<>();
  private final Set<String> ends = new HashSet<>();
  private RuntimeException failure;
  private long lastNews = System.nanoTime();
  private volatile boolean closed;

  AnswerBoard(String kafka, FleetPlan plan) {
    this.requestIds =
        plan.asks().map(ask -> ask.id().toString()).collect(Collectors.toUnmodifiableSet());
    this.secrets =
        plan.keys().stream()
            .map(key -> key.productKey().value())
            .flatMap(value -> Stream.of(value, value.replace("-", "")))
            .toList();
    List<String> topics = new ArrayList<>(List.of(Topics.ACTIVATION_RESULTS));
    Topics.all().stream()
        .map(Topics.Topic::name)
        .filter(name -> name.endsWith(Topics.DEAD_LETTER_SUFFIX))
        .forEach(topics::add);
    this.feed = new AnswerFeed(kafka, topics, AnswerFeed.From.END);
    this.reader = new Thread(this::read, "answer-board");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try {
      while (!closed) {
        List<ConsumerRecord<byte[], byte[]>> arrived = feed.poll(POLL);
        if (!arrived.isEmpty()) {
          take(arrived, System.nanoTime());
        }
      }
    } catch (RuntimeException e) {
      synchronized (this) {
        failure = e;
        notifyAll();
      }
    }
  }

  private synchronized void take(List<ConsumerRecord<byte[], byte[]>> arrived, long at) {
    for (ConsumerRecord<byte[], byte[]> each : arrived) {
      String body = each.value() == null ? "" : new String(each.value(), StandardCharsets.UTF_8);
      String eventId = CloudEventHeaders.text(each.headers(), CloudEventHeaders.ID);
      if (secrets.stream().anyMatch(body::contains)) {
        leaks.add(each.topic() + " shows a product key in event " + eventId);
      }
      if (each.topic().equals(Topics.ACTIVATION_RESULTS)) {
        takeAnswer(each, eventId, body, at);
      } else {
        deadLetters.add(
            new SeenDeadLetter(
                each.topic(),
                eventId,
                CloudEventHeaders.text(each.headers(), "dlq-reason"),
                CloudEventHeaders.text(each.headers(), "dlq-detail")));
        lastNews = at;
      }
    }
    notifyAll();
  }

  private void takeAnswer(
      ConsumerRecord<byte[], byte[]> each, String eventId, String body, long at) {
    ActivationResult result = EventJson.read(each.value(), ActivationResult.class);
    if (!requestIds.contains(result.requestId())) {
      return;
    }
    answers.add(new SeenAnswer(eventId, body, result, at));
    lastNews = at;
    switch (result.verdict()) {
      case GRANTED, REFUSED ->
          decisions.putIfAbsent(UUID.fromString(result.requestId()), result.verdict());
      case CONFIRMED, FAILED -> ends.add(eventId);
      case EXPIRED -> {
        // Comes a lease later, if the run is repeated that late; nobody waits for it.
      }
    }
  }

  /** Waits until enough requests are decided; false when nothing new came for so long. */
  boolean awaitDecisions(IntPredicate enough, Duration silence, IntConsumer progress) {
    return await(decisions::size, enough, silence, progress);
  }

  /** Waits until enough final answers are there; false when nothing new came for so long. */
  boolean awaitEnds(IntPredicate enough, Duration silence, IntConsumer progress) {
    return await(ends::size, enough, silence, progress);
  }

  /** Waits until nothing new has come for so long. */
  void awaitQuiet(Duration silence) {
    await(() -> 0, never -> false, silence, count -> {});
  }

  private synchronized boolean await(
      IntSupplier count, IntPredicate enough, Duration silence, IntConsumer progress) {
    long started = System.nanoTime();
    while (!enough.test(count.getAsInt())) {
      if (failure != null) {
        throw failure;
      }
      long left = Math.max(lastNews, started) + silence.toNanos() - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      try {
        wait(1 + left / 1_000_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw CommandFailure.outside("INTERRUPTED", "The run was stopped.", e);
      }
      progress.accept(count.getAsInt());
    }
    return true;
  }

  synchronized int decided() {
    return decisions.size();
  }

  synchronized int ended() {
    return ends.size();
  }

  synchronized boolean isGranted(UUID request) {
    return decisions.get(request) == Verdict.GRANTED;
  }

  synchronized List<SeenAnswer> answers() {
    return List.copyOf(answers);
  }

  synchronized List<SeenDeadLetter> deadLetters() {
    return List.copyOf(deadLetters);
  }

  synchronized List<String> leaks() {
    return List.copyOf(leaks);
  }

  @Override
  public void close() {
    closed = true;
    feed.wakeUp();
    try {
      reader.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    feed.close();
  }
}
