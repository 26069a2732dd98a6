package io.kagimori.agent.crash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Digests of everything that a service stores. */
final class Tables {
  private static final String NAMES =
      """
      select table_name from information_schema.tables
      where table_schema = 'public' and table_name not like 'flyway%'
      """;

  private Tables() {}

  /**
   * A digest and the number of rows, by service and table. The clock goes on whatever a test does,
   * so what was decided on ticks is left out; they are read after the snapshot of the database, in
   * which no tick can stand that is not on its topic already.
   */
  static Map<String, String> digests(CrashStack stack) throws SQLException {
    Map<String, String> digests = new TreeMap<>();
    for (String service : CrashStack.SERVICES) {
      try (Connection database = stack.database(service)) {
        database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        database.setAutoCommit(false);
        List<String> names = names(database);
        Set<String> ticks = ticks(stack, service);
        for (String table : names) {
          digests.put(service + "." + table, digest(database, table, ticks));
        }
      }
    }
    return digests;
  }

  private static Set<String> ticks(CrashStack stack, String service) {
    try (Tape tape = new Tape(stack.kafka())) {
      return tape.all(List.of(service + "-service.ticks")).stream()
          .map(Wire.Incoming::id)
          .collect(Collectors.toSet());
    }
  }

  private static List<String> names(Connection database) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement query = database.createStatement();
        ResultSet rows = query.executeQuery(NAMES)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static String digest(Connection database, String table, Set<String> ticks)
      throws SQLException {
    String rest =
        table.equals("outcome")
            ? ticks.stream().collect(Collectors.joining("','", " where request_id not in ('", "')"))
            : "";
    String sql =
        """
        select count(*) || ' rows ' || coalesce(md5(string_agg(row, '' order by row)), '')
        from (select md5(t::text) as row from %s t%s) as digested
        """
            .formatted(table, ticks.isEmpty() ? "" : rest);
    try (Statement query = database.createStatement();
        ResultSet rows = query.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
