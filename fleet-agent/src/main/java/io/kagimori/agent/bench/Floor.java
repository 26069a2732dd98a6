package io.kagimori.agent.bench;

import io.kagimori.local.LocalStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The floor that the pipeline is measured against: two hops in one plain program, on the same
 * broker and in the same databases, with tables of the same shape in a schema of their own.
 */
final class Floor implements AutoCloseable {
  static final String REQUESTS = "floor.requests";
  static final String VERDICTS = "floor.verdicts";
  static final String RESULTS = "floor.results";
  static final String FACTS = "floor.facts";

  private static final int PARTITIONS = 4;

  private final String kafka;
  private final List<FloorHop> hops;
  private final List<Thread> threads;

  private Floor(String kafka, List<FloorHop> hops) {
    this.kafka = kafka;
    this.hops = hops;
    threads = hops.stream().map(hop -> Thread.ofPlatform().name("floor").start(hop)).toList();
  }

  /** Makes topics and tables and starts both hops. */
  static Floor start(LocalStack stack, List<String> keys) throws SQLException {
    createTopics(stack.kafka(), List.of(REQUESTS, VERDICTS, RESULTS, FACTS));
    Connection key =
        tables(stack, "key", List.of("outcome", "product_key", "seat", "ledger_entry"));
    Connection activation = tables(stack, "activation", List.of("outcome", "activation", "device"));
    try (Statement statement = key.createStatement()) {
      statement.execute(
          "insert into floor.product_key select * from public.product_key where key_id in ('"
              + String.join("','", keys)
              + "')");
    }
    return new Floor(
        stack.kafka(),
        List.of(
            new FloorKeyHop(stack.kafka(), key, REQUESTS, VERDICTS),
            new FloorActivationHop(stack.kafka(), activation, VERDICTS, RESULTS)));
  }

  /** Sends the requests of a plan through both hops. */
  Load.Outcome run(Load.Plan plan) {
    try (Load load = new Load(kafka, REQUESTS, RESULTS)) {
      return load.run(plan);
    }
  }

  /** Makes topics with as many partitions as those of the pipeline. */
  static void createTopics(String kafka, List<String> topics) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin
          .createTopics(
              topics.stream()
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

  /** Makes tables of the shape of a service's own and connects to them. */
  static Connection tables(LocalStack stack, String database, List<String> tables)
      throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            stack.jdbcUrl(database), database, stack.jdbcPassword(database));
    try (Statement statement = connection.createStatement()) {
      statement.execute("create schema floor");
      for (String table : tables) {
        statement.execute(
            "create table floor." + table + " (like public." + table + " including all)");
        leaveRoom(connection, table);
      }
      statement.execute("set search_path = floor");
      statement.execute("set enable_seqscan = off");
    }
    return connection;
  }

  /** How full pages become is not among what {@code like} takes over. */
  private static void leaveRoom(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet room =
            statement.executeQuery(
                "select unnest(reloptions) from pg_class where oid = 'public."
                    + table
                    + "'::regclass")) {
      while (room.next()) {
        try (Statement alter = connection.createStatement()) {
          alter.execute("alter table floor." + table + " set (" + room.getString(1) + ")");
        }
      }
    }
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
