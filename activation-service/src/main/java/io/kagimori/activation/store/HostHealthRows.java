package io.kagimori.activation.store;

import io.kagimori.activation.domain.HostHealth;
import io.kagimori.activation.domain.HostHealths;
import io.kagimori.stream.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Health of KMS hosts and the requests they logged, a batch at a time. The hosts themselves are
 * locked before, so these rows need no lock of their own.
 */
public final class HostHealthRows {
  private static final String READ = "select document from kms_host_health where host = any(?)";
  private static final String SAVE =
      """
      insert into kms_host_health (host, document)
      select h, j::json from unnest(?, ?) as u (h, j)
      on conflict (host) do update set document = excluded.document
      """;
  private static final String SAVE_REQUESTS =
      """
      insert into kms_request (host, cmid, requested_at, document)
      select h, c, t::timestamptz, j::json from unnest(?, ?, ?, ?) as u (h, c, t, j)
      on conflict (host, cmid) do update
        set requested_at = excluded.requested_at, document = excluded.document
        where kms_request.requested_at <= excluded.requested_at
      """;

  private HostHealthRows() {}

  /** Reads hosts that are locked already. */
  public static void read(Connection connection, Set<String> hosts, HostHealths healths)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setArray(1, SqlArrays.texts(connection, hosts));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          healths.loaded(Documents.read(rows.getString(1), HostHealth.class));
        }
      }
    }
  }

  /** Writes what changed. */
  public static void save(Connection connection, HostHealths healths) throws SQLException {
    List<Object[]> hosts = new ArrayList<>();
    for (HostHealth health : healths.allChanged()) {
      hosts.add(new Object[] {health.host(), Documents.write(health)});
    }
    Statements.write(connection, SAVE, new String[] {"text", "text"}, hosts);
    List<Object[]> requests = new ArrayList<>();
    healths
        .requests()
        .forEach(
            (client, request) ->
                requests.add(
                    new Object[] {
                      client.host(),
                      client.cmid(),
                      request.requestedAt().toString(),
                      Documents.write(request)
                    }));
    requests.sort(
        Comparator.comparing((Object[] row) -> (String) row[0])
            .thenComparing(row -> (String) row[1]));
    String[] types = {"text", "text", "text", "text"};
    Statements.write(connection, SAVE_REQUESTS, types, requests);
  }
}
