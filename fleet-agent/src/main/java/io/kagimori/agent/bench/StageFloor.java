package io.kagimori.agent.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.local.LocalStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The floor of stage events: a plain program that reads a poll, writes the states with one
 * statement, answers each event and waits for the broker. No rules, no document, nothing kept for a
 * second delivery. Its table is a copy of the service's, with all indexes, in a schema of its own.
 */
final class StageFloor implements Runnable, AutoCloseable {
  static final String STAGES = "floor.stages";
  static final String RESULTS = "floor.stage-results";

  private static final int PARTITIONS = 4;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UPDATE =
      """
      update floor.device_change c set state = u.s, due_at = now() + interval '30 minutes'
      from unnest(?, ?) as u (r, s) where c.request_id = u.r
      """;

  private final LocalStack stack;
  private final Connection database;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Thread thread;
  private volatile boolean running = true;

  private StageFloor(LocalStack stack, Connection database) {
    String kafka = stack.kafka();
    this.stack = stack;
    this.database = database;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka,
                "group.id",
                "floor-stages",
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
    consumer.subscribe(List.of(STAGES));
    thread = Thread.ofPlatform().name("stage-floor").unstarted(this);
  }

  /** Makes topics and table and starts. */
  static StageFloor start(LocalStack stack) throws SQLException {
    createTopics(stack.kafka());
    Connection connection = connect(stack);
    try (Statement statement = connection.createStatement()) {
      statement.execute("create schema floor");
      statement.execute(
          "create table floor.device_change (like public.device_change including all)");
    }
    connection.setAutoCommit(false);
    StageFloor floor = new StageFloor(stack, connection);
    floor.thread.start();
    return floor;
  }

  private static Connection connect(LocalStack stack) throws SQLException {
    return DriverManager.getConnection(
        stack.jdbcUrl("edition"), "edition", stack.jdbcPassword("edition"));
  }

  /** Copies the changes of the devices whose ids begin so, as the service has planned them. */
  void copy(String devices) throws SQLException {
    // The thread's own connection is in use; this one is for the moment.
    try (Connection connection = connect(stack);
        PreparedStatement statement =
            connection.prepareStatement(
                "insert into floor.device_change select * from public.device_change"
                    + " where starts_with(device_id, ?)")) {
      statement.setString(1, devices);
      statement.executeUpdate();
    }
  }

  private static void createTopics(String kafka) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin
          .createTopics(
              List.of(STAGES, RESULTS).stream()
                  .map(t -> new NewTopic(t, Optional.of(PARTITIONS), Optional.empty()))
                  .toList())
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the floor's topics could not be made", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void run() {
    try (consumer;
        producer;
        database) {
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

  private void step(ConsumerRecords<byte[], byte[]> poll)
      throws SQLException, IOException, ExecutionException, InterruptedException {
    Map<UUID, String> states = new TreeMap<>();
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(poll.count());
    List<ObjectNode> answers = new ArrayList<>(poll.count());
    List<String> causes = new ArrayList<>(poll.count());
    for (ConsumerRecord<byte[], byte[]> record : poll) {
      JsonNode said = JSON.readTree(record.value());
      String request = said.get("requestId").textValue();
      String state = said.get("stage").textValue();
      states.put(UUID.fromString(request), state);
      causes.add(StageLoad.id(record));
      answers.add(
          JSON.createObjectNode()
              .put("requestId", request)
              .put("deviceId", said.get("deviceId").textValue())
              .put("verdict", "PROGRESSED")
              .put("state", state));
    }
    try (PreparedStatement update = database.prepareStatement(UPDATE)) {
      update.setArray(1, database.createArrayOf("uuid", states.keySet().toArray()));
      update.setArray(2, database.createArrayOf("text", states.values().toArray()));
      update.executeUpdate();
    }
    database.commit();
    for (int i = 0; i < answers.size(); i++) {
      ObjectNode answer = answers.get(i);
      acknowledgements.add(
          producer.send(
              FloorHop.record(
                  RESULTS,
                  answer.get("deviceId").textValue(),
                  EventIds.answer(UUID.fromString(causes.get(i)), "floor", "stage").toString(),
                  "io.kagimori.edition.progressed.v1",
                  Instant.now().toString(),
                  answer.toString().getBytes(StandardCharsets.UTF_8))));
    }
    producer.flush();
    for (Future<RecordMetadata> acknowledgement : acknowledgements) {
      acknowledgement.get();
    }
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
