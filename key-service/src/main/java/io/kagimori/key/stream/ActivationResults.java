package io.kagimori.key.stream;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.EventType;
import io.kagimori.key.domain.KeyLedger;
import io.kagimori.key.domain.SettlementRule;
import io.kagimori.key.store.KeyLedgerStore;
import io.kagimori.stream.BatchRule;
import io.kagimori.stream.BatchStep;
import io.kagimori.stream.BatchSteps;
import io.kagimori.stream.Decided;
import io.kagimori.stream.FactDue;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** {@code activation.results} in: settles the seats; {@code key.facts} out. */
@ApplicationScoped
public class ActivationResults implements BatchRule<KeyLedger> {
  private final KeyLedgerStore store;
  private final SettlementRule rule = new SettlementRule();
  private final BatchStep<KeyLedger> step;

  ActivationResults(BatchSteps steps, KeyLedgerStore store) {
    this.store = store;
    this.step = steps.of("activation-results", this);
  }

  @Incoming("activation-results")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(
        EventType.ACTIVATION_GRANTED,
        EventType.ACTIVATION_REFUSED,
        EventType.ACTIVATION_CONFIRMED,
        EventType.ACTIVATION_FAILED,
        EventType.ACTIVATION_EXPIRED);
  }

  /** A grant leaves the pool as key-service's own verdict made it. */
  @Override
  public Set<EventType> ignores() {
    return Set.of(EventType.ACTIVATION_GRANTED);
  }

  /** Without a key there is no seat to settle. */
  @Override
  public boolean concerns(Request request) {
    return request.event(ActivationResult.class).keyId() != null;
  }

  @Override
  public KeyLedger load(Connection connection, List<Request> requests) throws SQLException {
    return store.load(
        connection,
        new KeyLedgerStore.Query(
            requests.stream()
                .map(request -> request.event(ActivationResult.class).keyId())
                .collect(Collectors.toSet()),
            Set.of(),
            Set.of(),
            Set.of(),
            requests.stream()
                .map(request -> request.event(ActivationResult.class).deviceId())
                .collect(Collectors.toSet())));
  }

  @Override
  public Decided decide(KeyLedger ledger, Request request) {
    ActivationResult result = request.event(ActivationResult.class);
    Decided decided = Decided.answers(List.of());
    return rule.settle(ledger, request.id(), result, request.now())
        ? decided.with(new FactDue(Topics.KEY_FACTS, result.keyId()))
        : decided;
  }

  @Override
  public void store(Connection connection, KeyLedger ledger) throws SQLException {
    store.save(connection, ledger);
  }
}
