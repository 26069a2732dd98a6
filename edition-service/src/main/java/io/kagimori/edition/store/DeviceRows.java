package io.kagimori.edition.store;

import io.kagimori.edition.domain.DeviceEdition;
import io.kagimori.edition.domain.EditionBatch;
import io.kagimori.stream.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Devices, read and written a batch at a time. Their row is what changes of them wait at. */
final class DeviceRows {
  private static final String LOAD =
      "select document from edition_device where device_id = any(?) order by device_id";
  private static final String LOCK = LOAD + " for update";
  private static final String ADD =
      """
      insert into edition_device (device_id, edition, document)
      select d, e, j::json from unnest(?, ?, ?) as u (d, e, j)
      on conflict (device_id) do nothing
      """;
  private static final String SAVE =
      """
      insert into edition_device (device_id, edition, document)
      select d, e, j::json from unnest(?, ?, ?) as u (d, e, j)
      on conflict (device_id) do update
        set edition = excluded.edition, document = excluded.document
      """;
  private static final String[] TYPES = {"text", "text", "text"};

  private DeviceRows() {}

  /** Reads devices without locking; those that nobody has heard of are left out. */
  static Set<String> load(Connection connection, Collection<String> ids, EditionBatch batch)
      throws SQLException {
    return read(connection, LOAD, ids, batch);
  }

  /**
   * Reads and locks devices.
   *
   * @param add whether those that nobody has heard of are put in first, so that two instances that
   *     hear of the same new device decide one after the other
   */
  static void lock(Connection connection, Collection<String> ids, boolean add, EditionBatch batch)
      throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    Set<String> known = read(connection, LOCK, ids, batch);
    Set<String> missing = new TreeSet<>(ids);
    missing.removeAll(known);
    if (add && !missing.isEmpty()) {
      write(connection, ADD, missing.stream().map(DeviceEdition::unknown).toList());
      read(connection, LOCK, missing, batch);
    }
  }

  private static Set<String> read(
      Connection connection, String sql, Collection<String> ids, EditionBatch batch)
      throws SQLException {
    Set<String> read = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, SqlArrays.texts(connection, ids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          DeviceEdition device = Documents.read(rows.getString(1), DeviceEdition.class);
          batch.loaded(device);
          read.add(device.deviceId());
        }
      }
    }
    return read;
  }

  static void save(Connection connection, Collection<DeviceEdition> devices) throws SQLException {
    write(connection, SAVE, devices);
  }

  private static void write(Connection connection, String sql, Collection<DeviceEdition> devices)
      throws SQLException {
    List<Object[]> rows = new ArrayList<>(devices.size());
    devices.forEach(
        device ->
            rows.add(new Object[] {device.deviceId(), device.edition(), Documents.write(device)}));
    Statements.write(connection, sql, TYPES, rows);
  }
}
