package io.kagimori.local;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A running PostgreSQL server as its superuser sees it: makes and drops the databases of the
 * services. The same for the embedded server and for one in a container.
 *
 * @param host host name or address
 * @param port TCP port
 * @param user the superuser
 * @param password of the superuser
 */
public record PostgresServer(String host, int port, String user, String password) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  /** The JDBC address of one of the server's databases. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  /** Whether it answers a query now. */
  public boolean isReady() {
    try (Connection connection = connect()) {
      return connection.isValid(2);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /**
   * Makes sure that a role and a database of the same name exist, the role as owner with this
   * password. What the database holds stays.
   */
  public void ensureDatabase(String name, String rolePassword) {
    requireName(name);
    administer(
        statement -> {
          if (!finds(statement, "SELECT FROM pg_roles WHERE rolname = '" + name + "'")) {
            statement.execute("CREATE ROLE " + name + " LOGIN");
          }
          statement.execute(
              "ALTER ROLE %s PASSWORD %s".formatted(name, statement.enquoteLiteral(rolePassword)));
          if (!finds(statement, "SELECT FROM pg_database WHERE datname = '" + name + "'")) {
            statement.execute("CREATE DATABASE %s OWNER %s".formatted(name, name));
          }
        });
  }

  /** Drops a database with all it holds, cutting off whoever uses it; nothing when absent. */
  public void dropDatabase(String name) {
    requireName(name);
    administer(
        statement -> statement.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name)));
  }

  /**
   * From now on a commit is on disk before it is reported, whatever the server was started with.
   */
  public void makeDurable() {
    administer(
        statement -> {
          for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
            statement.execute("ALTER SYSTEM SET " + setting + " = on");
          }
          statement.execute("SELECT pg_reload_conf()");
        });
  }

  /** A connection to the server's own database as superuser. */
  Connection connect() throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl("postgres"));
    source.setUser(user);
    source.setPassword(password);
    source.setLoginTimeout(2);
    return source.getConnection();
  }

  private void administer(Administration work) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      work.with(statement);
    } catch (SQLException e) {
      throw new StackException("PostgreSQL refused its preparation: " + e.getMessage(), e);
    }
  }

  private static boolean finds(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a database name: " + name);
    }
  }

  @FunctionalInterface
  private interface Administration {
    void with(Statement statement) throws SQLException;
  }

  /** Without the password, so that it reaches no log. */
  @Override
  public String toString() {
    return "PostgresServer[" + user + "@" + host + ":" + port + "]";
  }
}
