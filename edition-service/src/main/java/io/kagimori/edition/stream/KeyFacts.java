package io.kagimori.edition.stream;

import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.edition.domain.EditionBatch;
import io.kagimori.edition.store.EditionStore;
import io.kagimori.stream.BatchRule;
import io.kagimori.stream.BatchStep;
import io.kagimori.stream.BatchSteps;
import io.kagimori.stream.Decided;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** {@code key.facts} in; the newest version of each is kept for decisions. */
@ApplicationScoped
public class KeyFacts implements BatchRule<EditionBatch> {
  private final EditionStore store;
  private final BatchStep<EditionBatch> step;

  KeyFacts(BatchSteps steps, EditionStore store) {
    this.store = store;
    this.step = steps.of("key-facts", this);
  }

  @Incoming("key-facts")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(EventType.KEY_STATE);
  }

  @Override
  public EditionBatch load(Connection connection, List<Request> requests) {
    return store.forFacts();
  }

  @Override
  public Decided decide(EditionBatch batch, Request request) {
    batch.put(request.event(KeyState.class));
    return Decided.answers(List.of());
  }

  @Override
  public void store(Connection connection, EditionBatch batch) throws SQLException {
    store.save(connection, batch);
  }
}
