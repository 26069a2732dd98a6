package io.kagimori.esu.stream;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.ClockTicked;
import io.kagimori.contracts.event.EsuYearTurning;
import io.kagimori.contracts.event.EventType;
import io.kagimori.esu.domain.EsuBatch;
import io.kagimori.esu.domain.EsuDevice;
import io.kagimori.esu.domain.EsuPlan;
import io.kagimori.esu.domain.EsuYear;
import io.kagimori.esu.domain.TurnRule;
import io.kagimori.esu.domain.YearWarnings;
import io.kagimori.esu.store.EsuStore;
import io.kagimori.esu.store.YearWarningRows;
import io.kagimori.stream.BatchRule;
import io.kagimori.stream.BatchStep;
import io.kagimori.stream.BatchSteps;
import io.kagimori.stream.Decided;
import io.kagimori.stream.Ticker;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Ticks in; what ran out lapses, and years that are about to end are told. */
@ApplicationScoped
public class EsuTicks implements BatchRule<EsuTicks.Sweep> {
  private final EsuStore store;
  private final EsuPlan plan;
  private final TurnRule rule;
  private final int sweepMax;
  private final BatchStep<Sweep> step;

  EsuTicks(
      BatchSteps steps, EsuStore store, @ConfigProperty(name = "kagimori.sweep.max") int sweepMax) {
    this.store = store;
    this.plan = store.plan();
    this.rule = new TurnRule(plan);
    this.sweepMax = sweepMax;
    this.step = steps.of("esu-ticks", this);
  }

  /**
   * What the ticks of a batch sweep; the newest one decides.
   *
   * @param due the devices that are due
   * @param latest the newest tick
   * @param full whether there may be more than was loaded
   * @param warnings year warnings that are due, with how the year stands where it is to be told
   */
  record Sweep(
      EsuStore.Due due,
      Request latest,
      boolean full,
      Map<YearWarnings.Due, YearWarningRows.Count> warnings) {}

  @Incoming("esu-ticks")
  @Blocking
  void on(ConsumerRecords<byte[], byte[]> poll) {
    step.process(poll);
  }

  @Override
  public Set<EventType> accepts() {
    return Set.of(EventType.CLOCK_TICKED);
  }

  @Override
  public Sweep load(Connection connection, List<Request> requests) throws SQLException {
    Request latest = requests.stream().max(Comparator.comparing(Request::now)).orElseThrow();
    LocalDate today = day(latest);
    Map<YearWarnings.Due, YearWarningRows.Count> warnings = new LinkedHashMap<>();
    for (YearWarnings.Due due : YearWarnings.due(plan, today, YearWarningRows.told(connection))) {
      YearWarningRows.Count count =
          due.tell()
              ? YearWarningRows.count(
                  connection, due.warning().program(), due.warning().year(), today)
              : new YearWarningRows.Count(0, 0);
      // A year that nobody has needs no warning; somebody may still enrol before it ends.
      if (!due.tell() || count.covered() > 0) {
        warnings.put(due, count);
      }
    }
    EsuStore.Due found = store.lockDue(connection, today, sweepMax);
    return new Sweep(found, latest, found.batch().devices().size() == sweepMax, warnings);
  }

  @Override
  public Decided decide(Sweep sweep, Request request) {
    if (!request.id().equals(sweep.latest().id())) {
      return Decided.answers(List.of());
    }
    List<Answer> answers = new ArrayList<>();
    EsuBatch batch = sweep.due().batch();
    for (EsuDevice device : batch.devices()) {
      answers.addAll(
          Results.of(
              request, batch.apply(rule.decide(device, request.now())), "/" + device.deviceId()));
    }
    sweep
        .warnings()
        .forEach(
            (due, count) -> {
              if (due.tell()) {
                answers.add(warning(due, count, request));
              }
            });
    if (sweep.full()) {
      int part = request.event(ClockTicked.class).part() + 1;
      answers.add(Ticker.tick(Results.SERVICE, request.now(), part));
    }
    return Decided.answers(answers);
  }

  private Answer warning(YearWarnings.Due due, YearWarningRows.Count count, Request cause) {
    EsuYear year = due.year();
    UUID id =
        EventIds.named(
            "%s/%s/%d/%d"
                .formatted(
                    Results.SERVICE, year.program(), year.year(), due.warning().daysBefore()));
    return Answer.of(
        EventType.ESU_YEAR_TURNING,
        id,
        Results.SERVICE,
        cause.now(),
        new EsuYearTurning(
            year.program(),
            year.year(),
            plan.find(year.product(), year.year() + 1).map(EsuYear::year).orElse(null),
            year.end().orElseThrow(),
            due.warning().daysBefore(),
            count.covered(),
            count.renewed(),
            count.covered() - count.renewed(),
            cause.now()));
  }

  private static LocalDate day(Request request) {
    return request.now().atOffset(ZoneOffset.UTC).toLocalDate();
  }

  @Override
  public void store(Connection connection, Sweep sweep) throws SQLException {
    store.save(connection, sweep.due());
    YearWarningRows.save(
        connection,
        sweep.warnings().keySet().stream().map(YearWarnings.Due::warning).toList(),
        sweep.latest().now());
  }
}
