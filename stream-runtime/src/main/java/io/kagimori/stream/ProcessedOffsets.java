package io.kagimori.stream;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.ContextHolder;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
 * <p>Its state belongs to the channel's event loop, and every method goes there first.
 */
final class ProcessedOffsets extends ContextHolder implements KafkaCommitHandler {
  private static final Logger LOG = Logger.getLogger(ProcessedOffsets.class);
  private static final long AGAIN_MILLIS = 500;

  private final KafkaConsumer<?, ?> consumer;
  private final Set<TopicPartition> assigned = new HashSet<>();

  /** Where to go on, by partition, as far as the broker is not known to have it. */
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();

  private boolean commitDue;

  private ProcessedOffsets(Vertx vertx, KafkaConsumer<?, ?> consumer) {
    super(vertx, 0); // the timeout of methods that wait for the event loop; none does
    this.consumer = consumer;
  }

  /** Chosen by {@code commit-strategy=processed}. */
  @ApplicationScoped
  @Identifier("processed")
  static class Factory implements KafkaCommitHandler.Factory {
    @Override
    public KafkaCommitHandler create(
        KafkaConnectorIncomingConfiguration channel,
        Vertx vertx,
        KafkaConsumer<?, ?> consumer,
        BiConsumer<Throwable, Boolean> reportFailure) {
      return new ProcessedOffsets(vertx, consumer);
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
          uncommitted.keySet().removeAll(partitions);
        });
  }

  @Override
  public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> last) {
    TopicPartition partition = new TopicPartition(last.getTopic(), last.getPartition());
    runOnContext(() -> processed(partition, new OffsetAndMetadata(last.getOffset() + 1)));
    return Uni.createFrom().voidItem().runSubscriptionOn(last::runOnMessageContext);
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
