package io.kagimori.stream;

import static java.util.stream.Collectors.toSet;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.BadRecord;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.DeadLetterReason;
import io.kagimori.contracts.cloudevents.EventDecoder;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.EventType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Takes one poll from bytes to acknowledged answers: decode; load, decide and store in one
 * transaction; commit; publish every answer, fact and dead letter and wait for the broker. Only
 * when {@link #process} returns may the poll's offsets be committed. See {@code DESIGN.md} beside
 * this class for what a crash leaves behind at each point.
 *
 * <p>One instance serves one channel and keeps nothing between polls: SmallRye calls it from one
 * thread at a time for each consumer of the channel.
 *
 * @param <S> the state of a batch
 */
public final class BatchStep<S> {
  private final BatchRule<S> rule;
  private final EventDecoder decoder;
  private final Set<String> ignored;
  private final DataSource database;
  private final FactSource facts;
  private final AnswerPublisher publisher;
  private final ChannelMeters meters;
  private final ChannelHealth health;
  private final RetryPolicy<Object> patience;

  BatchStep(
      BatchRule<S> rule,
      DataSource database,
      FactSource facts,
      AnswerPublisher publisher,
      ChannelMeters meters,
      ChannelHealth health,
      Duration patience) {
    this.rule = rule;
    this.decoder = new EventDecoder(rule.accepts());
    this.ignored = rule.ignores().stream().map(EventType::typeName).collect(toSet());
    this.database = database;
    this.facts = facts;
    this.publisher = publisher;
    this.meters = meters;
    this.health = health;
    this.patience =
        RetryPolicy.builder()
            .handleIf(Failures::mayPass)
            .withBackoff(Duration.ofMillis(50), Duration.ofSeconds(5))
            .withJitter(0.2)
            .withMaxRetries(-1)
            .withMaxDuration(patience)
            .onRetry(event -> tellWaiting(event.getLastException()))
            .build();
  }

  private void tellWaiting(Throwable failure) {
    if (Failures.isAway(failure)) {
      health.waiting(failure);
    }
  }

  /** Everything a poll leads to, in the order in which it is published. */
  private static final class Result {
    final List<Answer> answers = new ArrayList<>();
    final Set<FactDue> facts = new LinkedHashSet<>();
    final List<BadRecord> bad = new ArrayList<>();

    void add(Decided decided) {
      answers.addAll(decided.answers());
      facts.addAll(decided.facts());
    }
  }

  /**
   * Processes one poll to its end.
   *
   * @throws RuntimeException when the outside world stayed away for longer than our patience, or on
   *     a defect of ours; the poll is then not acknowledged and will come again
   */
  public void process(ConsumerRecords<byte[], byte[]> poll) {
    Result result = new Result();
    List<Request> requests = new ArrayList<>(poll.count());
    for (ConsumerRecord<byte[], byte[]> record : poll) {
      if (ignored.contains(CloudEventHeaders.text(record.headers(), CloudEventHeaders.TYPE))) {
        continue;
      }
      switch (decoder.decode(record)) {
        case Request request -> {
          if (rule.concerns(request)) {
            requests.add(request);
          }
        }
        case BadRecord bad -> result.bad.add(bad);
      }
    }
    meters.batch(poll, () -> decide(requests, result));
    meters.publish(() -> publish(result));
    meters.published(result.answers, result.bad);
    health.flowing();
  }

  private void decide(List<Request> requests, Result result) {
    if (requests.isEmpty()) {
      return;
    }
    try {
      Result part = Failsafe.with(patience).get(() -> transaction(requests));
      result.answers.addAll(part.answers);
      result.facts.addAll(part.facts);
      result.bad.addAll(part.bad);
    } catch (Failures.UnstorableData e) {
      if (requests.size() == 1) {
        result.bad.add(
            new BadRecord(
                DeadLetterReason.INVALID_EVENT, e.getMessage(), requests.get(0).source()));
        return;
      }
      // Some record holds what the database refuses: halve until it stands alone.
      int half = requests.size() / 2;
      decide(requests.subList(0, half), result);
      decide(requests.subList(half, requests.size()), result);
    }
  }

  private Result transaction(List<Request> requests) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        lookUpByKey(connection);
        Result result = inTransaction(connection, requests);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        rollBack(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  /**
   * Rules a reading from end to end out. PostgreSQL would choose it for a batch of keys while a
   * table is small, and keep that plan when the table is large: a parallel reading of millions of
   * rows for each poll.
   */
  private static void lookUpByKey(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local enable_seqscan = off");
    }
  }

  private static void rollBack(Connection connection, Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The connection is gone, and with it the transaction; what counts is why we gave it up.
      failure.addSuppressed(e);
    }
  }

  private Result inTransaction(Connection connection, List<Request> requests) throws SQLException {
    Set<UUID> ids = requests.stream().map(Request::id).collect(toSet());
    Map<UUID, Outcome> outcomes = new LinkedHashMap<>(Outcomes.find(connection, ids));
    meters.redelivered(outcomes.size());
    List<Request> fresh = firstOfEach(requests, outcomes.keySet());
    if (!fresh.isEmpty()) {
      decideFresh(connection, fresh, outcomes);
    }
    return collect(requests, outcomes);
  }

  private void decideFresh(Connection connection, List<Request> fresh, Map<UUID, Outcome> outcomes)
      throws SQLException {
    S state = rule.load(connection, Collections.unmodifiableList(fresh));
    List<Outcome> decided = new ArrayList<>(fresh.size());
    for (Request request : fresh) {
      decided.add(new Outcome(request.id(), request.contentId(), rule.decide(state, request)));
    }
    rule.store(connection, state);
    Outcomes.keep(connection, decided);
    decided.forEach(outcome -> outcomes.put(outcome.requestId(), outcome));
  }

  private static List<Request> firstOfEach(List<Request> requests, Set<UUID> known) {
    Map<UUID, Request> first = new LinkedHashMap<>();
    for (Request request : requests) {
      if (!known.contains(request.id())) {
        first.putIfAbsent(request.id(), request);
      }
    }
    return List.copyOf(first.values());
  }

  /** Each request gets the outcome of its id, unless it says something else under that id. */
  private static Result collect(List<Request> requests, Map<UUID, Outcome> outcomes) {
    Result result = new Result();
    for (Request request : requests) {
      Outcome outcome = outcomes.get(request.id());
      if (outcome.contentId().equals(request.contentId())) {
        result.add(outcome.decided());
      } else {
        result.bad.add(
            new BadRecord(DeadLetterReason.ID_REUSED, request.id().toString(), request.source()));
      }
    }
    return result;
  }

  private void publish(Result result) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    result.answers.forEach(answer -> records.add(answer.toRecord()));
    if (!result.facts.isEmpty()) {
      Failsafe.with(patience)
          .get(() -> currentFacts(result.facts))
          .forEach(fact -> records.add(fact.toRecord()));
    }
    List<ProducerRecord<byte[], byte[]>> letters =
        result.bad.stream().map(BadRecord::deadLetter).toList();
    try {
      publishAll(records, letters);
    } catch (RecordTooLargeException e) {
      // Answers stay far below every limit; what is too large is a letter.
      publishAll(records, letters.stream().map(CutLetter::of).toList());
    }
  }

  private void publishAll(
      List<ProducerRecord<byte[], byte[]>> records, List<ProducerRecord<byte[], byte[]>> letters) {
    List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>(records);
    all.addAll(letters);
    if (!all.isEmpty()) {
      Failsafe.with(patience).run(() -> publisher.publish(all));
    }
  }

  private List<Answer> currentFacts(Set<FactDue> due) {
    try (Connection connection = database.getConnection()) {
      return facts.current(connection, due);
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }
}
