package io.kagimori.key.stream;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.AgreementRegistrationRequested;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyBlockRequested;
import io.kagimori.contracts.event.KeyRegistrationRequested;
import io.kagimori.contracts.event.RegistrationRefused;
import io.kagimori.key.domain.Refusal;
import io.kagimori.key.domain.RegistrationBatch;
import io.kagimori.key.domain.RegistrationRule;
import io.kagimori.key.store.AgreementStore;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * {@code key.requests} in; {@code key.facts} and {@code agreement.facts} out, or a refusal beside
 * the request.
 */
@ApplicationScoped
public class Registrations implements BatchRule<RegistrationBatch> {
  private final KeyLedgerStore keys;
  private final AgreementStore agreements;
  private final RegistrationRule rule = new RegistrationRule(Catalogue.get().products());
  private final BatchStep<RegistrationBatch> step;

  Registrations(BatchSteps steps, KeyLedgerStore keys, AgreementStore agreements) {
    this.keys = keys;
    this.agreements = agreements;
    this.step = steps.of("key-requests", this);
  }

  @Incoming("key-requests")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(
        EventType.KEY_REGISTRATION_REQUESTED,
        EventType.KEY_BLOCK_REQUESTED,
        EventType.AGREEMENT_REGISTRATION_REQUESTED,
        EventType.REGISTRATION_REFUSED);
  }

  /** Our own refusals stand on the same topic, for whoever follows a key's requests. */
  @Override
  public boolean concerns(Request request) {
    return request.type() != EventType.REGISTRATION_REFUSED;
  }

  @Override
  public RegistrationBatch load(Connection connection, List<Request> requests) throws SQLException {
    Set<String> keyIds = new HashSet<>();
    Set<String> fingerprints = new HashSet<>();
    Set<String> agreementIds = new HashSet<>();
    for (Request request : requests) {
      switch (request.event()) {
        case KeyRegistrationRequested e -> {
          keyIds.add(e.keyId());
          fingerprints.add(e.fingerprint());
          if (e.agreementId() != null) {
            agreementIds.add(e.agreementId());
          }
        }
        case KeyBlockRequested e -> keyIds.add(e.keyId());
        default -> agreementIds.add(request.event().recordKey());
      }
    }
    RegistrationBatch batch =
        new RegistrationBatch(
            keys.load(
                connection,
                new KeyLedgerStore.Query(keyIds, Set.of(), Set.of(), fingerprints, Set.of())));
    agreements.load(connection, agreementIds, batch);
    return batch;
  }

  @Override
  public Decided decide(RegistrationBatch batch, Request request) {
    return switch (request.event()) {
      case KeyRegistrationRequested e ->
          decided(
              request,
              rule.register(batch, request.id(), e, request.now()),
              new FactDue(Topics.KEY_FACTS, e.keyId()));
      case KeyBlockRequested e ->
          decided(
              request,
              rule.block(batch, e, request.now()),
              new FactDue(Topics.KEY_FACTS, e.keyId()));
      default -> {
        AgreementRegistrationRequested e = request.event(AgreementRegistrationRequested.class);
        rule.register(batch, e, request.now());
        yield decided(
            request, Optional.empty(), new FactDue(Topics.AGREEMENT_FACTS, e.agreementId()));
      }
    };
  }

  private static Decided decided(Request request, Optional<Refusal> refusal, FactDue fact) {
    return refusal
        .map(
            r ->
                Decided.answer(
                    Answer.of(
                        EventType.REGISTRATION_REFUSED,
                        EventIds.answer(request.id(), ActivationRequests.SERVICE, "REFUSED"),
                        ActivationRequests.SERVICE,
                        request.now(),
                        new RegistrationRefused(
                            request.id().toString(),
                            request.event().recordKey(),
                            r.reason(),
                            String.valueOf(r.detail().get("field")),
                            String.valueOf(r.detail().get("value")),
                            request.now()))))
        .orElseGet(() -> Decided.answers(List.of()).with(fact));
  }

  @Override
  public void store(Connection connection, RegistrationBatch batch) throws SQLException {
    keys.save(connection, batch.ledger());
    agreements.save(connection, batch);
  }
}
