package io.kagimori.key.stream;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyDecision;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.key.domain.ActivationRule;
import io.kagimori.key.domain.KeyLedger;
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
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** {@code activation.requests} in, {@code key.verdicts} and {@code key.facts} out. */
@ApplicationScoped
public class ActivationRequests implements BatchRule<KeyLedger> {
  static final String SERVICE = "key-service";

  private final KeyLedgerStore store;
  private final ActivationRule rule;
  private final BatchStep<KeyLedger> step;

  ActivationRequests(
      BatchSteps steps,
      KeyLedgerStore store,
      @ConfigProperty(name = "kagimori.lease") Duration lease) {
    this.store = store;
    this.rule = new ActivationRule(Catalogue.get().products(), lease);
    this.step = steps.of("activation-requests", this);
  }

  @Incoming("activation-requests")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(EventType.ACTIVATION_REQUESTED);
  }

  @Override
  public KeyLedger load(Connection connection, List<Request> requests) throws SQLException {
    return store.load(
        connection,
        new KeyLedgerStore.Query(
            named(requests, ActivationRequested::keyId),
            named(requests, r -> r.partialKey() == null ? null : upper(r.partialKey())),
            named(requests, ActivationRequested::product),
            Set.of(),
            named(requests, ActivationRequested::deviceId)));
  }

  @Override
  public Decided decide(KeyLedger ledger, Request request) {
    KeyVerdict verdict =
        rule.decide(
            ledger,
            request.id(),
            request.event(ActivationRequested.class),
            request.claimedTime(),
            request.now());
    boolean accepted = verdict.verdict() == KeyDecision.ACCEPTED;
    Decided decided =
        Decided.answer(
            Answer.of(
                accepted ? EventType.KEY_ACCEPTED : EventType.KEY_REFUSED,
                EventIds.answer(request.id(), SERVICE, verdict.verdict().name()),
                SERVICE,
                request.now(),
                verdict));
    boolean poolChanged = accepted && verdict.keyId() != null && verdict.keyKind() != KeyKind.SETUP;
    return poolChanged ? decided.with(new FactDue(Topics.KEY_FACTS, verdict.keyId())) : decided;
  }

  @Override
  public void store(Connection connection, KeyLedger ledger) throws SQLException {
    store.save(connection, ledger);
  }

  private static String upper(String partialKey) {
    return partialKey.strip().toUpperCase(Locale.ROOT);
  }

  private static Set<String> named(
      List<Request> requests, Function<ActivationRequested, String> field) {
    return requests.stream()
        .map(request -> field.apply(request.event(ActivationRequested.class)))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
