package io.kagimori.activation.stream;

import io.kagimori.activation.domain.Activation;
import io.kagimori.activation.domain.ActivationBatch;
import io.kagimori.activation.domain.AttemptRule;
import io.kagimori.activation.domain.Conclusion;
import io.kagimori.activation.domain.RequestIds;
import io.kagimori.activation.domain.Trouble;
import io.kagimori.activation.domain.UpdateBaseline;
import io.kagimori.activation.store.ActivationStore;
import io.kagimori.contracts.KmsHostAddress;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.stream.BatchRule;
import io.kagimori.stream.BatchStep;
import io.kagimori.stream.BatchSteps;
import io.kagimori.stream.Decided;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** {@code activation.outcomes} in, final answers on {@code activation.results} out. */
@ApplicationScoped
public class ActivationOutcomes implements BatchRule<ActivationBatch> {
  private final ActivationStore store;
  private final AttemptRule rule;
  private final BatchStep<ActivationBatch> step;
  private final Counter unknownCodes;

  ActivationOutcomes(
      BatchSteps steps,
      ActivationStore store,
      @ConfigProperty(name = UpdateBaseline.SETTING) Optional<UpdateBaseline> baseline,
      MeterRegistry registry) {
    this.store = store;
    this.rule = new AttemptRule(Catalogue.get(), baseline.orElse(UpdateBaseline.NONE));
    this.step = steps.of("activation-outcomes", this);
    this.unknownCodes = UnknownCodeMeter.of(registry);
  }

  @Incoming("activation-outcomes")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(EventType.ACTIVATION_ATTEMPTED);
  }

  @Override
  public ActivationBatch load(Connection connection, List<Request> requests) throws SQLException {
    Set<UUID> ids = new TreeSet<>();
    Set<String> devices = new TreeSet<>();
    for (Request request : requests) {
      ActivationAttempted said = request.event(ActivationAttempted.class);
      ids.add(RequestIds.of(said.requestId()));
      devices.add(said.deviceId());
    }
    ActivationBatch batch = store.batch();
    store.lockActivations(connection, ids, batch);
    store.lockDevices(connection, devices, batch);
    store.readHosts(connection, hostsAsked(batch, requests), batch);
    store.readKeys(connection, keysAsked(batch, requests), batch);
    store.lockHosts(connection, hostsActivated(batch), requests.get(0).now(), batch);
    store.lockIncidents(connection, kinds(batch, requests), devices, batch);
    return batch;
  }

  /** The KMS hosts of failed activations, whose state belongs to the explanation. */
  private static Set<String> hostsAsked(ActivationBatch batch, List<Request> requests) {
    return requests.stream()
        .map(request -> request.event(ActivationAttempted.class))
        .filter(said -> !said.succeeded())
        .map(said -> batch.activation(RequestIds.of(said.requestId())))
        .flatMap(Optional::stream)
        .map(Activation::kmsHost)
        .flatMap(Optional::stream)
        .map(KmsHostAddress::host)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The keys of failed activations, whose pools belong to the explanation. */
  private static Set<String> keysAsked(ActivationBatch batch, List<Request> requests) {
    return requests.stream()
        .map(request -> request.event(ActivationAttempted.class))
        .filter(said -> !said.succeeded())
        .map(said -> batch.activation(RequestIds.of(said.requestId())))
        .flatMap(Optional::stream)
        .map(activation -> activation.asked().keyId())
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The kinds of failure that the batch may add to or end; none when all went well. */
  private Set<String> kinds(ActivationBatch batch, List<Request> requests) {
    Set<String> kinds = new TreeSet<>();
    for (Request request : requests) {
      ActivationAttempted said = request.event(ActivationAttempted.class);
      rule.kind(said).ifPresent(kinds::add);
      Trouble trouble = batch.device(said.deviceId(), request.now()).trouble();
      if (said.succeeded() && trouble != null && trouble.state() == Trouble.State.FAILING) {
        kinds.addAll(trouble.kinds());
      }
    }
    return kinds;
  }

  private static Set<String> hostsActivated(ActivationBatch batch) {
    return batch.activations().stream()
        .filter(activation -> activation.asked().keyKind() == KeyKind.CSVLK)
        .map(Activation::kmsHost)
        .flatMap(Optional::stream)
        .map(KmsHostAddress::host)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public Decided decide(ActivationBatch batch, Request request) {
    ActivationAttempted said = request.event(ActivationAttempted.class);
    if (rule.isUnknownCode(said)) {
      batch.unknownCodes().seen(said.code(), said.deviceId(), request.now());
    }
    Conclusion conclusion =
        rule.decide(
            batch.activation(RequestIds.of(said.requestId())),
            batch.device(said.deviceId(), request.now()),
            batch.surroundings(),
            said,
            request.id(),
            request.now());
    batch.apply(conclusion);
    return Decided.answers(
        conclusion.answer().map(a -> Results.afterwards(request, a)).stream().toList());
  }

  @Override
  public void store(Connection connection, ActivationBatch batch) throws SQLException {
    store.save(connection, batch);
    unknownCodes.increment((double) batch.unknownCodes().count());
  }
}
