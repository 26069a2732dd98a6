package io.kagimori.edition.stream;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Initiator;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.edition.domain.EditionBatch;
import io.kagimori.edition.domain.EditionEventRule;
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

/** {@code activation.results} in; they finish the changes that asked for an activation. */
@ApplicationScoped
public class ActivationResults implements BatchRule<EditionBatch> {
  private final EditionStore store;
  private final EditionEventRule rule;
  private final BatchStep<EditionBatch> step;

  ActivationResults(BatchSteps steps, EditionStore store, Policies policies) {
    this.store = store;
    this.rule = new EditionEventRule(Catalogue.get(), policies.policy());
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

  /** Ours by their initiator; others only where they leave a device activated. */
  @Override
  public boolean concerns(Request request) {
    ActivationResult said = request.event(ActivationResult.class);
    return said.initiator() == Initiator.EDITION
        || said.verdict() == Verdict.CONFIRMED
        || (said.verdict() == Verdict.GRANTED && said.channel() == Channel.KMS);
  }

  @Override
  public EditionBatch load(Connection connection, List<Request> requests) throws SQLException {
    return store.forActivations(
        connection,
        requests.stream().map(request -> request.event(ActivationResult.class)).toList());
  }

  @Override
  public Decided decide(EditionBatch batch, Request request) {
    ActivationResult said = request.event(ActivationResult.class);
    return Decided.answers(Results.of(request, rule.activated(batch, said, request.now())));
  }

  @Override
  public void store(Connection connection, EditionBatch batch) throws SQLException {
    store.save(connection, batch);
  }
}
