package io.kagimori.activation.store;

import io.kagimori.activation.domain.Activation;
import io.kagimori.activation.domain.ActivationBatch;
import io.kagimori.activation.domain.Confirmation;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.stream.SqlArrays;
import io.kagimori.stream.SqlCopy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Activations and confirmation IDs, read and written a batch at a time. */
final class ActivationRows {
  private static final String LOCK =
      """
      select document from activation where request_id = any(?) order by request_id for update
      """;

  /** Rows that another instance holds are passed over: it decides on them right now. */
  private static final String LOCK_DUE =
      """
      select document from activation where due_at <= ? order by due_at, request_id limit ?
      for update skip locked
      """;

  private static final String KNOWN = "select request_id from activation where request_id = any(?)";
  private static final String NEW = "activation (request_id, device_id, state, due_at, document)";
  private static final String UPDATE =
      """
      update activation
      set state = u.s, due_at = u.t::timestamptz, document = convert_from(u.j, 'UTF8')::json
      from unnest(?, ?, ?, ?) as u (r, s, t, j) where request_id = u.r
      """;
  private static final String LOAD_CONFIRMATIONS =
      """
      select c.device_id, c.installation_id, c.confirmation_id, c.confirmed_at
      from unnest(?, ?) as u (d, i)
      join confirmation c on c.device_id = u.d and c.installation_id = u.i
      """;
  private static final String SAVE_CONFIRMATIONS =
      """
      insert into confirmation (device_id, installation_id, confirmation_id, confirmed_at)
      select d, i, c, t::timestamptz from unnest(?, ?, ?, ?) as u (d, i, c, t)
      on conflict (device_id, installation_id) do update
        set confirmation_id = excluded.confirmation_id, confirmed_at = excluded.confirmed_at
      """;

  private ActivationRows() {}

  static void lock(Connection connection, Collection<UUID> ids, ActivationBatch batch)
      throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setArray(1, SqlArrays.uuids(connection, ids));
      read(statement, batch);
    }
  }

  static void lockDue(Connection connection, Instant until, int limit, ActivationBatch batch)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK_DUE)) {
      statement.setObject(1, until.atOffset(ZoneOffset.UTC));
      statement.setInt(2, limit);
      read(statement, batch);
    }
  }

  private static void read(PreparedStatement statement, ActivationBatch batch) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        batch.loaded(Documents.read(rows.getString(1), Activation.class));
      }
    }
  }

  /**
   * Writes the activations.
   *
   * @throws SQLException a unique violation when one was made elsewhere since it was looked for
   */
  static void save(Connection connection, ActivationBatch batch) throws SQLException {
    Set<UUID> known = known(connection, batch);
    List<Object[]> fresh = new ArrayList<>();
    List<Object[]> changed = new ArrayList<>();
    for (Activation activation : batch.changedActivations()) {
      UUID id = activation.id();
      String state = activation.state().name();
      Instant due = activation.dueAt();
      byte[] document = EventJson.bytes(activation);
      if (known.contains(id)) {
        changed.add(new Object[] {id, state, due == null ? null : due.toString(), document});
      } else {
        fresh.add(new Object[] {id, activation.deviceId(), state, due, document});
      }
    }
    SqlCopy.insert(connection, NEW, fresh);
    Statements.write(connection, UPDATE, new String[] {"uuid", "text", "text", "bytea"}, changed);
  }

  /** Which of the changed activations have rows. */
  private static Set<UUID> known(Connection connection, ActivationBatch batch) throws SQLException {
    Set<UUID> known = new HashSet<>();
    List<UUID> unread = new ArrayList<>();
    for (Activation activation : batch.changedActivations()) {
      (batch.wasRead(activation) ? known : unread).add(activation.id());
    }
    if (!unread.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
        statement.setArray(1, SqlArrays.uuids(connection, unread));
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            known.add(rows.getObject(1, UUID.class));
          }
        }
      }
    }
    return known;
  }

  static void loadConfirmations(
      Connection connection,
      Collection<ActivationBatch.Installation> installations,
      ActivationBatch batch)
      throws SQLException {
    if (installations.isEmpty()) {
      return;
    }
    List<Object[]> pairs = new ArrayList<>(installations.size());
    installations.forEach(i -> pairs.add(new Object[] {i.deviceId(), i.installationId()}));
    try (PreparedStatement statement = connection.prepareStatement(LOAD_CONFIRMATIONS)) {
      SqlArrays.bindColumns(connection, statement, new String[] {"text", "text"}, pairs);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          batch.loaded(
              new Confirmation(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getObject(4, OffsetDateTime.class).toInstant()));
        }
      }
    }
  }

  static void saveConfirmations(Connection connection, List<Confirmation> confirmations)
      throws SQLException {
    Map<ActivationBatch.Installation, Confirmation> newest = new LinkedHashMap<>();
    confirmations.forEach(
        c -> newest.put(new ActivationBatch.Installation(c.deviceId(), c.installationId()), c));
    List<Object[]> rows = new ArrayList<>(newest.size());
    newest.values().stream()
        .sorted(
            Comparator.comparing(Confirmation::deviceId)
                .thenComparing(Confirmation::installationId))
        .forEach(
            c ->
                rows.add(
                    new Object[] {
                      c.deviceId(), c.installationId(), c.confirmationId(), c.at().toString()
                    }));
    Statements.write(
        connection, SAVE_CONFIRMATIONS, new String[] {"text", "text", "text", "text"}, rows);
  }
}
