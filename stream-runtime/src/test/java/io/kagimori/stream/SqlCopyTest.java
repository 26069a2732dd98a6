package io.kagimori.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagimori.local.TestStack;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** New rows on a real database. */
class SqlCopyTest {
  private static final String DATABASE = "copy";
  private static final String TABLE = "kinds (id, note, few, many, at, body, document)";

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    TestStack.shared().freshDatabase(DATABASE);
    TestStack.Database database = TestStack.shared().database(DATABASE);
    connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table kinds (id uuid primary key, note text, few int4, many int8,
                              at timestamptz, body bytea, document json)
          """);
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  @DisplayName("Values of every kind come back as they were, and what is absent is null")
  void everyKind() throws SQLException {
    UUID full = UUID.randomUUID();
    UUID empty = UUID.randomUUID();
    Instant at = Instant.parse("1969-07-20T20:17:40.123456Z");
    byte[] body = {0, -1, '\n', '\\', 127};
    byte[] document = "{\"キー\": \"𠮷\\t\"}".getBytes(StandardCharsets.UTF_8);
    SqlCopy.insert(
        connection,
        TABLE,
        List.of(
            new Object[] {
              full, "tab\t𠮷 \\N", Integer.MIN_VALUE, Long.MAX_VALUE, at, body, document
            },
            new Object[] {empty, null, null, null, null, null, null}));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from kinds order by note")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getObject(1)).isEqualTo(full);
      assertThat(rows.getString(2)).isEqualTo("tab\t𠮷 \\N");
      assertThat(rows.getInt(3)).isEqualTo(Integer.MIN_VALUE);
      assertThat(rows.getLong(4)).isEqualTo(Long.MAX_VALUE);
      assertThat(rows.getObject(5, OffsetDateTime.class).toInstant()).isEqualTo(at);
      assertThat(rows.getBytes(6)).isEqualTo(body);
      assertThat(rows.getBytes(7)).isEqualTo(document);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getObject(1)).isEqualTo(empty);
      for (int column = 2; column <= 7; column++) {
        assertThat(rows.getObject(column)).isNull();
      }
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  @DisplayName("A row that is there already is a lost race; text that cannot be stored is bad data")
  void refused() throws SQLException {
    UUID id = UUID.randomUUID();
    List<Object[]> row = List.<Object[]>of(row(id, "once"));
    SqlCopy.insert(connection, TABLE, row);
    assertThatThrownBy(() -> SqlCopy.insert(connection, TABLE, row))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(Failures.of(e)).isInstanceOf(Failures.OutcomeRace.class));
    assertThatThrownBy(
            () ->
                SqlCopy.insert(
                    connection, TABLE, List.<Object[]>of(row(UUID.randomUUID(), "a\0b"))))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(Failures.of(e)).isInstanceOf(Failures.UnstorableData.class));
  }

  private static Object[] row(UUID id, String note) {
    return new Object[] {id, note, 1, 1L, Instant.EPOCH, new byte[0], null};
  }
}
