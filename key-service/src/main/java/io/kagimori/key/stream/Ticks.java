package io.kagimori.key.stream;

import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.EventType;
import io.kagimori.key.store.KeyFacts;
import io.kagimori.stream.BatchRule;
import io.kagimori.stream.BatchStep;
import io.kagimori.stream.BatchSteps;
import io.kagimori.stream.Decided;
import io.kagimori.stream.FactDue;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * {@code key-service.ticks} in: publishes lately written facts once more. Two instances that change
 * one key at the same moment may publish its facts in the wrong order; the tick, read by one of
 * them alone, puts the newest last.
 */
@ApplicationScoped
public class Ticks implements BatchRule<Deque<FactDue>> {
  private final KeyFacts facts;
  private final BatchStep<Deque<FactDue>> step;

  Ticks(BatchSteps steps, KeyFacts facts) {
    this.facts = facts;
    this.step = steps.of("key-ticks", this);
  }

  @Incoming("key-ticks")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(EventType.CLOCK_TICKED);
  }

  @Override
  public Deque<FactDue> load(Connection connection, List<Request> ticks) throws SQLException {
    return new ArrayDeque<>(facts.latelyWritten(connection));
  }

  @Override
  public Decided decide(Deque<FactDue> changed, Request tick) {
    Decided again = Decided.facts(List.copyOf(changed));
    changed.clear();
    return again;
  }

  @Override
  public void store(Connection connection, Deque<FactDue> changed) {
    // A tick changes nothing here; it only has the facts read again.
  }
}
