package io.kagimori.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationRequestedBuilder;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.EventType;
import io.kagimori.local.TestStack;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One channel with its batch step on a real broker and a real database, and the view from outside:
 * what was published since it was opened, and what is stored.
 */
final class TallyChannel implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final String REQUESTS = Topics.ACTIVATION_REQUESTS;
  private static final String DATABASE = "stream";
  private static final String OUTCOMES = "/db/stream/V20261121.001__outcomes_by_request.sql";

  final TallyRule rule = new TallyRule();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final ChannelHealth health = new ChannelHealth("tally");
  final BatchStep<Map<String, TallyRule.Tally>> step;
  private final DataSource database;
  private final AnswerPublisher publisher;
  private final KafkaConsumer<byte[], byte[]> published;

  private TallyChannel(DataSource work, String brokers, Duration patience) {
    database = database();
    publisher = new AnswerPublisher(brokers);
    step =
        new BatchStep<>(
            rule, work, rule, publisher, new ChannelMeters(meters, "tally"), health, patience);
    published = ends(brokers, Topics.KEY_VERDICTS, Topics.KEY_FACTS, Topics.deadLetter(REQUESTS));
  }

  /** A channel on the tables as they are. */
  static TallyChannel open(DataSource work, String brokers) {
    return open(work, brokers, Duration.ofMinutes(1));
  }

  static TallyChannel open(DataSource work, String brokers, Duration patience) {
    return new TallyChannel(work, brokers, patience);
  }

  static TallyChannel open() {
    return open(database(), brokers());
  }

  static String brokers() {
    return TestStack.shared().bootstrapServers();
  }

  /** Makes the topics and empty tables. */
  static void prepare() {
    TestStack.shared().ensureTopics(true);
    TestStack.shared().freshDatabase(DATABASE);
    try (Connection connection = database().getConnection();
        Statement statement = connection.createStatement();
        InputStream outcomes = TallyChannel.class.getResourceAsStream(OUTCOMES)) {
      statement.execute(new String(outcomes.readAllBytes(), StandardCharsets.UTF_8));
      statement.execute(TallyRule.TABLE);
    } catch (SQLException | IOException e) {
      throw new AssertionError("tables not made", e);
    }
  }

  static PGSimpleDataSource database() {
    TestStack.Database database = TestStack.shared().database(DATABASE);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    return source;
  }

  private static KafkaConsumer<byte[], byte[]> ends(String brokers, String... topics) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", brokers, "max.partition.fetch.bytes", 32 << 20),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(topics)
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }

  /** A request of a device, with the site as its content. */
  static ProducerRecord<byte[], byte[]> request(UUID id, String device, String site) {
    ActivationRequested asked =
        ActivationRequestedBuilder.builder()
            .deviceId(device)
            .product("windows-server-2019")
            .edition("ServerStandard")
            .channel(Channel.MAK)
            .site(site)
            .build();
    return Answer.of(EventType.ACTIVATION_REQUESTED, id, "test", NOON, asked).toRecord();
  }

  static ProducerRecord<byte[], byte[]> request(String device) {
    return request(EventIds.request(), device, "tokyo");
  }

  /** The records as one poll of one partition, in this order. */
  static ConsumerRecords<byte[], byte[]> poll(List<ProducerRecord<byte[], byte[]>> records) {
    TopicPartition partition = new TopicPartition(REQUESTS, 0);
    List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : records) {
      polled.add(
          new ConsumerRecord<>(
              REQUESTS,
              0,
              polled.size(),
              record.timestamp() == null ? NOON.toEpochMilli() : record.timestamp(),
              TimestampType.CREATE_TIME,
              0,
              0,
              record.key(),
              record.value(),
              record.headers(),
              java.util.Optional.empty()));
    }
    return new ConsumerRecords<>(Map.of(partition, polled), Map.of());
  }

  /** One request of each of so many devices. */
  static List<ProducerRecord<byte[], byte[]>> requests(int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(i -> request("pc-" + i)).toList());
  }

  /** Each request answered once, under the id that follows from its own. */
  static void answeredOnce(Published published, List<ProducerRecord<byte[], byte[]>> requests) {
    assertThat(published.answers())
        .extracting(answer -> header(answer, CloudEventHeaders.ID))
        .containsExactlyInAnyOrderElementsOf(
            requests.stream().map(TallyChannel::answerId).toList());
  }

  /** Publishes requests for a real consumer to read. */
  void send(List<ProducerRecord<byte[], byte[]>> records) {
    publisher.publish(records);
  }

  void process(List<ProducerRecord<byte[], byte[]>> records) {
    step.process(poll(records));
  }

  /** Everything published since the channel was opened or last asked, and nothing is missed. */
  Published published() {
    List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();
    Map<TopicPartition, Long> ends = published.endOffsets(published.assignment());
    while (ends.entrySet().stream().anyMatch(e -> published.position(e.getKey()) < e.getValue())) {
      published.poll(Duration.ofMillis(100)).forEach(seen::add);
    }
    return new Published(seen);
  }

  /** What appeared on the topics. */
  record Published(List<ConsumerRecord<byte[], byte[]>> records) {
    List<ConsumerRecord<byte[], byte[]>> on(String topic) {
      return records.stream().filter(record -> record.topic().equals(topic)).toList();
    }

    List<ConsumerRecord<byte[], byte[]>> answers() {
      return on(Topics.KEY_VERDICTS);
    }

    List<ConsumerRecord<byte[], byte[]>> facts() {
      return on(Topics.KEY_FACTS);
    }

    List<ConsumerRecord<byte[], byte[]>> letters() {
      return on(Topics.deadLetter(REQUESTS));
    }

    /** Per event id the values published under it, as text. */
    Map<String, List<String>> valuesById() {
      Map<String, List<String>> values = new LinkedHashMap<>();
      for (ConsumerRecord<byte[], byte[]> answer : answers()) {
        values
            .computeIfAbsent(header(answer, CloudEventHeaders.ID), id -> new ArrayList<>())
            .add(new String(answer.value(), StandardCharsets.UTF_8));
      }
      return values;
    }
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return CloudEventHeaders.text(record.headers(), name);
  }

  static String answerId(ProducerRecord<byte[], byte[]> request) {
    UUID id = UUID.fromString(CloudEventHeaders.text(request.headers(), CloudEventHeaders.ID));
    return EventIds.answer(id, "tally", "ACCEPTED").toString();
  }

  /** The rows of both tables, for comparing before and after. */
  String tables() {
    return text("select string_agg(t::text, ';' order by device) from tally t")
        + text("select string_agg(o::text, ';' order by request_id, seq) from outcome o");
  }

  /** How often a device was counted. */
  int count(String device) {
    String count = text("select max(requests)::text from tally where device = '" + device + "'");
    return count == null ? 0 : Integer.parseInt(count);
  }

  /** Outcomes kept. */
  int outcomes() {
    return Integer.parseInt(text("select count(*)::text from outcome"));
  }

  /** How many rows the database found in which way, with some delay. */
  String outcomesRead() {
    return text(
        "select idx_tup_fetch || ' by key, ' || seq_tup_read || ' from end to end'"
            + " from pg_stat_user_tables where relname = 'outcome'");
  }

  private String text(String query) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new AssertionError("not readable", e);
    }
  }

  @Override
  public void close() {
    publisher.close();
    published.close();
  }
}
