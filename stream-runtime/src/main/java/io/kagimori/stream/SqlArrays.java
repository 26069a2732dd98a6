package io.kagimori.stream;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Arrays as statement parameters: a whole batch in one round trip, whatever its size, and with the
 * same statement text each time.
 */
public final class SqlArrays {
  private SqlArrays() {}

  /** A {@code uuid[]}. */
  public static Array uuids(Connection connection, Collection<UUID> values) throws SQLException {
    return connection.createArrayOf("uuid", values.toArray());
  }

  /** A {@code text[]}. */
  public static Array texts(Connection connection, Collection<String> values) throws SQLException {
    return connection.createArrayOf("text", values.toArray(String[]::new));
  }

  /**
   * Binds rows column by column, for {@code insert … select from unnest(?, ?, …)}.
   *
   * @param types PostgreSQL element type of each column
   * @param rows the rows, each with one value a column; null where absent
   */
  public static void bindColumns(
      Connection connection, PreparedStatement statement, String[] types, List<Object[]> rows)
      throws SQLException {
    for (int column = 0; column < types.length; column++) {
      Object[] values = column(types[column], rows.size());
      for (int row = 0; row < values.length; row++) {
        values[row] = rows.get(row)[column];
      }
      statement.setArray(column + 1, connection.createArrayOf(types[column], values));
    }
  }

  /**
   * The driver sends typed arrays in binary form. It writes an {@code Object[]} as a text literal,
   * character by character, which for documents costs more than all rules together.
   */
  private static Object[] column(String type, int size) {
    return switch (type) {
      case "text" -> new String[size];
      case "bytea" -> new byte[size][];
      case "int4" -> new Integer[size];
      case "int8" -> new Long[size];
      case "bool" -> new Boolean[size];
      default -> new Object[size];
    };
  }
}
