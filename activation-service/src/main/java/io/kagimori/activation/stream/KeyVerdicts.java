package io.kagimori.activation.stream;

import io.kagimori.activation.domain.ActivationBatch;
import io.kagimori.activation.domain.CmidDevices;
import io.kagimori.activation.domain.Conclusion;
import io.kagimori.activation.domain.GrantRule;
import io.kagimori.activation.domain.KmsRequests;
import io.kagimori.activation.store.ActivationStore;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.stream.BatchRule;
import io.kagimori.stream.BatchStep;
import io.kagimori.stream.BatchSteps;
import io.kagimori.stream.Decided;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** {@code key.verdicts} in, grants and refusals on {@code activation.results} out. */
@ApplicationScoped
public class KeyVerdicts implements BatchRule<ActivationBatch> {
  private final ActivationStore store;
  private final GrantRule rule = new GrantRule(Catalogue.get());
  private final BatchStep<ActivationBatch> step;

  KeyVerdicts(BatchSteps steps, ActivationStore store) {
    this.store = store;
    this.step = steps.of("key-verdicts", this);
  }

  @Incoming("key-verdicts")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(EventType.KEY_ACCEPTED, EventType.KEY_REFUSED);
  }

  @Override
  public ActivationBatch load(Connection connection, List<Request> requests) throws SQLException {
    Set<String> devices = new TreeSet<>();
    Set<String> hosts = new TreeSet<>();
    Set<String> countedHosts = new TreeSet<>();
    Set<CmidDevices.Use> uses = new HashSet<>();
    Set<ActivationBatch.Installation> installations = new HashSet<>();
    Instant from = requests.get(0).now();
    for (Request request : requests) {
      KeyVerdict asked = request.event(KeyVerdict.class);
      from = request.now().isBefore(from) ? request.now() : from;
      devices.add(asked.deviceId());
      KmsRequests.host(asked).ifPresent(address -> hosts.add(address.host()));
      KmsRequests.cmid(asked)
          .ifPresent(
              cmid -> {
                uses.add(new CmidDevices.Use(cmid, asked.deviceId()));
                KmsRequests.host(asked).ifPresent(address -> countedHosts.add(address.host()));
              });
      String installation = asked.request().installationId();
      if (installation != null && asked.keyId() != null) {
        installations.add(new ActivationBatch.Installation(asked.deviceId(), installation));
      }
    }
    ActivationBatch batch = store.batch();
    store.lockDevices(connection, devices, batch);
    store.lockHosts(connection, hosts, from, batch);
    store.loadKmsClients(connection, countedHosts, uses, from, batch);
    store.loadConfirmations(connection, installations, batch);
    return batch;
  }

  @Override
  public Decided decide(ActivationBatch batch, Request request) {
    KeyVerdict asked = request.event(KeyVerdict.class);
    Instant now = request.now();
    Conclusion conclusion = rule.decide(batch.situation(asked, now), asked, request.id(), now);
    batch.apply(conclusion);
    KmsRequests.host(asked)
        .flatMap(address -> batch.host(address.host()))
        .ifPresent(host -> batch.changed(host.seen(now)));
    return Decided.answer(Results.toRequest(request, conclusion.answer().orElseThrow()));
  }

  @Override
  public void store(Connection connection, ActivationBatch batch) throws SQLException {
    store.save(connection, batch);
  }
}
