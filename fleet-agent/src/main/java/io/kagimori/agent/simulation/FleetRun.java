package io.kagimori.agent.simulation;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.agent.simulation.FleetPlan.Ask;
import io.kagimori.agent.simulation.FleetPlan.Bad;
import io.kagimori.agent.simulation.FleetPlan.Report;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.event.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Plays a plan against a running stack, wave after wave: requests go out, decisions come back,
 * agents report, final answers come back. One thread.
 */
public final class FleetRun {
  /** A stack that says nothing for so long has lost what is missing. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /** After the last answer, so long for one that should not come. */
  private static final Duration QUIET = Duration.ofMillis(500);

  private final FleetPlan plan;
  private final Endpoints endpoints;
  private final Pace pace;
  private final Progress progress;

  private final Map<UUID, Long> sent = new LinkedHashMap<>();
  private final List<UUID> reported = new ArrayList<>();
  private final AtomicReference<Exception> sendFailure = new AtomicReference<>();
  private long endsDue;
  private long requestNanos;

  /**
   * How fast requests go out.
   *
   * @param perSecond requests a second; 0 for as fast as answers come
   * @param openMax requests without a decision at any time
   * @param duration when to stop sending; null for never
   */
  public record Pace(int perSecond, int openMax, Duration duration) {}

  public FleetRun(FleetPlan plan, Endpoints endpoints, Pace pace, Progress progress) {
    this.plan = plan;
    this.endpoints = endpoints;
    this.pace = pace;
    this.progress = progress;
  }

  /** Runs the fleet and audits what came of it. */
  public FleetSummary run() {
    StackSetUp stack = new StackSetUp(endpoints);
    try (EventSender sender = new EventSender(endpoints.kafka());
        AnswerBoard board = new AnswerBoard(endpoints.kafka(), plan)) {
      progress.begin("register keys", plan.keys().size());
      stack.register(plan);
      progress.at(plan.keys().size());
      progress.begin("KMS hosts report", plan.hosts().size());
      stack.reportHosts(plan, sender);
      progress.at(plan.hosts().size());
      long start = System.nanoTime();
      sendBadRecords(sender);
      for (int i = 0; i < plan.waves().size(); i++) {
        wave(i + 1, plan.waves().get(i), sender, board, start);
      }
      progress.end();
      board.awaitQuiet(QUIET);
      return SettledAudit.of(
          () -> FleetAuditor.audit(plan, observed(board, stack)), board::awaitQuiet);
    }
  }

  private void wave(int number, List<Ask> wave, EventSender sender, AnswerBoard board, long start) {
    List<Ask> asked = new ArrayList<>();
    long waveStart = System.nanoTime();
    progress.begin("wave %d requests".formatted(number), wave.size());
    int before = board.decided();
    for (Ask ask : wave) {
      if (pace.duration() != null && System.nanoTime() - start > pace.duration().toNanos()) {
        break;
      }
      keepPace(asked.size(), waveStart, board);
      request(ask, sender);
      asked.add(ask);
      progress.at(board.decided() - before);
    }
    flush(sender);
    board.awaitDecisions(
        decided -> decided >= sent.size(), SILENCE, decided -> progress.at(decided - before));
    requestNanos += System.nanoTime() - waveStart;

    List<Ask> granted = asked.stream().filter(ask -> board.isGranted(ask.id())).toList();
    int endedBefore = board.ended();
    long dueBefore = endsDue;
    for (Ask ask : granted) {
      report(ask, sender);
    }
    // Some devices stay silent on purpose; the bar is full when the others have ended.
    progress.begin("wave %d reports".formatted(number), endsDue - dueBefore);
    flush(sender);
    board.awaitEnds(ended -> ended >= endsDue, SILENCE, ended -> progress.at(ended - endedBefore));
  }

  private void keepPace(int asked, long waveStart, AnswerBoard board) {
    if (pace.perSecond() > 0) {
      long due = waveStart + asked * 1_000_000_000L / pace.perSecond();
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
    board.awaitDecisions(decided -> sent.size() - decided < pace.openMax(), SILENCE, count -> {});
  }

  private void request(Ask ask, EventSender sender) {
    Instant now = Instant.now();
    Answer event = EventSender.event(EventType.ACTIVATION_REQUESTED, ask.id(), now, ask.event());
    sent.put(ask.id(), System.nanoTime());
    for (int i = 0; i < ask.copies(); i++) {
      ProducerRecord<byte[], byte[]> out = event.toRecord();
      if (!ask.clockOff().isZero()) {
        setTime(out, now.plus(ask.clockOff()));
      }
      sender.send(out, this::acknowledged);
    }
  }

  /** The device's clock is wrong; the record's time is not. */
  private static void setTime(ProducerRecord<byte[], byte[]> out, Instant claimed) {
    out.headers().remove(CloudEventHeaders.TIME);
    out.headers().add(CloudEventHeaders.TIME, claimed.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void report(Ask ask, EventSender sender) {
    for (Report report : ask.reports()) {
      Answer event =
          EventSender.event(
              EventType.ACTIVATION_ATTEMPTED, report.id(), Instant.now(), report.event());
      for (int i = 0; i < report.copies(); i++) {
        sender.send(event.toRecord(), this::acknowledged);
      }
    }
    if (!ask.reports().isEmpty()) {
      reported.add(ask.id());
      endsDue += FleetAuditor.endings(ask);
    }
  }

  private void sendBadRecords(EventSender sender) {
    for (Bad bad : plan.badRecords()) {
      ProducerRecord<byte[], byte[]> out =
          new ProducerRecord<>(
              Topics.ACTIVATION_REQUESTS,
              bad.deviceId().getBytes(StandardCharsets.UTF_8),
              bad.body().getBytes(StandardCharsets.UTF_8));
      header(out, CloudEventHeaders.SPEC_VERSION, "1.0");
      header(out, CloudEventHeaders.ID, bad.id().toString());
      header(out, CloudEventHeaders.SOURCE, "/kagimori/" + EventSender.SERVICE);
      header(out, CloudEventHeaders.TYPE, EventType.ACTIVATION_REQUESTED.typeName());
      header(out, CloudEventHeaders.CONTENT_TYPE, "application/json");
      sender.send(out, this::acknowledged);
    }
  }

  private static void header(ProducerRecord<byte[], byte[]> out, String name, String value) {
    out.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
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

  private Observed observed(AnswerBoard board, StackSetUp stack) {
    return new Observed(
        sent,
        requestNanos,
        reported,
        board.answers(),
        board.deadLetters(),
        stack.pools(plan),
        stack.ledgers(plan),
        board.leaks());
  }
}
