package io.kagimori.stream;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.ClockTicked;
import io.kagimori.contracts.event.EventType;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Turns the clock into records: once a minute the service tells itself the time on its tick topic.
 * The id is made from the minute, so ten instances that tick make one sweep.
 */
@ApplicationScoped
public class Ticker {
  private static final Logger LOG = Logger.getLogger(Ticker.class);

  private final String service;
  private final AnswerPublisher publisher;
  private volatile boolean stopping;

  Ticker(
      @ConfigProperty(name = "quarkus.application.name") String service,
      AnswerPublisher publisher) {
    this.service = service;
    this.publisher = publisher;
  }

  @Scheduled(
      cron = "{kagimori.ticks.cron}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tick() {
    if (stopping) {
      return;
    }
    Answer tick = tick(service, Instant.now(), 0);
    try {
      publisher.publish(List.of(tick.toRecord()));
    } catch (KafkaException e) {
      // The next minute's tick sweeps what this one would have.
      LOG.warnf("KGM0103 tick of %s not published: %s", tick.time(), e.getMessage());
    }
  }

  /** The publisher closes after this; the clock is read for a little longer. */
  void stop(@Observes ShutdownEvent event) {
    stopping = true;
  }

  /**
   * The tick of a minute.
   *
   * @param service whose
   * @param now any instant in that minute
   * @param part 0, or the part of a sweep that goes on
   */
  public static Answer tick(String service, Instant now, int part) {
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    UUID id = EventIds.named(service + "/" + minute + "/" + part);
    ClockTicked ticked = new ClockTicked(service, minute, part);
    return Answer.of(EventType.CLOCK_TICKED, id, service, now, ticked).on(service + ".ticks");
  }
}
