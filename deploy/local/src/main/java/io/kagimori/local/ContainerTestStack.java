package io.kagimori.local;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The shared stack of a test JVM in containers of the official images. Testcontainers removes them
 * when the JVM ends.
 */
final class ContainerTestStack {
  private static final String KAFKA_IMAGE = "apache/kafka:4.1.1";
  private static final String POSTGRES_IMAGE = "postgres:18";
  private static final String PASSWORD = "test-superuser";

  private ContainerTestStack() {}

  static TestStack start() {
    KafkaContainer kafka =
        new KafkaContainer(KAFKA_IMAGE)
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_MESSAGE_MAX_BYTES", Integer.toString(LocalBroker.MAX_MESSAGE_BYTES))
            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
            .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000");
    PostgreSQLContainer postgres =
        new PostgreSQLContainer(POSTGRES_IMAGE)
            .withUsername("postgres")
            .withPassword(PASSWORD)
            .withCommand("postgres", "-c", "max_connections=100");
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  kafka.stop();
                  postgres.stop();
                },
                "test-stack-close"));
    kafka.start();
    postgres.start();
    return new TestStack(
        kafka.getBootstrapServers(),
        new PostgresServer(
            postgres.getHost(),
            postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
            "postgres",
            PASSWORD));
  }
}
