package io.kagimori.local;

import java.util.Optional;
import java.util.Properties;

/**
 * The broker and the database that all tests of one JVM share: started by the first who asks, ended
 * with the JVM. Embedded by default; {@code -Dstack=containers} takes the official images through
 * Testcontainers instead. Tests share topics, so each brings device ids of its own.
 *
 * <p>Where it runs is kept in system properties and not in a static field, because Quarkus loads
 * test resources in a new class loader for every application that it starts.
 */
public final class TestStack {
  private static final String PREFIX = "kagimori.test-stack.";

  private final String bootstrapServers;
  private final PostgresServer postgres;

  TestStack(String bootstrapServers, PostgresServer postgres) {
    this.bootstrapServers = bootstrapServers;
    this.postgres = postgres;
  }

  /**
   * A database with its owner.
   *
   * @param jdbcUrl its address
   * @param user the owner
   * @param password of the owner
   */
  public record Database(String jdbcUrl, String user, String password) {}

  /** The stack of this JVM, started when it does not run yet. */
  public static TestStack shared() {
    Properties jvm = System.getProperties();
    // An interned text is one thing that all class loaders see alike. The properties are another,
    // but whoever holds their lock keeps the driver's threads from their first look at the time
    // zone, and then from every connection.
    synchronized (PREFIX.intern()) {
      return known(jvm).orElseGet(() -> remember(jvm, start()));
    }
  }

  /** Where Kafka clients connect: host and port. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** A database of this name, made when it is missing; what it holds stays. */
  public Database database(String name) {
    String password = "test-" + name;
    postgres.ensureDatabase(name, password);
    return new Database(postgres.jdbcUrl(name), name, password);
  }

  /** An empty database of this name; what an older one held is gone. */
  public Database freshDatabase(String name) {
    postgres.dropDatabase(name);
    return database(name);
  }

  /** Makes all topics; with {@code createTime} records keep the timestamp of their sender. */
  public void ensureTopics(boolean createTime) {
    LocalTopics.ensure(bootstrapServers, createTime);
  }

  /** Turns fsync and its companions on for the rest of the JVM's life. */
  public void makeDurable() {
    postgres.makeDurable();
  }

  private static TestStack start() {
    String kind = System.getProperty("stack", "embedded");
    return switch (kind) {
      case "embedded" -> EmbeddedTestStack.start();
      case "containers" -> ContainerTestStack.start();
      default ->
          throw new StackException(
              "-Dstack is 'embedded' or 'containers' and not '%s'.".formatted(kind));
    };
  }

  private static Optional<TestStack> known(Properties jvm) {
    String bootstrap = jvm.getProperty(PREFIX + "kafka");
    if (bootstrap == null) {
      return Optional.empty();
    }
    PostgresServer postgres =
        new PostgresServer(
            jvm.getProperty(PREFIX + "host"),
            Integer.parseInt(jvm.getProperty(PREFIX + "port")),
            jvm.getProperty(PREFIX + "user"),
            jvm.getProperty(PREFIX + "password"));
    return Optional.of(new TestStack(bootstrap, postgres));
  }

  private static TestStack remember(Properties jvm, TestStack stack) {
    jvm.setProperty(PREFIX + "kafka", stack.bootstrapServers);
    jvm.setProperty(PREFIX + "host", stack.postgres.host());
    jvm.setProperty(PREFIX + "port", Integer.toString(stack.postgres.port()));
    jvm.setProperty(PREFIX + "user", stack.postgres.user());
    jvm.setProperty(PREFIX + "password", stack.postgres.password());
    return stack;
  }
}
