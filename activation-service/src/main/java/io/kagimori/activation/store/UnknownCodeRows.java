package io.kagimori.activation.store;

import io.kagimori.activation.domain.UnknownCodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Codes that the catalogue does not know, a batch at a time. */
final class UnknownCodeRows {
  private static final String SAVE =
      """
      insert into unknown_code (code, count, first_at, last_at, device_id)
      select c, n, f::timestamptz, l::timestamptz, d from unnest(?, ?, ?, ?, ?) as u (c, n, f, l, d)
      on conflict (code) do update
        set count = unknown_code.count + excluded.count,
            first_at = least(unknown_code.first_at, excluded.first_at),
            last_at = greatest(unknown_code.last_at, excluded.last_at),
            device_id = excluded.device_id
      """;

  private UnknownCodeRows() {}

  static void save(Connection connection, Collection<UnknownCodes.Seen> codes) throws SQLException {
    List<Object[]> rows = new ArrayList<>(codes.size());
    for (UnknownCodes.Seen seen : codes) {
      rows.add(
          new Object[] {
            seen.code(),
            seen.count(),
            seen.firstAt().toString(),
            seen.lastAt().toString(),
            seen.deviceId()
          });
    }
    String[] types = {"text", "int8", "text", "text", "text"};
    Statements.write(connection, SAVE, types, rows);
  }
}
