package io.kagimori.agent.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import de.bytefish.pgbulkinsert.pgsql.handlers.ByteArrayValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.StringValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.UUIDValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.ZonedDateTimeValueHandler;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.EventIds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.postgresql.PGConnection;

/**
 * One hop of the floor: what a careful programmer would write with kafka-clients and JDBC alone,
 * for this one purpose. Same statements, same batch size, same guarantees as a service: one
 * transaction a poll, answers acknowledged before offsets are committed. No rules, no checks, no
 * meters.
 */
abstract class FloorHop implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FIND =
      """
      select request_id, content_id, topic, record_key, event_id, event_type, source, decided_at,
             body, fact_topic, fact_key
      from outcome where request_id = any(?) order by request_id, seq
      """;
  private static final String KEEP =
      """
      outcome (request_id, seq, content_id, topic, record_key, event_id, event_type, source,
               decided_at, body, fact_topic, fact_key)
      """;
  private static final UUIDValueHandler UUIDS = new UUIDValueHandler();
  private static final StringValueHandler TEXTS = new StringValueHandler();
  private static final ZonedDateTimeValueHandler TIMES = new ZonedDateTimeValueHandler();
  private static final ByteArrayValueHandler BYTES = new ByteArrayValueHandler();

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Connection database;
  private final String to;
  private final String type;
  private volatile boolean running = true;

  FloorHop(String kafka, Connection database, String from, String to, String type) {
    this.database = database;
    this.to = to;
    this.type = type;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka,
                "group.id",
                "floor-" + from,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "max.poll.records",
                1000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "acks", "all", "batch.size", 256 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer.subscribe(List.of(from));
  }

  /**
   * A request as far as the floor needs it.
   *
   * @param id event id
   * @param at record time, milliseconds
   * @param json the payload as it came
   * @param fields the payload read
   */
  record Asked(UUID id, long at, String json, JsonNode fields) {
    String deviceId() {
      return fields.get("deviceId").textValue();
    }
  }

  /** Does the hop's own statements and returns the answer to each request, in order. */
  abstract List<String> decide(Connection connection, List<Asked> requests) throws SQLException;

  /** The fact that an answer changes, as topic and key; or null. */
  abstract String[] fact(Asked request);

  /** Records published besides the answers. */
  abstract List<ProducerRecord<byte[], byte[]>> facts(Connection connection) throws SQLException;

  @Override
  public void run() {
    try (consumer;
        producer;
        database) {
      database.setAutoCommit(false);
      while (running) {
        ConsumerRecords<byte[], byte[]> poll = consumer.poll(Duration.ofMillis(100));
        if (!poll.isEmpty()) {
          step(poll);
          consumer.commitAsync();
        }
      }
    } catch (SQLException | IOException | ExecutionException e) {
      throw new IllegalStateException("the floor failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void stop() {
    running = false;
  }

  private void step(ConsumerRecords<byte[], byte[]> poll)
      throws SQLException, IOException, ExecutionException, InterruptedException {
    List<Asked> requests = read(poll);
    Set<UUID> known = known(database, FIND, requests.stream().map(Asked::id));
    requests.removeIf(request -> known.contains(request.id()));
    List<String> answers = decide(database, requests);
    List<ProducerRecord<byte[], byte[]>> records = keep(requests, answers);
    database.commit();
    records.addAll(facts(database));
    database.commit();
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(records.size());
    records.forEach(record -> acknowledgements.add(producer.send(record)));
    producer.flush();
    for (Future<RecordMetadata> acknowledgement : acknowledgements) {
      acknowledgement.get();
    }
  }

  private static List<Asked> read(ConsumerRecords<byte[], byte[]> poll) throws IOException {
    List<Asked> requests = new ArrayList<>(poll.count());
    for (ConsumerRecord<byte[], byte[]> record : poll) {
      requests.add(
          new Asked(
              UUID.fromString(CloudEventHeaders.text(record.headers(), CloudEventHeaders.ID)),
              record.timestamp(),
              new String(record.value(), StandardCharsets.UTF_8),
              JSON.readTree(record.value())));
    }
    return requests;
  }

  /** Those of the ids that a statement finds. */
  static Set<UUID> known(Connection connection, String sql, Stream<UUID> ids) throws SQLException {
    Set<UUID> known = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          known.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return known;
  }

  private List<ProducerRecord<byte[], byte[]>> keep(List<Asked> requests, List<String> answers)
      throws SQLException {
    List<Object[]> rows = new ArrayList<>(requests.size());
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(requests.size() + 16);
    for (int i = 0; i < requests.size(); i++) {
      Asked request = requests.get(i);
      byte[] body = answers.get(i).getBytes(StandardCharsets.UTF_8);
      UUID id = EventIds.answer(request.id(), "floor", type);
      String[] fact = fact(request);
      Instant at = Instant.ofEpochMilli(request.at());
      rows.add(
          new Object[] {
            request.id(),
            0,
            UUID.nameUUIDFromBytes(body),
            to,
            request.deviceId(),
            id,
            type,
            "/kagimori/floor",
            at,
            body,
            fact == null ? null : fact[0],
            fact == null ? null : fact[1]
          });
      records.add(record(to, request.deviceId(), id.toString(), type, at.toString(), body));
    }
    rows.sort(Comparator.comparing(row -> (UUID) row[0]));
    copy(database, KEEP, rows);
    return records;
  }

  static ProducerRecord<byte[], byte[]> record(
      String topic, String key, String id, String type, String time, byte[] body) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), body);
    header(record, CloudEventHeaders.SPEC_VERSION, "1.0");
    header(record, CloudEventHeaders.ID, id);
    header(record, CloudEventHeaders.SOURCE, "/kagimori/floor");
    header(record, CloudEventHeaders.TYPE, type);
    header(record, CloudEventHeaders.TIME, time);
    header(record, CloudEventHeaders.SUBJECT, key);
    header(record, CloudEventHeaders.CONTENT_TYPE, "application/json");
    return record;
  }

  private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes new rows in one COPY. */
  static void copy(Connection connection, String table, List<Object[]> rows) throws SQLException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PgBinaryWriter writer = new PgBinaryWriter(bytes)) {
      for (Object[] row : rows) {
        writer.startRow(row.length);
        for (Object value : row) {
          switch (value) {
            case null -> writer.writeNull();
            case UUID id -> writer.write(UUIDS, id);
            case String text -> writer.write(TEXTS, text);
            case Integer number -> writer.writeInt(number);
            case Long number -> writer.writeLong(number);
            case Instant time -> writer.write(TIMES, time.atZone(ZoneOffset.UTC));
            default -> writer.write(BYTES, (byte[]) value);
          }
        }
      }
    }
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "copy " + table + " from stdin (format binary)",
              new ByteArrayInputStream(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Binds rows column by column and writes them in one statement. */
  static void write(Connection connection, String sql, String[] types, List<Object[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int column = 0; column < types.length; column++) {
        Object[] values =
            switch (types[column]) {
              case "text" -> new String[rows.size()];
              case "bytea" -> new byte[rows.size()][];
              case "int4" -> new Integer[rows.size()];
              case "int8" -> new Long[rows.size()];
              case "bool" -> new Boolean[rows.size()];
              default -> new Object[rows.size()];
            };
        for (int row = 0; row < values.length; row++) {
          values[row] = rows.get(row)[column];
        }
        statement.setArray(column + 1, connection.createArrayOf(types[column], values));
      }
      statement.executeUpdate();
    }
  }
}
