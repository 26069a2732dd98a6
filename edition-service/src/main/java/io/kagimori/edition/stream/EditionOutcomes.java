package io.kagimori.edition.stream;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.EditionStageReported;
import io.kagimori.contracts.event.EventType;
import io.kagimori.edition.domain.EditionBatch;
import io.kagimori.edition.domain.EditionEventRule;
import io.kagimori.edition.domain.RequestIds;
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
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * {@code edition.outcomes} in; progress on {@code edition.results} and, after a verified change, a
 * request on {@code activation.requests} out.
 */
@ApplicationScoped
public class EditionOutcomes implements BatchRule<EditionBatch> {
  private final EditionStore store;
  private final EditionEventRule rule;
  private final BatchStep<EditionBatch> step;

  EditionOutcomes(BatchSteps steps, EditionStore store, Policies policies) {
    this.store = store;
    this.rule = new EditionEventRule(Catalogue.get(), policies.policy());
    this.step = steps.of("edition-outcomes", this);
  }

  @Incoming("edition-outcomes")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(EventType.EDITION_STAGE_REPORTED);
  }

  @Override
  public EditionBatch load(Connection connection, List<Request> requests) throws SQLException {
    Set<String> devices = new TreeSet<>();
    Set<UUID> changes = new TreeSet<>();
    for (Request request : requests) {
      EditionStageReported said = request.event(EditionStageReported.class);
      devices.add(said.deviceId());
      changes.add(RequestIds.of(said.requestId()));
    }
    return store.forDevices(connection, devices, changes, true);
  }

  @Override
  public Decided decide(EditionBatch batch, Request request) {
    EditionStageReported said = request.event(EditionStageReported.class);
    return Decided.answers(Results.of(request, rule.reported(batch, said, request.now())));
  }

  @Override
  public void store(Connection connection, EditionBatch batch) throws SQLException {
    store.save(connection, batch);
  }
}
