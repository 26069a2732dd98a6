package io.kagimori.agent.bench;

import io.kagimori.local.LocalStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The floor that enrolments are measured against: the four hops in one plain program, on the same
 * broker and in the same databases, with tables of the same shape in a schema of their own.
 */
final class EnrolmentFloor implements AutoCloseable {
  static final String REQUESTS = "floor.esu.requests";
  static final String RESULTS = "floor.esu.results";
  private static final String ASKED = "floor.esu.asked";
  private static final String VERDICTS = "floor.esu.verdicts";
  private static final String GRANTED = "floor.esu.granted";

  private static final int PARTITIONS = 4;

  private final String kafka;
  private final List<FloorHop> hops;
  private final List<Thread> threads;

  private EnrolmentFloor(String kafka, List<FloorHop> hops) {
    this.kafka = kafka;
    this.hops = hops;
    threads = hops.stream().map(hop -> Thread.ofPlatform().name("floor").start(hop)).toList();
  }

  /** Makes topics and tables and starts the hops. */
  static EnrolmentFloor start(LocalStack stack, List<String> keys) throws SQLException {
    createTopics(stack.kafka());
    schema(stack, "key", List.of("outcome", "product_key", "seat", "ledger_entry"));
    schema(stack, "activation", List.of("outcome", "activation", "device"));
    schema(
        stack, "esu", List.of("outcome", "esu_document", "esu_device", "enrolment", "acceptance"));
    Connection key = connection(stack, "key");
    try (Statement statement = key.createStatement()) {
      statement.execute(
          "insert into floor.product_key select * from public.product_key where key_id in ('"
              + String.join("','", keys)
              + "')");
    }
    String kafka = stack.kafka();
    return new EnrolmentFloor(
        kafka,
        List.of(
            new FloorEnrolmentHop(kafka, connection(stack, "esu"), REQUESTS, ASKED),
            new FloorKeyHop(kafka, key, ASKED, VERDICTS),
            new FloorActivationHop(kafka, connection(stack, "activation"), VERDICTS, GRANTED),
            new FloorAcceptanceHop(kafka, connection(stack, "esu"), GRANTED, RESULTS)));
  }

  /** Sends the enrolments of a plan through all hops. */
  EnrolmentLoad.Outcome run(EnrolmentLoad.Plan plan) {
    try (EnrolmentLoad load = EnrolmentLoad.onFloor(kafka)) {
      return load.enrol(plan);
    }
  }

  private static void createTopics(String kafka) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin
          .createTopics(
              List.of(REQUESTS, ASKED, VERDICTS, GRANTED, RESULTS, Floor.FACTS).stream()
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

  private static void schema(LocalStack stack, String database, List<String> tables)
      throws SQLException {
    try (Connection connection = connection(stack, database);
        Statement statement = connection.createStatement()) {
      statement.execute("create schema floor");
      for (String table : tables) {
        statement.execute(
            "create table floor." + table + " (like public." + table + " including all)");
      }
    }
  }

  private static Connection connection(LocalStack stack, String database) throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            stack.jdbcUrl(database), database, stack.jdbcPassword(database));
    try (Statement statement = connection.createStatement()) {
      statement.execute("set search_path = floor");
    }
    return connection;
  }

  @Override
  public void close() {
    hops.forEach(FloorHop::stop);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
