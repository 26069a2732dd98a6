package io.kagimori.local;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * For tests: delivers every record that ever came in once more, and compares what it leaves behind.
 */
public final class Replay {
  private final String brokers;
  private final DataSource database;
  private Map<String, String> lastRows = Map.of();

  /**
   * @param brokers where the topics are
   * @param database what the service under test writes to
   */
  public Replay(String brokers, DataSource database) {
    this.brokers = brokers;
    this.database = database;
  }

  /** Sends every record of these topics again, from offset zero, as it was. */
  public void sendAgain(EventProbe probe, List<String> topics) {
    // Rows that look as before may only be rows that nothing has reached yet: look twice anew.
    lastRows = Map.of();
    for (String topic : topics) {
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

  /**
   * How often each record of a topic was published, by its id.
   *
   * @throws AssertionError when one id came with two bodies
   */
  public Map<String, Integer> published(String topic) {
    Map<String, Integer> times = new TreeMap<>();
    Map<String, byte[]> bodies = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : all(topic)) {
      String id = EventProbe.id(record);
      times.merge(id, 1, Integer::sum);
      byte[] before = bodies.put(id, record.value());
      if (before != null && !Arrays.equals(before, record.value())) {
        throw new AssertionError(id + " was published with two bodies");
      }
    }
    return times;
  }

  /** Whether no row changed since this was asked last. */
  public boolean isSettled() throws SQLException {
    Map<String, String> before = lastRows;
    lastRows = rows();
    return lastRows.equals(before);
  }

  /** A digest of the rows of each table. */
  public Map<String, String> rows() throws SQLException {
    Map<String, String> digests = new TreeMap<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : tables(statement)) {
        String all = "select count(*) || ' ' || md5(string_agg(t::text, ';' order by t::text))";
        try (ResultSet digest = statement.executeQuery(all + " from " + table + " t")) {
          digest.next();
          digests.put(table, String.valueOf(digest.getString(1)));
        }
      }
    }
    return digests;
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
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
