package io.kagimori.edition.stream;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.ClockTicked;
import io.kagimori.contracts.event.EventType;
import io.kagimori.edition.domain.CampaignSweep;
import io.kagimori.edition.domain.DeviceChange;
import io.kagimori.edition.domain.EditionEventRule;
import io.kagimori.edition.domain.Step;
import io.kagimori.edition.store.EditionStore;
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
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Ticks in; stalled changes, ends by silence and waves of campaigns out. */
@ApplicationScoped
public class EditionTicks implements BatchRule<EditionTicks.Swept> {
  private final EditionStore store;
  private final EditionEventRule rule;
  private final int sweepMax;
  private final BatchStep<Swept> step;

  EditionTicks(
      BatchSteps steps,
      EditionStore store,
      Policies policies,
      @ConfigProperty(name = "kagimori.sweep.max") int sweepMax) {
    this.store = store;
    this.rule = new EditionEventRule(Catalogue.get(), policies.policy());
    this.sweepMax = sweepMax;
    this.step = steps.of("edition-ticks", this);
  }

  /**
   * What the ticks of a batch sweep.
   *
   * @param sweep what was read
   * @param latest the newest tick, which does the work
   */
  record Swept(EditionStore.Sweep sweep, UUID latest) {}

  @Incoming("edition-ticks")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(EventType.CLOCK_TICKED);
  }

  @Override
  public Swept load(Connection connection, List<Request> requests) throws SQLException {
    Request latest = requests.stream().max(Comparator.comparing(Request::now)).orElseThrow();
    return new Swept(store.forTick(connection, latest.now(), sweepMax), latest.id());
  }

  @Override
  public Decided decide(Swept swept, Request request) {
    if (!request.id().equals(swept.latest())) {
      return Decided.answers(List.of());
    }
    List<Step> steps = new ArrayList<>();
    for (DeviceChange change : swept.sweep().batch().changes()) {
      steps.addAll(rule.ticked(swept.sweep().batch(), change, request.now()));
    }
    CampaignSweep campaigns =
        CampaignSweep.of(rule, swept.sweep().batch(), request.id(), request.now());
    steps.addAll(campaigns.steps());
    List<Answer> answers = new ArrayList<>(Results.of(request, steps));
    campaigns.said().forEach(event -> answers.add(Results.of(request, event)));
    if (swept.sweep().full() || campaigns.steps().size() >= sweepMax) {
      int part = request.event(ClockTicked.class).part() + 1;
      answers.add(Ticker.tick(Results.SERVICE, request.now(), part));
    }
    return Decided.answers(answers);
  }

  @Override
  public void store(Connection connection, Swept swept) throws SQLException {
    store.save(connection, swept.sweep().batch());
  }
}
