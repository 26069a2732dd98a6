package io.kagimori.stream;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Publishes records and waits until the broker has acknowledged every one of them. */
@ApplicationScoped
public class AnswerPublisher {
  private final Producer<byte[], byte[]> producer;

  AnswerPublisher(@ConfigProperty(name = "kafka.bootstrap.servers") String brokers) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                // A batch is handed over at once and flushed, which ends the waiting. With 0 the
                // first records leave alone, and the broker answers five requests instead of one.
                ProducerConfig.LINGER_MS_CONFIG,
                100,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024,
                // Long enough for a broker restart; after it the batch step backs off and resends.
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                60_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                10_000,
                // Dead letters carry what arrived, however large.
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                16 * 1024 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Sends all and waits for all acknowledgements.
   *
   * @throws KafkaException when one was not acknowledged; some of the others may have been, and
   *     sending all again is right, because resends carry the same ids
   */
  public void publish(List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(records.size());
    for (ProducerRecord<byte[], byte[]> record : records) {
      acknowledgements.add(producer.send(record));
    }
    producer.flush();
    for (Future<RecordMetadata> acknowledgement : acknowledgements) {
      await(acknowledgement);
    }
  }

  private static void await(Future<RecordMetadata> acknowledgement) {
    try {
      acknowledgement.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException refused
          ? refused
          : new KafkaException("not acknowledged", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }

  /** After the channels, which the connector stops before any bean goes. */
  @PreDestroy
  void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
