package io.kagimori.activation.store;

import io.kagimori.activation.domain.ActivationBatch;
import io.kagimori.activation.domain.Device;
import io.kagimori.activation.domain.DeviceHistory;
import io.kagimori.stream.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Devices and their history, read and written a batch at a time. */
final class DeviceRows {
  /** SQLSTATE of a serialization failure: the same batch succeeds on a fresh state. */
  private static final String START_AGAIN = "40001";

  private static final String LOCK =
      """
      select document, version from device where device_id = any(?) order by device_id for update
      """;

  /** A row that is new here may have been made by another channel meanwhile; then it is left. */
  private static final String SAVE =
      """
      insert into device (device_id, version, product, site, license_status, document)
      select d, v, p, s, l, j::json from unnest(?, ?, ?, ?, ?, ?) as u (d, v, p, s, l, j)
      on conflict (device_id) do update
        set version = excluded.version, product = excluded.product, site = excluded.site,
            license_status = excluded.license_status, document = excluded.document
        where device.version = excluded.version - 1
      """;

  private static final String SAVE_HISTORY =
      """
      insert into device_history (device_id, at, event_id, product, document)
      select d, t::timestamptz, e, p, j::json from unnest(?, ?, ?, ?, ?) as u (d, t, e, p, j)
      on conflict do nothing
      """;

  private DeviceRows() {}

  static void lock(Connection connection, Collection<String> ids, ActivationBatch batch)
      throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setArray(1, SqlArrays.texts(connection, ids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          batch.loaded(Documents.read(rows.getString(1), Device.class), rows.getLong(2));
        }
      }
    }
  }

  /**
   * Writes the devices.
   *
   * @throws SQLTransientException when one was made by another channel since it was looked for
   */
  static void save(Connection connection, ActivationBatch batch) throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    for (Device device : batch.changedDevices()) {
      rows.add(
          new Object[] {
            device.deviceId(),
            batch.version(device.deviceId()) + 1,
            device.installed().product(),
            device.installed().site(),
            device.license().status(),
            Documents.write(device)
          });
    }
    String[] types = {"text", "int8", "text", "text", "int4", "text"};
    if (Statements.write(connection, SAVE, types, rows) < rows.size()) {
      throw new SQLTransientException("a device is new to two channels at once", START_AGAIN);
    }
  }

  static void saveHistory(Connection connection, List<DeviceHistory> history) throws SQLException {
    List<Object[]> rows = new ArrayList<>(history.size());
    for (DeviceHistory line : history) {
      rows.add(
          new Object[] {
            line.deviceId(),
            line.at().toString(),
            line.eventId(),
            line.product() == null ? "" : line.product(),
            Documents.write(line)
          });
    }
    String[] types = {"text", "text", "uuid", "text", "text"};
    Statements.write(connection, SAVE_HISTORY, types, rows);
  }
}
