package io.kagimori.esu.store;

import io.kagimori.stream.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Set-wise writing: all rows in one statement, and no statement for no rows. */
final class Statements {
  private Statements() {}

  static void write(Connection connection, String sql, String[] types, List<Object[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      SqlArrays.bindColumns(connection, statement, types, rows);
      statement.executeUpdate();
    }
  }
}
