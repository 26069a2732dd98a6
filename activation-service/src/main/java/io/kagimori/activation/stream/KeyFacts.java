package io.kagimori.activation.stream;

import io.kagimori.activation.store.KeyFactRows;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.stream.BatchRule;
import io.kagimori.stream.BatchStep;
import io.kagimori.stream.BatchSteps;
import io.kagimori.stream.Decided;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * {@code key.facts} in: what pools have, for the explanation of failures. Nothing is decided by
 * them, and they are not answered.
 */
@ApplicationScoped
public class KeyFacts implements BatchRule<Map<String, KeyState>> {
  private final BatchStep<Map<String, KeyState>> step;

  KeyFacts(BatchSteps steps) {
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
  public Map<String, KeyState> load(Connection connection, List<Request> requests) {
    return new HashMap<>();
  }

  @Override
  public Decided decide(Map<String, KeyState> newest, Request request) {
    newest.merge(
        request.event(KeyState.class).keyId(),
        request.event(KeyState.class),
        (a, b) -> b.version() > a.version() ? b : a);
    return Decided.answers(List.of());
  }

  @Override
  public void store(Connection connection, Map<String, KeyState> newest) throws SQLException {
    KeyFactRows.save(connection, newest.values());
  }
}
