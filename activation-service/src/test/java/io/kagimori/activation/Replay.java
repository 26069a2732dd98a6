package io.kagimori.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.Topics;
import io.kagimori.local.EventProbe;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/** Delivers every record that ever came in once more, and compares what it leaves behind. */
final class Replay {
  private static final List<String> INBOUND =
      List.of(
          Topics.KEY_VERDICTS,
          Topics.ACTIVATION_OUTCOMES,
          Topics.DEVICE_REPORTS,
          Topics.KMS_EVENTS,
          Topics.ACTIVATION_TICKS);
  private static final List<String> TABLES =
      List.of(
          "outcome",
          "activation",
          "device",
          "device_history",
          "confirmation",
          "kms_host",
          "kms_contact",
          "cmid_device",
          "incident_watch",
          "incident",
          "incident_member",
          "unknown_code");

  private final String brokers;
  private final DataSource database;

  Replay(String brokers, DataSource database) {
    this.brokers = brokers;
    this.database = database;
  }

  /** Sends every inbound record again, from offset zero, as it was. */
  void sendEverythingAgain(EventProbe probe) {
    for (String topic : INBOUND) {
      for (ConsumerRecord<byte[], byte[]> record : all(topic)) {
        probe.send(
            new ProducerRecord<>(
                topic,
                record.partition(),
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers()));
      }
    }
  }

  /** How often each answer was published, by its id; fails when one id came with two bodies. */
  Map<String, Integer> answers() {
    Map<String, Integer> times = new TreeMap<>();
    Map<String, byte[]> bodies = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : all(Topics.ACTIVATION_RESULTS)) {
      String id = EventProbe.id(record);
      times.merge(id, 1, Integer::sum);
      byte[] before = bodies.put(id, record.value());
      if (before != null) {
        assertThat(record.value()).as(id).isEqualTo(before);
      }
    }
    return times;
  }

  /** A digest of each table, taken when nothing changes any more. */
  Map<String, String> settledRows() {
    AtomicReference<Map<String, String>> last = new AtomicReference<>(Map.of());
    Awaitility.await()
        .pollInterval(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(60))
        .until(() -> rows().equals(last.getAndSet(rows())));
    return last.get();
  }

  private Map<String, String> rows() throws SQLException {
    Map<String, String> digests = new TreeMap<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        String sql =
            "select count(*) || ' rows ' || coalesce(md5(string_agg(t::text, '|' order by"
                + " t::text)), '') from "
                + table
                + " t";
        try (ResultSet digest = statement.executeQuery(sql)) {
          digest.next();
          digests.put(table, digest.getString(1));
        }
      }
    }
    return digests;
  }

  private List<ConsumerRecord<byte[], byte[]>> all(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", brokers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}
