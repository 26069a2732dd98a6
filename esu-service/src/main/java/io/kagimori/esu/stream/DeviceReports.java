package io.kagimori.esu.stream;

import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EventType;
import io.kagimori.esu.domain.EsuBatch;
import io.kagimori.esu.domain.SightingRule;
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

/** {@code device.reports} in; answered only where coverage begins or ends with them. */
@ApplicationScoped
public class DeviceReports implements BatchRule<EsuBatch> {
  private final EsuStore store;
  private final SightingRule rule;
  private final BatchStep<EsuBatch> step;

  DeviceReports(BatchSteps steps, EsuStore store) {
    this.store = store;
    this.rule = new SightingRule(store.plan());
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

  @Override
  public EsuBatch load(Connection connection, List<Request> requests) throws SQLException {
    TreeSet<String> devices = new TreeSet<>();
    requests.forEach(request -> devices.add(request.event().recordKey()));
    return store.lock(connection, devices);
  }

  @Override
  public Decided decide(EsuBatch batch, Request request) {
    DeviceReported said = request.event(DeviceReported.class);
    return Decided.answers(
        Results.of(
            request,
            batch.apply(
                rule.decide(batch.device(said.deviceId()), said, request.id(), request.now()))));
  }

  @Override
  public void store(Connection connection, EsuBatch batch) throws SQLException {
    store.save(connection, batch);
  }
}
