package io.kagimori.edition.store;

import io.kagimori.contracts.event.EditionState;
import io.kagimori.edition.domain.DeviceChange;
import io.kagimori.edition.domain.EditionBatch;
import io.kagimori.stream.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Upgrades and re-images, read and written a batch at a time. */
final class ChangeRows {
  private static final String LOAD =
      "select document from device_change where request_id = any(?) order by request_id";
  private static final String LOCK = LOAD + " for update";
  private static final String OF_ACTIVATIONS =
      "select request_id from device_change where activation_id = any(?)";
  private static final String DUE =
      "select request_id, device_id from device_change where due_at <= ? order by due_at,"
          + " request_id limit ?";
  private static final String QUEUED =
      """
      select q.request_id, q.device_id
      from unnest(?) as c (id)
      cross join lateral (
        select request_id, device_id from device_change
        where campaign_id = c.id and state = 'QUEUED'
        order by wave, request_id limit ?) q
      """;
  private static final String COUNTS =
      """
      select campaign_id, wave, state, count(*) from device_change
      where campaign_id = any(?) group by campaign_id, wave, state
      """;
  private static final String SAVE =
      """
      insert into device_change (request_id, device_id, kind, state, reason, campaign_id, wave,
                                 due_at, requested_at, ended_at, activation_id, pool_key_id,
                                 document)
      select r, d, k, s, e, c, w, t::timestamptz, a::timestamptz, n::timestamptz, i, p, j::json
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        as u (r, d, k, s, e, c, w, t, a, n, i, p, j)
      on conflict (request_id) do update
        set state = excluded.state, reason = excluded.reason, due_at = excluded.due_at,
            ended_at = excluded.ended_at, activation_id = excluded.activation_id,
            pool_key_id = excluded.pool_key_id, document = excluded.document
      """;

  /**
   * A change that is looked for.
   *
   * @param id its id
   * @param deviceId its device, which is locked first
   */
  record Found(UUID id, String deviceId) {}

  private ChangeRows() {}

  static void load(Connection connection, Collection<UUID> ids, boolean lock, EditionBatch batch)
      throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(lock ? LOCK : LOAD)) {
      statement.setArray(1, SqlArrays.uuids(connection, ids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          batch.loaded(Documents.read(rows.getString(1), DeviceChange.class));
        }
      }
    }
  }

  static List<UUID> ofActivations(Connection connection, Collection<UUID> activations)
      throws SQLException {
    List<UUID> ids = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(OF_ACTIVATIONS)) {
      statement.setArray(1, SqlArrays.uuids(connection, activations));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return ids;
  }

  static List<Found> due(Connection connection, Instant until, int limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DUE)) {
      statement.setObject(1, until.atOffset(ZoneOffset.UTC));
      statement.setInt(2, limit);
      return found(statement);
    }
  }

  static List<Found> queued(Connection connection, Collection<String> campaigns, int limit)
      throws SQLException {
    if (campaigns.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement statement = connection.prepareStatement(QUEUED)) {
      statement.setArray(1, SqlArrays.texts(connection, campaigns));
      statement.setInt(2, limit);
      return found(statement);
    }
  }

  private static List<Found> found(PreparedStatement statement) throws SQLException {
    List<Found> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(new Found(rows.getObject(1, UUID.class), rows.getString(2)));
      }
    }
    return found;
  }

  static void count(Connection connection, Set<String> campaigns, EditionBatch batch)
      throws SQLException {
    if (campaigns.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(COUNTS)) {
      statement.setArray(1, SqlArrays.texts(connection, campaigns));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          batch
              .count(rows.getString(1))
              .loaded(rows.getInt(2), EditionState.valueOf(rows.getString(3)), rows.getLong(4));
        }
      }
    }
  }

  static void save(Connection connection, Collection<DeviceChange> changes) throws SQLException {
    List<Object[]> rows = new ArrayList<>(changes.size());
    for (DeviceChange change : changes) {
      rows.add(
          new Object[] {
            change.id(),
            change.deviceId(),
            change.kind().name(),
            change.state().name(),
            change.status().reason(),
            change.campaignId(),
            change.wave(),
            text(change.status().dueAt()),
            text(change.requestedAt()),
            text(change.endedAt()),
            change.activationId(),
            change.waitsForSeatOf(),
            Documents.write(change)
          });
    }
    String[] types = {
      "uuid", "text", "text", "text", "text", "text", "int4", "text", "text", "text", "uuid",
      "text", "text"
    };
    Statements.write(connection, SAVE, types, rows);
  }

  private static String text(Instant at) {
    return at == null ? null : at.toString();
  }
}
