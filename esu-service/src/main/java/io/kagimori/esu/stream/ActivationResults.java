package io.kagimori.esu.stream;

import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.EventType;
import io.kagimori.esu.domain.ActivationRule;
import io.kagimori.esu.domain.EsuBatch;
import io.kagimori.esu.store.EsuStore;
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
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Results of ESU activations in; those of other activations are passed over unstored. */
@ApplicationScoped
public class ActivationResults implements BatchRule<EsuBatch> {
  private final EsuStore store;
  private final ActivationRule rule;
  private final BatchStep<EsuBatch> step;

  ActivationResults(BatchSteps steps, EsuStore store) {
    this.store = store;
    this.rule = new ActivationRule(store.plan());
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

  @Override
  public boolean concerns(Request request) {
    return rule.concerns(request.event(ActivationResult.class));
  }

  @Override
  public EsuBatch load(Connection connection, List<Request> requests) throws SQLException {
    TreeSet<String> changing = new TreeSet<>();
    TreeSet<String> others = new TreeSet<>();
    for (Request request : requests) {
      ActivationResult result = request.event(ActivationResult.class);
      (rule.changesDevice(result) ? changing : others).add(result.deviceId());
    }
    others.removeAll(changing);
    EsuBatch batch = store.lock(connection, changing);
    store.read(connection, others, batch);
    return batch;
  }

  @Override
  public Decided decide(EsuBatch batch, Request request) {
    ActivationResult result = request.event(ActivationResult.class);
    return Decided.answers(
        Results.of(
            request,
            batch.apply(rule.decide(batch.device(result.deviceId()), result, request.now()))));
  }

  @Override
  public void store(Connection connection, EsuBatch batch) throws SQLException {
    store.save(connection, batch);
  }
}
