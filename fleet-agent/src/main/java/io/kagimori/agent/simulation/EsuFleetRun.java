package io.kagimori.agent.simulation;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.rest.ServiceClient;
import io.kagimori.agent.simulation.EsuPlan.Enrolment;
import io.kagimori.agent.simulation.EsuPlan.Enrolments;
import io.kagimori.agent.simulation.EsuPlan.Fate;
import io.kagimori.agent.simulation.EsuPlan.Step;
import io.kagimori.agent.simulation.EsuPlan.Turn;
import io.kagimori.agent.simulation.EsuPlan.Update;
import io.kagimori.agent.simulation.EsuPlan.Updates;
import io.kagimori.agent.simulation.EsuPlan.YearKey;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.Topics;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.EsuProgramYear;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.ClockTicked;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuVerdict;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Plays an ESU plan against a running stack, step after step. Where time can be chosen, it is
 * played at the end of year 2 of Windows 10, which lies ahead of the services' own clocks, so that
 * only the tick that this run sends turns the year.
 */
final class EsuFleetRun {
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofMillis(500);
  private static final int WAIT_SECONDS = 20;
  private static final String SERVICE = "esu-service";

  private final EsuPlan plan;
  private final String kafka;
  private final ServiceClient keys;
  private final ServiceClient esu;
  private final boolean chosenTime;
  private final Progress progress;

  private final Map<UUID, Long> sent = new LinkedHashMap<>();
  private final AtomicReference<Exception> sendFailure = new AtomicReference<>();
  private Instant now;
  private long waveNanos;
  private int waveRequests;

  EsuFleetRun(
      EsuPlan plan,
      String kafka,
      URI keyService,
      URI esuService,
      boolean chosenTime,
      Progress progress) {
    this.plan = plan;
    this.kafka = kafka;
    this.keys = new ServiceClient("key-service", keyService);
    this.esu = new ServiceClient(SERVICE, esuService);
    this.chosenTime = chosenTime;
    this.progress = progress;
    this.now = chosenTime ? boundary().minus(Duration.ofDays(40)) : Instant.now();
  }

  /** First instant of year 3. */
  private static Instant boundary() {
    EsuProgramYear third =
        Catalogue.get().esuPrograms().find("windows-10", 3).stream()
            .filter(EsuProgramYear::soldAsMak)
            .findFirst()
            .orElseThrow();
    return third.coverageStart().atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Runs it and audits what came of it. */
  EsuSummary run() {
    try (EventSender sender = new EventSender(kafka);
        EsuBoard board = new EsuBoard(kafka, plan)) {
      progress.begin("register ESU keys", plan.keys().size());
      plan.keys().forEach(this::register);
      progress.at(plan.keys().size());
      for (Step step : plan.steps()) {
        play(step, sender, board);
      }
      progress.end();
      board.awaitQuiet(QUIET);
      double perSecond = waveNanos > 0 ? waveRequests * 1e9 / waveNanos : 0;
      // Coverage is written with the answers; only the pools, in another service, come later.
      Map<String, String> coverage = coverage();
      return SettledAudit.of(
          () -> new EsuAudit(plan, sent, board.observed(pools(), coverage)).summary(perSecond),
          board::awaitQuiet);
    }
  }

  private void register(YearKey key) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("keyId", key.keyId());
    body.put("kind", KeyKind.ESU_MAK);
    body.put("productKey", key.productKey().value());
    body.put(
        "products",
        List.of(new KeyProduct("windows-10", List.of("*"), List.of(key.activationId()))));
    body.put("purchased", key.purchased());
    if (!keys.post("/keys", body, EventIds.named("registration/" + key.keyId()), WAIT_SECONDS)
        .done()) {
      throw CommandFailure.outside(
          "NO_ANSWER", "key-service did not register " + key.keyId() + " in time.", null);
    }
  }

  private void play(Step step, EventSender sender, EsuBoard board) {
    switch (step) {
      case Enrolments wave -> enrol(wave, sender, board);
      case Updates updates -> report(updates, sender, board);
      case Turn turn -> turn(turn, sender, board);
    }
  }

  private void enrol(Enrolments wave, EventSender sender, EsuBoard board) {
    progress.begin(wave.what(), wave.all().size());
    if (chosenTime
        && wave.all().stream().anyMatch(e -> Integer.valueOf(3).equals(e.event().year()))) {
      now = boundary().plusSeconds(30);
    }
    long begin = System.nanoTime();
    for (Enrolment enrolment : wave.all()) {
      Answer event =
          EventSender.event(
              EventType.ESU_ENROLMENT_REQUESTED, enrolment.id(), time(), enrolment.event());
      sent.put(enrolment.id(), System.nanoTime());
      for (int i = 0; i < enrolment.copies(); i++) {
        sender.send(event.toRecord(), this::acknowledged);
      }
    }
    flush(sender);
    awaitCount(
        board,
        () -> wave.all().stream().filter(e -> board.firstSeen(e.id().toString()) != null).count(),
        wave.all().size());
    if (wave.all().stream().anyMatch(e -> e.fate() == Fate.ENTITLED)) {
      waveNanos += System.nanoTime() - begin;
      waveRequests += wave.all().size();
    }
    Map<String, EsuResult> accepted = new LinkedHashMap<>();
    board.results().stream()
        .filter(r -> r.verdict() == EsuVerdict.ACCEPTED)
        .forEach(r -> accepted.put(r.requestId(), r));
    List<String> due = new ArrayList<>();
    for (Enrolment enrolment : wave.all()) {
      EsuResult seat = accepted.get(enrolment.id().toString());
      if (seat != null && seat.activationRequestId() != null) {
        due.add(enrolment.id().toString());
        attempt(enrolment, seat, sender);
      }
    }
    flush(sender);
    board.await(() -> ended(board, due), SILENCE);
  }

  private static boolean ended(EsuBoard board, List<String> due) {
    List<String> ends =
        board.results().stream()
            .filter(r -> r.verdict() == EsuVerdict.ENTITLED || r.verdict() == EsuVerdict.REFUSED)
            .map(EsuResult::requestId)
            .toList();
    return new HashSet<>(ends).containsAll(due);
  }

  private void attempt(Enrolment enrolment, EsuResult seat, EventSender sender) {
    String failure = enrolment.fate() == Fate.ENTITLED ? null : "0xC004F050";
    ActivationAttempted attempted =
        AskWriter.attempted(
            seat.activationRequestId(), seat.deviceId(), ActivationStage.ATO, failure);
    UUID id = EventIds.named(enrolment.id() + "/attempt");
    sender.send(
        EventSender.event(EventType.ACTIVATION_ATTEMPTED, id, time(), attempted).toRecord(),
        this::acknowledged);
  }

  private void report(Updates updates, EventSender sender, EsuBoard board) {
    progress.begin(updates.what(), updates.all().size());
    for (Update update : updates.all()) {
      sent.put(update.id(), System.nanoTime());
      sender.send(
          EventSender.event(EventType.ESU_UPDATE_REPORTED, update.id(), time(), update.event())
              .toRecord(),
          this::acknowledged);
    }
    flush(sender);
    awaitCount(
        board,
        () ->
            updates.all().stream().filter(u -> board.firstSeen(u.id().toString()) != null).count(),
        updates.all().size());
  }

  private void turn(Turn turn, EventSender sender, EsuBoard board) {
    progress.begin("the year turns", turn.lapsing().size());
    Instant at = boundary().plusSeconds(60);
    UUID id = EventIds.named(plan.name() + "/turn");
    sender.publish(
        EventSender.event(EventType.CLOCK_TICKED, id, at, new ClockTicked(SERVICE, at, 0))
            .on(Topics.ESU_TICKS));
    awaitCount(
        board,
        () -> board.results().stream().filter(r -> r.verdict() == EsuVerdict.LAPSED).count(),
        turn.lapsing().size());
  }

  /** Waits until so many have come, and shows how many have. */
  private void awaitCount(EsuBoard board, LongSupplier come, long due) {
    board.await(
        () -> {
          long now = come.getAsLong();
          progress.at(Math.min(now, due));
          return now >= due;
        },
        SILENCE);
  }

  private Instant time() {
    now = chosenTime ? now.plusMillis(1) : Instant.now();
    return now;
  }

  private void acknowledged(Exception failure) {
    if (failure != null) {
      sendFailure.compareAndSet(null, failure);
    }
  }

  private void flush(EventSender sender) {
    sender.flush();
    Exception failure = sendFailure.get();
    if (failure != null) {
      throw CommandFailure.outside(
          "NOT_PUBLISHED", "Kafka did not take an event: " + failure.getMessage() + ".", failure);
    }
  }

  /** Seats consumed of each key, as REST says. */
  private Map<String, Long> pools() {
    Map<String, Long> consumed = new LinkedHashMap<>();
    for (YearKey key : plan.keys()) {
      consumed.put(
          key.keyId(),
          keys.get("/keys/" + ServiceClient.encoded(key.keyId())).path("consumed").asLong());
    }
    return consumed;
  }

  /** The state of each device after the run, as REST says. */
  private Map<String, String> coverage() {
    LocalDate day = now.atOffset(ZoneOffset.UTC).toLocalDate();
    Map<String, String> states = new LinkedHashMap<>();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("asOf", day.toString());
    query.put("product", "windows-10");
    for (var line : esu.items("/coverage", query, Integer.MAX_VALUE)) {
      if (line.path("deviceId").asText().startsWith(plan.name() + "-")) {
        states.put(line.path("deviceId").asText(), line.path("state").asText());
      }
    }
    return states;
  }
}
