package io.kagimori.esu.stream;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.EsuCoverageImported;
import io.kagimori.contracts.event.EsuEnrolmentRequested;
import io.kagimori.contracts.event.EsuUpdateReported;
import io.kagimori.contracts.event.EventType;
import io.kagimori.esu.domain.Conclusion;
import io.kagimori.esu.domain.EnrolmentRule;
import io.kagimori.esu.domain.EsuBatch;
import io.kagimori.esu.domain.SightingRule;
import io.kagimori.esu.domain.UpdateRule;
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

/** {@code esu.requests} in; answers on {@code esu.results}, seats asked for on the way. */
@ApplicationScoped
public class EsuRequests implements BatchRule<EsuBatch> {
  private final EsuStore store;
  private final EnrolmentRule enrolments;
  private final UpdateRule updates;
  private final SightingRule sightings;
  private final BatchStep<EsuBatch> step;

  EsuRequests(BatchSteps steps, EsuStore store) {
    this.store = store;
    this.enrolments = new EnrolmentRule(store.plan());
    this.updates = new UpdateRule(store.plan(), Catalogue.get().errorCodes());
    this.sightings = new SightingRule(store.plan());
    this.step = steps.of("esu-requests", this);
  }

  @Incoming("esu-requests")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(
        EventType.ESU_ENROLMENT_REQUESTED,
        EventType.ESU_UPDATE_REPORTED,
        EventType.ESU_COVERAGE_IMPORTED);
  }

  @Override
  public EsuBatch load(Connection connection, List<Request> requests) throws SQLException {
    TreeSet<String> devices = new TreeSet<>();
    TreeSet<String> licenses = new TreeSet<>();
    for (Request request : requests) {
      devices.add(request.event().recordKey());
      if (request.event() instanceof EsuEnrolmentRequested asked && asked.arcLicense() != null) {
        licenses.add(asked.arcLicense().licenseId());
      }
    }
    EsuBatch batch = store.lock(connection, devices);
    store.lockLicenses(connection, licenses, batch);
    return batch;
  }

  @Override
  public Decided decide(EsuBatch batch, Request request) {
    return Decided.answers(Results.of(request, batch.apply(conclusion(batch, request))));
  }

  private Conclusion conclusion(EsuBatch batch, Request request) {
    return switch (request.event()) {
      case EsuEnrolmentRequested asked ->
          enrolments.decide(
              batch.device(asked.deviceId()), batch.arc(), asked, request.id(), request.now());
      case EsuUpdateReported said ->
          updates.decide(batch.device(said.deviceId()), said, request.id(), request.now());
      case EsuCoverageImported said ->
          sightings.decide(batch.device(said.deviceId()), said, request.id(), request.now());
      default -> throw new IllegalStateException("not accepted: " + request.type());
    };
  }

  @Override
  public void store(Connection connection, EsuBatch batch) throws SQLException {
    store.save(connection, batch);
  }
}
