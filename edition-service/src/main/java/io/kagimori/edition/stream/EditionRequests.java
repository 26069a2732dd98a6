package io.kagimori.edition.stream;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.EditionCampaignControlled;
import io.kagimori.contracts.event.EditionCampaignRequested;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.ImageRegistrationRequested;
import io.kagimori.contracts.event.ReimageOverrideRequested;
import io.kagimori.edition.domain.EditionBatch;
import io.kagimori.edition.domain.EditionRequestRule;
import io.kagimori.edition.store.EditionStore;
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
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** {@code edition.requests} in, first answers on {@code edition.results} out. */
@ApplicationScoped
public class EditionRequests implements BatchRule<EditionBatch> {
  private final EditionStore store;
  private final EditionRequestRule rule;
  private final BatchStep<EditionBatch> step;

  EditionRequests(BatchSteps steps, EditionStore store, Policies policies) {
    this.store = store;
    this.rule = new EditionRequestRule(Catalogue.get(), policies.policy());
    this.step = steps.of("edition-requests", this);
  }

  @Incoming("edition-requests")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(
        EventType.EDITION_UPGRADE_REQUESTED,
        EventType.EDITION_REIMAGE_REQUESTED,
        EventType.IMAGE_REGISTRATION_REQUESTED,
        EventType.REIMAGE_OVERRIDE_REQUESTED,
        EventType.EDITION_CAMPAIGN_REQUESTED,
        EventType.EDITION_CAMPAIGN_CONTROLLED);
  }

  @Override
  public EditionBatch load(Connection connection, List<Request> requests) throws SQLException {
    return store.forRequests(connection, requests.stream().map(Request::event).toList());
  }

  @Override
  public Decided decide(EditionBatch batch, Request request) {
    UUID id = request.id();
    Instant now = request.now();
    return switch (request.event()) {
      case EditionUpgradeRequested asked ->
          Decided.answers(Results.of(request, List.of(rule.upgrade(batch, id, asked, now))));
      case EditionReimageRequested asked ->
          Decided.answers(Results.of(request, List.of(rule.reimage(batch, id, asked, now))));
      case ImageRegistrationRequested asked ->
          Decided.answer(Results.of(request, rule.register(batch, id, asked, now)));
      case ReimageOverrideRequested asked ->
          Decided.answer(Results.of(request, rule.override(batch, id, asked, now)));
      case EditionCampaignRequested asked ->
          Decided.answer(Results.of(request, rule.campaign(batch, id, asked, now)));
      default ->
          Decided.answer(
              Results.of(
                  request,
                  rule.control(batch, id, request.event(EditionCampaignControlled.class), now)));
    };
  }

  @Override
  public void store(Connection connection, EditionBatch batch) throws SQLException {
    store.save(connection, batch);
  }
}
