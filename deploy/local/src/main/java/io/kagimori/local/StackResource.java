package io.kagimori.local;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Gives a Quarkus test the shared broker and a database of {@link TestStack}, with all topics made.
 *
 * <p>Options, as {@code @ResourceArg}:
 *
 * <ul>
 *   <li>{@code database}: name of the database, {@code test} unless given; kept between the test
 *       classes of one JVM
 *   <li>{@code fresh}: {@code true} empties that database first
 *   <li>{@code fsync}: {@code on} for tests that crash the database; {@code off} unless given
 *   <li>{@code createTime}: {@code false} lets the broker stamp records; {@code true} unless given
 * </ul>
 */
public final class StackResource implements QuarkusTestResourceLifecycleManager {
  private Map<String, String> options = Map.of();

  @Override
  public void init(Map<String, String> initArgs) {
    options = Map.copyOf(initArgs);
  }

  @Override
  public Map<String, String> start() {
    TestStack stack = TestStack.shared();
    stack.ensureTopics(Boolean.parseBoolean(options.getOrDefault("createTime", "true")));
    if (options.getOrDefault("fsync", "off").equals("on")) {
      stack.makeDurable();
    }
    String name = options.getOrDefault("database", "test");
    TestStack.Database database =
        Boolean.parseBoolean(options.getOrDefault("fresh", "false"))
            ? stack.freshDatabase(name)
            : stack.database(name);
    return Map.of(
        "kafka.bootstrap.servers", stack.bootstrapServers(),
        "quarkus.datasource.jdbc.url", database.jdbcUrl(),
        "quarkus.datasource.username", database.user(),
        "quarkus.datasource.password", database.password());
  }

  /** The stack is shared and ends with the JVM. */
  @Override
  public void stop() {
    options = Map.of();
  }
}
