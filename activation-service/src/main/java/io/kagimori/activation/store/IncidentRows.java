package io.kagimori.activation.store;

import io.kagimori.activation.domain.Incident;
import io.kagimori.activation.domain.IncidentMember;
import io.kagimori.activation.domain.IncidentWatch;
import io.kagimori.activation.domain.Incidents;
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

/**
 * Incidents, their devices and what is watched of each kind of failure, a batch at a time. The row
 * of a kind is the fence between instances that hear of the same kind.
 */
final class IncidentRows {
  private static final String ADD_WATCHES =
      """
      insert into incident_watch (kind, document)
      select k, json_build_object('kind', k) from unnest(?) as u (k)
      on conflict (kind) do nothing
      """;
  private static final String LOCK =
      "select document from incident_watch where kind = any(?) order by kind for update";
  private static final String LOCK_DUE =
      """
      select document from incident_watch where due_at <= ? order by due_at, kind limit ?
      for update skip locked
      """;
  private static final String MEMBERS =
      """
      select document from incident_member where incident_id = any(?) and device_id = any(?)
      """;
  private static final String SAVE_WATCHES =
      """
      insert into incident_watch (kind, due_at, document)
      select k, t::timestamptz, j::json from unnest(?, ?, ?) as u (k, t, j)
      on conflict (kind) do update set due_at = excluded.due_at, document = excluded.document
      """;
  private static final String DELETE_WATCHES = "delete from incident_watch where kind = any(?)";
  private static final String SAVE_INCIDENTS =
      """
      insert into incident (incident_id, kind, state, document)
      select i, k, s, j::json from unnest(?, ?, ?, ?) as u (i, k, s, j)
      on conflict (incident_id) do update
        set state = excluded.state, document = excluded.document
      """;
  private static final String SAVE_MEMBERS =
      """
      insert into incident_member (incident_id, device_id, document)
      select i, d, j::json from unnest(?, ?, ?) as u (i, d, j)
      on conflict (incident_id, device_id) do update set document = excluded.document
      """;

  private IncidentRows() {}

  static void lock(
      Connection connection, Set<String> kinds, Set<String> devices, Incidents incidents)
      throws SQLException {
    if (kinds.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD_WATCHES)) {
      statement.setArray(1, SqlArrays.texts(connection, kinds));
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setArray(1, SqlArrays.texts(connection, kinds));
      readWatches(statement, incidents);
    }
    Collection<String> open = incidents.openIds();
    if (open.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(MEMBERS)) {
      statement.setArray(1, SqlArrays.texts(connection, open));
      statement.setArray(2, SqlArrays.texts(connection, devices));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          incidents.loaded(Documents.read(rows.getString(1), IncidentMember.class));
        }
      }
    }
  }

  /** Reads and locks what is due; tells how much that is. */
  static int lockDue(Connection connection, Instant until, int limit, Incidents incidents)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK_DUE)) {
      statement.setObject(1, until.atOffset(ZoneOffset.UTC));
      statement.setInt(2, limit);
      return readWatches(statement, incidents);
    }
  }

  private static int readWatches(PreparedStatement statement, Incidents incidents)
      throws SQLException {
    int read = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        incidents.loaded(Documents.read(rows.getString(1), IncidentWatch.class));
        read++;
      }
    }
    return read;
  }

  static void save(Connection connection, Incidents incidents) throws SQLException {
    saveWatches(connection, incidents);
    List<Object[]> rows = new ArrayList<>();
    for (Incident incident : incidents.changedIncidents()) {
      rows.add(
          new Object[] {
            incident.incidentId(),
            incident.kind(),
            incident.state().name(),
            Documents.write(incident)
          });
    }
    Statements.write(
        connection, SAVE_INCIDENTS, new String[] {"text", "text", "text", "text"}, rows);
    List<Object[]> members = new ArrayList<>();
    for (IncidentMember member : incidents.changedMembers()) {
      members.add(new Object[] {member.incidentId(), member.deviceId(), Documents.write(member)});
    }
    Statements.write(connection, SAVE_MEMBERS, new String[] {"text", "text", "text"}, members);
  }

  private static void saveWatches(Connection connection, Incidents incidents) throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    List<String> idle = new ArrayList<>();
    for (IncidentWatch watch : incidents.changedWatches()) {
      if (watch.isIdle()) {
        idle.add(watch.kind());
        continue;
      }
      Instant due = watch.dueAt(incidents.limits().window(), incidents.limits().quiet());
      rows.add(new Object[] {watch.kind(), due.toString(), Documents.write(watch)});
    }
    Statements.write(connection, SAVE_WATCHES, new String[] {"text", "text", "text"}, rows);
    if (!idle.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(DELETE_WATCHES)) {
        statement.setArray(1, SqlArrays.texts(connection, idle));
        statement.executeUpdate();
      }
    }
  }
}
