package io.kagimori.activation.stream;

import io.kagimori.activation.domain.Activation;
import io.kagimori.activation.domain.ActivationBatch;
import io.kagimori.activation.domain.Conclusion;
import io.kagimori.activation.domain.LapseRule;
import io.kagimori.activation.store.ActivationStore;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.ClockTicked;
import io.kagimori.contracts.event.EventType;
import io.kagimori.stream.BatchRule;
import io.kagimori.stream.BatchStep;
import io.kagimori.stream.BatchSteps;
import io.kagimori.stream.Decided;
import io.kagimori.stream.Ticker;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Ticks in; what has run out is told on {@code activation.results}. */
@ApplicationScoped
public class ActivationTicks implements BatchRule<ActivationTicks.Sweep> {
  private final ActivationStore store;
  private final int sweepMax;
  private final BatchStep<Sweep> step;

  ActivationTicks(
      BatchSteps steps,
      ActivationStore store,
      @ConfigProperty(name = "kagimori.sweep.max") int sweepMax) {
    this.store = store;
    this.sweepMax = sweepMax;
    this.step = steps.of("activation-ticks", this);
  }

  /**
   * What the ticks of a batch sweep.
   *
   * @param batch the activations that are due, with their devices
   * @param latest the newest tick, which goes on when there is more to sweep
   * @param full whether there may be more than was loaded
   */
  record Sweep(ActivationBatch batch, UUID latest, boolean full) {}

  @Incoming("activation-ticks")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(EventType.CLOCK_TICKED);
  }

  @Override
  public Sweep load(Connection connection, List<Request> requests) throws SQLException {
    ActivationBatch batch = store.batch();
    Request latest = requests.stream().max(Comparator.comparing(Request::now)).orElseThrow();
    store.lockDue(connection, latest.now(), sweepMax, batch);
    Set<String> devices =
        batch.activations().stream()
            .map(Activation::deviceId)
            .collect(Collectors.toCollection(TreeSet::new));
    store.lockDevices(connection, devices, batch);
    int incidents = store.lockDueIncidents(connection, latest.now(), sweepMax, batch);
    boolean full = batch.activations().size() == sweepMax || incidents == sweepMax;
    return new Sweep(batch, latest.id(), full);
  }

  @Override
  public Decided decide(Sweep sweep, Request request) {
    List<Answer> answers = new ArrayList<>();
    sweep.batch().incidents().ticked(request.now());
    for (Activation activation : sweep.batch().activations()) {
      if (activation.dueAt() != null && !activation.dueAt().isAfter(request.now())) {
        Conclusion conclusion =
            LapseRule.decide(
                activation,
                sweep.batch().device(activation.deviceId(), request.now()),
                request.id(),
                request.now());
        sweep.batch().apply(conclusion);
        conclusion.answer().map(a -> Results.afterwards(request, a)).ifPresent(answers::add);
      }
    }
    if (sweep.full() && request.id().equals(sweep.latest())) {
      int part = request.event(ClockTicked.class).part() + 1;
      answers.add(Ticker.tick(Results.SERVICE, request.now(), part));
    }
    return Decided.answers(answers);
  }

  @Override
  public void store(Connection connection, Sweep sweep) throws SQLException {
    store.save(connection, sweep.batch());
  }
}
