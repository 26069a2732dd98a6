package io.kagimori.edition.stream;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EventType;
import io.kagimori.edition.domain.DeviceNews;
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
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** {@code device.reports} in; what they say of editions is kept, and may verify an upgrade. */
@ApplicationScoped
public class DeviceReports implements BatchRule<EditionBatch> {
  private final EditionStore store;
  private final EditionEventRule rule;
  private final BatchStep<EditionBatch> step;

  DeviceReports(BatchSteps steps, EditionStore store, Policies policies) {
    this.store = store;
    this.rule = new EditionEventRule(Catalogue.get(), policies.policy());
    this.step = steps.of("device-reports", this);
  }

  @Incoming("device-reports")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(EventType.DEVICE_REPORTED);
  }

  /** A report that names no edition says nothing here, and our own is no news. */
  @Override
  public boolean concerns(Request request) {
    DeviceReported said = request.event(DeviceReported.class);
    return !DeviceNews.isOwn(said) && (said.edition() != null || said.targetEditions() != null);
  }

  @Override
  public EditionBatch load(Connection connection, List<Request> requests) throws SQLException {
    Set<String> devices =
        requests.stream()
            .map(request -> request.event(DeviceReported.class).deviceId())
            .collect(Collectors.toCollection(TreeSet::new));
    return store.forDevices(connection, devices, Set.of(), true);
  }

  @Override
  public Decided decide(EditionBatch batch, Request request) {
    DeviceReported said = request.event(DeviceReported.class);
    return Decided.answers(Results.of(request, rule.seen(batch, said, request.now())));
  }

  @Override
  public void store(Connection connection, EditionBatch batch) throws SQLException {
    store.save(connection, batch);
  }
}
