package io.kagimori.esu.store;

import io.kagimori.esu.domain.ArcLinks;
import io.kagimori.stream.SqlArrays;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Links to license resources of Azure Arc. */
final class ArcRows {
  private static final String ADD =
      "insert into arc_license (license_id) select unnest(?) on conflict do nothing";

  /** The license is locked, so that two instances link to it one after the other. */
  private static final String LOCK =
      "select license_id from arc_license where license_id = any(?) order by license_id for update";

  private static final String LOAD =
      "select license_id, device_id, cores from arc_link where license_id = any(?)";
  private static final String SAVE =
      """
      insert into arc_link (license_id, device_id, cores)
      select l, d, c from unnest(?, ?, ?) as t (l, d, c)
      on conflict (license_id, device_id) do update set cores = excluded.cores
      """;

  private ArcRows() {}

  static void lock(Connection connection, Collection<String> licenses, ArcLinks links)
      throws SQLException {
    if (licenses.isEmpty()) {
      return;
    }
    Array ids = SqlArrays.texts(connection, licenses);
    try (PreparedStatement add = connection.prepareStatement(ADD);
        PreparedStatement lock = connection.prepareStatement(LOCK);
        PreparedStatement load = connection.prepareStatement(LOAD)) {
      add.setArray(1, ids);
      add.executeUpdate();
      lock.setArray(1, ids);
      lock.execute();
      load.setArray(1, ids);
      try (ResultSet rows = load.executeQuery()) {
        while (rows.next()) {
          links.loaded(rows.getString(1), rows.getString(2), rows.getInt(3));
        }
      }
    }
  }

  static void save(Connection connection, ArcLinks links) throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    links
        .changed()
        .forEach(
            (license, cores) ->
                cores.forEach((device, n) -> rows.add(new Object[] {license, device, n})));
    Statements.write(connection, SAVE, new String[] {"text", "text", "int4"}, rows);
  }
}
