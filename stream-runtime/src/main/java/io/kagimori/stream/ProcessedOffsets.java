package io.kagimori.stream;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.ContextHolder;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Commits each processed poll at once, in one request, and again until the broker has taken it.
 *
 * <p>The connector's {@code latest} sends one request for each partition and remembers an offset
 * whether it was taken or not. After a rebalance that refused a commit it therefore holds the poll
 * that comes again for committed, and the group lags until the partition's next record.
 *
 * <p>Its state belongs to the channel's event loop, and every change goes there first.
 */
final class ProcessedOffsets extends ContextHolder implements KafkaCommitHandler {
  private static final Logger LOG = Logger.getLogger(ProcessedOffsets.class);
  private static final long AGAIN_MILLIS = 500;

  private final KafkaConsumer<?, ?> consumer;
  private final Set<TopicPartition> assigned = new HashSet<>();

  /** What the channel has not given back yet, as the place to go on after it. */
  private final Map<TopicPartition, OffsetAndMetadata> inWork = new ConcurrentHashMap<>();

  /** Where to go on, by partition, as far as the broker is not known to have it. */
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new ConcurrentHashMap<>();

  private boolean commitDue;

  private ProcessedOffsets(Vertx vertx, KafkaConsumer<?, ?> consumer) {
    super(vertx, 0); // the timeout of methods that wait for the event loop; none does
    this.consumer = consumer;
  }

  /** Chosen by {@code commit-strategy=processed}. */
  @ApplicationScoped
  @Identifier("processed")
  static class Factory implements KafkaCommitHandler.Factory {
    /** Longer together than a poll that is under way. */
    private static final int QUIET_LOOKS = 6;

    private static final RetryPolicy<Boolean> UNTIL_QUIET =
        RetryPolicy.<Boolean>builder()
            .handleResult(false)
            .withDelay(Duration.ofMillis(50))
            .withMaxRetries(-1)
            .withMaxDuration(Duration.ofSeconds(10))
            .build();

    private final List<ProcessedOffsets> channels = new CopyOnWriteArrayList<>();

    @Override
    public KafkaCommitHandler create(
        KafkaConnectorIncomingConfiguration channel,
        Vertx vertx,
        KafkaConsumer<?, ?> consumer,
        BiConsumer<Throwable, Boolean> reportFailure) {
      ProcessedOffsets created = new ProcessedOffsets(vertx, consumer);
      channels.add(created);
      return created;
    }

    /**
     * Ends the polls of all channels and commits them, before the connector closes one after the
     * other: each that leaves the group takes the partitions of the others away from them.
     */
    void end(@Observes ShutdownEvent stopping) {
      AtomicInteger quiet = new AtomicInteger();
      boolean ended =
          Failsafe.with(UNTIL_QUIET)
              .get(
                  () -> {
                    channels.forEach(ProcessedOffsets::pause);
                    boolean now = channels.stream().allMatch(ProcessedOffsets::isQuiet);
                    return quiet.updateAndGet(looks -> now ? looks + 1 : 0) == QUIET_LOOKS;
                  });
      if (!ended) {
        LOG.info("stopped with polls in work; they come again");
      }
    }
  }

  @Override
  public void partitionsAssigned(Collection<TopicPartition> partitions) {
    runOnContext(() -> assigned.addAll(partitions));
  }

  @Override
  public void partitionsRevoked(Collection<TopicPartition> partitions) {
    runOnContext(
        () -> {
          assigned.removeAll(partitions);
          inWork.keySet().removeAll(partitions);
          uncommitted.keySet().removeAll(partitions);
        });
  }

  @Override
  public <K, V> Uni<IncomingKafkaRecord<K, V>> received(IncomingKafkaRecord<K, V> last) {
    runOnContext(() -> inWork.put(partition(last), next(last)));
    return Uni.createFrom().item(last);
  }

  @Override
  public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> last) {
    runOnContext(() -> processed(partition(last), next(last)));
    return Uni.createFrom().voidItem().runSubscriptionOn(last::runOnMessageContext);
  }

  /** Takes no more polls; the connector may have to be told again, because it resumes by itself. */
  private void pause() {
    consumer
        .pause()
        .subscribe()
        .with(paused -> {}, failure -> LOG.debugf("not paused: %s", failure.getMessage()));
  }

  private boolean isQuiet() {
    return inWork.isEmpty() && uncommitted.isEmpty();
  }

  private static TopicPartition partition(IncomingKafkaRecord<?, ?> record) {
    return new TopicPartition(record.getTopic(), record.getPartition());
  }

  private static OffsetAndMetadata next(IncomingKafkaRecord<?, ?> record) {
    return new OffsetAndMetadata(record.getOffset() + 1);
  }

  private void processed(TopicPartition partition, OffsetAndMetadata next) {
    // Another instance has the partition now, and reads this poll once more.
    if (assigned.contains(partition)) {
      uncommitted.put(partition, next);
      if (!commitDue) {
        commitDue = true;
        // Behind the poll's other partitions, which stand in this queue already.
        context.runOnContext(this::commit);
      }
    }
    inWork.remove(partition, next);
  }

  private void commit() {
    commitDue = false;
    Map<TopicPartition, OffsetAndMetadata> sent = Map.copyOf(uncommitted);
    if (!sent.isEmpty()) {
      consumer
          .commitAsync(sent)
          .emitOn(this::runOnContext)
          .subscribe()
          .with(
              taken -> uncommitted.entrySet().removeAll(sent.entrySet()),
              failure -> {
                LOG.debugf("offsets %s not committed: %s", sent, failure.getMessage());
                if (!commitDue) {
                  commitDue = true;
                  vertx.setTimer(AGAIN_MILLIS, timer -> runOnContext(this::commit));
                }
              });
    }
  }
}
