package io.kagimori.esu.stream;

import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.esu.store.EsuKeyRows;
import io.kagimori.stream.BatchRule;
import io.kagimori.stream.BatchStep;
import io.kagimori.stream.BatchSteps;
import io.kagimori.stream.Decided;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** {@code key.facts} in: what ESU pools have, for campaign plans. Not answered. */
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
  public boolean concerns(Request request) {
    return request.event(KeyState.class).kind() == KeyKind.ESU_MAK;
  }

  @Override
  public Map<String, KeyState> load(Connection connection, List<Request> requests) {
    return new TreeMap<>();
  }

  @Override
  public Decided decide(Map<String, KeyState> newest, Request request) {
    KeyState state = request.event(KeyState.class);
    newest.merge(
        state.keyId(), state, (one, other) -> one.version() > other.version() ? one : other);
    return Decided.answers(List.of());
  }

  @Override
  public void store(Connection connection, Map<String, KeyState> newest) throws SQLException {
    EsuKeyRows.save(connection, newest.values());
  }
}
