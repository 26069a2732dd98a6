package io.kagimori.activation.stream;

import io.kagimori.activation.domain.ActivationBatch;
import io.kagimori.activation.domain.HostHealths;
import io.kagimori.activation.domain.KmsHost;
import io.kagimori.activation.domain.KmsRequests;
import io.kagimori.activation.store.ActivationStore;
import io.kagimori.activation.store.HostHealthRows;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KmsHostReported;
import io.kagimori.contracts.event.KmsRequestLogged;
import io.kagimori.stream.BatchRule;
import io.kagimori.stream.BatchStep;
import io.kagimori.stream.BatchSteps;
import io.kagimori.stream.Decided;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** {@code kms.events} in; they change what is known of KMS hosts and are not answered. */
@ApplicationScoped
public class KmsEvents implements BatchRule<KmsEvents.Hosts> {
  private final ActivationStore store;
  private final BatchStep<Hosts> step;

  KmsEvents(BatchSteps steps, ActivationStore store) {
    this.store = store;
    this.step = steps.of("kms-events", this);
  }

  /**
   * What a batch touches.
   *
   * @param batch hosts and their clients
   * @param healths what is known of the hosts besides
   */
  record Hosts(ActivationBatch batch, HostHealths healths) {}

  @Incoming("kms-events")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(EventType.KMS_HOST_REPORTED, EventType.KMS_REQUEST_LOGGED);
  }

  @Override
  public Hosts load(Connection connection, List<Request> requests) throws SQLException {
    ActivationBatch batch = store.batch();
    Set<String> hosts =
        requests.stream().map(KmsEvents::host).collect(Collectors.toCollection(TreeSet::new));
    store.lockHosts(connection, hosts, requests.get(0).now(), batch);
    HostHealths healths = new HostHealths();
    HostHealthRows.read(connection, hosts, healths);
    return new Hosts(batch, healths);
  }

  @Override
  public Decided decide(Hosts hosts, Request request) {
    ActivationBatch batch = hosts.batch();
    Instant now = request.now();
    String name = host(request);
    KmsHost host = batch.host(name).orElseGet(() -> KmsHost.unknown(name, now));
    if (request.event() instanceof KmsRequestLogged logged) {
      // The client's clock tells when it was; it cannot have been later than the record.
      Instant told = logged.requestedAt();
      Instant at = told == null || told.isAfter(now) ? now : told;
      String cmid = KmsRequests.cmid(logged.cmid());
      batch.contacts().contact(name, cmid, at);
      hosts.healths().logged(name, cmid, logged, at);
      batch.changed(host.seen(now));
    } else {
      KmsHostReported said = request.event(KmsHostReported.class);
      batch.changed(host.reported(said, now));
      hosts.healths().changed(hosts.healths().of(name).reported(said, now));
    }
    return Decided.answers(List.of());
  }

  private static String host(Request request) {
    return KmsRequests.hostName(request.event().recordKey());
  }

  @Override
  public void store(Connection connection, Hosts hosts) throws SQLException {
    store.save(connection, hosts.batch());
    HostHealthRows.save(connection, hosts.healths());
  }
}
