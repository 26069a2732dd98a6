package io.kagimori.activation.store;

import io.kagimori.contracts.event.KeyState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The newest state of keys, a batch at a time; a version that was passed changes nothing. */
public final class KeyFactRows {
  private static final String SAVE =
      """
      insert into key_fact (key_id, version, document)
      select k, v, j::json from unnest(?, ?, ?) as u (k, v, j)
      on conflict (key_id) do update
        set version = excluded.version, document = excluded.document
        where key_fact.version < excluded.version
      """;

  private KeyFactRows() {}

  /** Writes keys, each at most once. */
  public static void save(Connection connection, Collection<KeyState> keys) throws SQLException {
    List<Object[]> rows = new ArrayList<>(keys.size());
    keys.forEach(key -> rows.add(new Object[] {key.keyId(), key.version(), Documents.write(key)}));
    rows.sort(Comparator.comparing((Object[] row) -> (String) row[0]));
    Statements.write(connection, SAVE, new String[] {"text", "int8", "text"}, rows);
  }
}
