package io.kagimori.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagimori.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One stack without services, whose broker and database are stopped and killed. */
class CrashTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final TopicPartition FIRST = new TopicPartition(Topics.ACTIVATION_REQUESTS, 0);

  @TempDir static Path folder;
  private static LocalStack stack;
  private static StackOptions options;

  @BeforeAll
  static void startStack() throws Exception {
    Files.writeString(folder.resolve("notes.txt"), "not made by a stack");
    options = StackOptions.usual(folder).withServices(Map.of()).withData(folder).onFreePorts();
    stack = LocalStack.start(options);
    stack.awaitReady(SOON);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE crash (id int PRIMARY KEY)");
    }
  }

  @AfterAll
  static void stopStack() {
    stack.close();
  }

  @Test
  @DisplayName("A restarted broker keeps its records, a megabyte large as well")
  void brokerRestartKeepsRecords() throws Exception {
    byte[] large = new byte[1 << 20];
    send(large);
    long before = records().size();

    stack.broker().stop();
    stack.broker().start();
    stack.broker().awaitReady(SOON);

    assertThat(records())
        .hasSize((int) before)
        .last()
        .satisfies(r -> assertThat(r.value()).isEqualTo(large));
  }

  @Test
  @DisplayName("A killed broker comes back by itself with its records")
  void brokerKillKeepsRecords() throws Exception {
    send("survivor".getBytes(StandardCharsets.UTF_8));
    long before = records().size();
    int restarts = stack.broker().restarts();

    stack.broker().kill();

    await().atMost(SOON).until(() -> stack.broker().restarts() > restarts);
    stack.broker().awaitReady(SOON);
    assertThat(records()).hasSize((int) before);
  }

  @Test
  @DisplayName("A killed database comes back by itself with every committed row, fsync on")
  void databaseKillKeepsRows() throws Exception {
    assertThat(setting("fsync")).isEqualTo("on");
    assertThat(setting("synchronous_commit")).isEqualTo("on");
    assertThat(setting("full_page_writes")).isEqualTo("on");
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO crash SELECT generate_series(1, 1000)");
    }
    int restarts = stack.postgres().restarts();

    stack.postgres().kill();

    await().atMost(SOON).until(() -> stack.postgres().restarts() > restarts);
    stack.postgres().awaitReady(SOON);
    assertThat(value("SELECT count(*) FROM crash WHERE id <= 1000")).isEqualTo("1000");
  }

  @Test
  @DisplayName("A stopped database refuses connections and keeps its rows")
  void databaseRestartKeepsRows() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO crash VALUES (2000)");

      stack.postgres().stop();
      assertThat(stack.postgres().isReady()).isFalse();
      stack.postgres().start();
      stack.postgres().awaitReady(SOON);
    }
    assertThat(value("SELECT count(*) FROM crash WHERE id = 2000")).isEqualTo("1");
  }

  @Test
  @DisplayName(
      "The broker stamps records; under chosen time it keeps the sender's time and nothing ages")
  void timestampTypeFollowsTheOption() throws Exception {
    assertThat(topicSetting("message.timestamp.type")).isEqualTo("LogAppendTime");
    assertThat(topicSetting("retention.ms")).isEqualTo(Long.toString(30L * 24 * 3_600_000));

    LocalTopics.ensure(stack.kafka(), true);
    try {
      await().atMost(SOON).until(() -> topicSetting("message.timestamp.type").equals("CreateTime"));
      assertThat(topicSetting("retention.ms")).isEqualTo("-1");
      long longAgo = 1_262_304_000_000L;
      try (KafkaProducer<byte[], byte[]> producer = producer()) {
        producer.send(new ProducerRecord<>(FIRST.topic(), 0, longAgo, null, new byte[0])).get();
      }
      assertThat(records())
          .last()
          .satisfies(
              record -> {
                assertThat(record.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
                assertThat(record.timestamp()).isEqualTo(longAgo);
              });
    } finally {
      LocalTopics.ensure(stack.kafka(), false);
    }
  }

  @Test
  @DisplayName(
      "A second stack on the same ports is refused in one sentence that names port and option")
  void takenPortIsNamed(@TempDir Path other) {
    assertThat(catchSentence(options.withData(other)))
        .contains("Port " + options.kafkaPort())
        .contains("--kafka-port")
        .hasLineCount(1);
  }

  @Test
  @DisplayName("A second stack on the same data is refused, even with --fresh")
  void dataInUseIsRefused() {
    assertThat(catchSentence(options.onFreePorts().withFresh(true)))
        .contains("Another stack uses")
        .hasLineCount(1);
    assertThat(folder.resolve("broker")).isDirectory();
  }

  @Test
  @DisplayName("What the stack found in its folder is still there")
  void foreignFilesStay() {
    assertThat(folder.resolve("notes.txt")).hasContent("not made by a stack");
  }

  private static String catchSentence(StackOptions second) {
    try (LocalStack never = LocalStack.start(second)) {
      throw new AssertionError("started on " + never.kafka());
    } catch (StackException e) {
      return e.getMessage();
    }
  }

  private static void send(byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer.send(new ProducerRecord<>(FIRST.topic(), 0, null, value)).get();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", stack.kafka());
    settings.put("max.request.size", Integer.toString(4 << 20));
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Everything that the first partition holds. */
  private static List<ConsumerRecord<byte[], byte[]>> records() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", stack.kafka());
    settings.put("max.partition.fetch.bytes", Integer.toString(64 << 20));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(FIRST));
      consumer.seekToBeginning(List.of(FIRST));
      long end = consumer.endOffsets(List.of(FIRST)).get(FIRST);
      List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
      long deadline = System.nanoTime() + SOON.toNanos();
      while (consumer.position(FIRST) < end && System.nanoTime() < deadline) {
        StreamSupport.stream(consumer.poll(Duration.ofMillis(200)).spliterator(), false)
            .forEach(all::add);
      }
      return all;
    }
  }

  private static String topicSetting(String name) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, FIRST.topic());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafka()))) {
      Config settings = admin.describeConfigs(List.of(topic)).all().get().get(topic);
      return settings.get(name).value();
    }
  }

  private static String setting(String name) throws SQLException {
    return value("SHOW " + name);
  }

  private static String value(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        stack.jdbcUrl("postgres"), "kagimori", stack.jdbcPassword("postgres"));
  }
}
