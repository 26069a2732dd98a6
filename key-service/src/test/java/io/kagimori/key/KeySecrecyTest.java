package io.kagimori.key;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.kagimori.contracts.Topics;
import io.kagimori.contracts.event.ActivationRequestedBuilder;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.EventType;
import io.kagimori.local.EventProbe;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tries to make a registered key appear anywhere: answers, topics, tables, logs. */
@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "key"))
class KeySecrecyTest {
  private static final List<String> TALKATIVE =
      List.of("io.kagimori", "io.agroal", "org.hibernate", "org.jboss.resteasy", "io.vertx");

  @Inject AgroalDataSource database;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String brokers;

  private final Map<Logger, Level> levels = new LinkedHashMap<>();
  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          StringWriter text = new StringWriter();
          text.append(line.getLoggerName()).append(' ').append(line.getMessage());
          text.append(Arrays.toString(line.getParameters()));
          if (line.getThrown() != null) {
            line.getThrown().printStackTrace(new PrintWriter(text));
          }
          logged.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    listener.setLevel(Level.ALL);
    Logger.getLogger("").addHandler(listener);
    for (String name : TALKATIVE) {
      Logger logger = Logger.getLogger(name);
      levels.put(logger, logger.getLevel());
      logger.setLevel(Level.FINE);
    }
  }

  @AfterEach
  void stopListening() {
    levels.forEach(Logger::setLevel);
    Logger.getLogger("").removeHandler(listener);
  }

  @Test
  @DisplayName("SX-03 a registered key appears in no answer, topic, table or log")
  void nowhere() throws SQLException {
    List<String> keys = List.of(synthetic(), synthetic(), synthetic(), synthetic(), synthetic());
    String keyId = "secret-" + UUID.randomUUID();
    List<String> said = new ArrayList<>();
    try (EventProbe probe =
        new EventProbe(
            brokers,
            Topics.KEY_REQUESTS,
            Topics.KEY_FACTS,
            Topics.deadLetter(Topics.KEY_REQUESTS))) {
      said.add(post(body(keyId, keys.get(0), "windows-10"), 201));
      said.add(post(body(keyId, keys.get(0), "windows-11"), 201));
      said.add(post(body(keyId, keys.get(1), "windows-10"), 409));
      said.add(post(body(keyId + "-2", keys.get(0), "windows-10"), 409));
      said.add(post(body(keyId + "-3", keys.get(2), "windows-99"), 422));
      said.add(post(body(keyId + "-4", keys.get(3).substring(1), "windows-10"), 422));
      said.add(post(body(keyId + "-5", List.of(keys.get(3)), "windows-10"), 400));
      said.add(post(body(keyId + "-6", Map.of("key", keys.get(3)), "windows-10"), 400));
      said.add(post(body("", keys.get(3), "windows-10"), 400));
      said.add(postText("{\"keyId\":\"k\",\"productKey\":\"" + keys.get(4) + "\",}", 400));
      said.add(postText("\"" + keys.get(4) + "\"", 422));
      for (String path :
          List.of("/keys", "/keys/" + keyId, "/keys/" + keyId + "/ledger", "/setup-keys")) {
        said.add(given().queryParam("limit", 1000).get("/api/v1" + path).asString());
      }
      said.add(given().get("/q/metrics").asString());
      // Five registrations that reached the stream, two facts and three refusals.
      probe
          .await(10, r -> true)
          .forEach(r -> said.add(EventProbe.key(r) + text(r.value()) + headers(r)));
    }
    assertThat(said).anySatisfy(text -> assertThat(text).contains("key.registration.requested"));
    absent(keys, "answers and topics", said);

    List<String> rows = tables();
    assertThat(rows).anySatisfy(row -> assertThat(row).contains(keyId));
    absent(keys, "tables", rows);

    assertThat(logged).anySatisfy(line -> assertThat(line).startsWith("org.hibernate"));
    absent(keys, "logs", List.copyOf(logged));
  }

  @Test
  @DisplayName("SX-03 a request with a full key as key id is a dead letter without that key")
  void deadLetter() throws SQLException {
    String key = synthetic();
    String device = "secret-" + UUID.randomUUID();
    String dead = Topics.deadLetter(Topics.ACTIVATION_REQUESTS);
    try (EventProbe probe = new EventProbe(brokers, dead, Topics.KEY_VERDICTS)) {
      probe.send(
          EventType.ACTIVATION_REQUESTED,
          Instant.now(),
          ActivationRequestedBuilder.builder()
              .deviceId(device)
              .product("windows-10")
              .edition("Enterprise")
              .channel(Channel.MAK)
              .keyId(key)
              .build());
      ConsumerRecord<byte[], byte[]> letter =
          probe.await(1, record -> EventProbe.key(record).equals(device)).get(0);

      assertThat(letter.topic()).isEqualTo(dead);
      assertThat(headers(letter))
          .contains("dlq-reasonINVALID_EVENT", "dlq-detailkeyId", "dlq-maskedproduct-key");
      assertThat(text(letter.value())).contains("*****-" + key.substring(24));
      absent(List.of(key), "dead letter", List.of(headers(letter) + text(letter.value())));
    }
    absent(List.of(key), "tables", tables());
    absent(List.of(key), "logs", List.copyOf(logged));
  }

  private static String headers(ConsumerRecord<byte[], byte[]> record) {
    StringBuilder headers = new StringBuilder();
    record.headers().forEach(h -> headers.append(h.key()).append(text(h.value())).append(' '));
    return headers.toString();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** No two neighboring groups of any key, in any spelling. */
  private static void absent(List<String> keys, String where, List<String> texts) {
    for (String key : keys) {
      for (int start = 0; start + 11 <= key.length(); start += 6) {
        String part = key.substring(start, start + 11);
        String bytes =
            HexFormat.of().withUpperCase().formatHex(part.getBytes(StandardCharsets.US_ASCII));
        for (String text : texts) {
          String upper = text.toUpperCase(Locale.ROOT);
          for (String form : List.of(part, part.replace("-", ""), bytes)) {
            assertThat(upper.contains(form))
                .as("%s: %s", where, upper.replace(form, "<THE KEY>"))
                .isFalse();
          }
        }
      }
    }
  }

  private List<String> tables() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table :
          column(
              statement,
              "select tablename from pg_tables where schemaname = 'public' order by 1")) {
        rows.addAll(column(statement, "select t::text from " + table + " t"));
      }
      // Bytes are shown in hexadecimal; what they say as text is looked at as well.
      rows.addAll(column(statement, "select encode(ciphertext, 'escape') from sealed_key"));
      rows.addAll(column(statement, "select encode(body, 'escape') from outcome"));
    }
    rows.removeIf(java.util.Objects::isNull);
    return rows;
  }

  private static List<String> column(Statement statement, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private static Map<String, Object> body(String keyId, Object productKey, String product) {
    return Map.of(
        "keyId",
        keyId,
        "kind",
        "MAK",
        "productKey",
        productKey,
        "products",
        List.of(Map.of("product", product)),
        "purchased",
        5);
  }

  private static String post(Map<String, Object> body, int status) {
    return answered(
        given().contentType(ContentType.JSON).header("Prefer", "wait=30").body(body), status);
  }

  private static String postText(String body, int status) {
    return answered(given().contentType(ContentType.JSON).body(body), status);
  }

  private static String answered(
      io.restassured.specification.RequestSpecification request, int status) {
    Response response = request.post("/api/v1/keys");
    assertThat(response.statusCode()).isEqualTo(status);
    return response.headers() + response.asString();
  }

  private static String synthetic() {
    String alphabet = "BCDFGHJKMPQRTVWXY2346789";
    Random random = new Random();
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      key.append(i > 0 && i % 5 == 0 ? "-" : "").append(alphabet.charAt(random.nextInt(24)));
    }
    return key.toString();
  }
}
