package io.kagimori.activation.store;

import io.kagimori.activation.domain.ActivationBatch;
import io.kagimori.activation.domain.Device;
import io.kagimori.activation.domain.DeviceHistory;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.stream.SqlArrays;
import io.kagimori.stream.SqlCopy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Devices and their history, read and written a batch at a time. */
final class DeviceRows {
  private static final String LOCK =
      """
      select document, version from device where device_id = any(?) order by device_id for update
      """;

  private static final String NEW =
      "device (device_id, version, product, site, license_status, document)";
  private static final String UPDATE =
      """
      update device
      set version = u.v, product = u.p, site = u.s, license_status = u.l,
          document = convert_from(u.j, 'UTF8')::json
      from unnest(?, ?, ?, ?, ?, ?) as u (d, v, p, s, l, j) where device_id = u.d
      """;
  private static final String[] TYPES = {"text", "int8", "text", "text", "int4", "bytea"};

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
   * @throws SQLException a unique violation when one was made by another channel since it was
   *     looked for
   */
  static void save(Connection connection, ActivationBatch batch) throws SQLException {
    List<Object[]> fresh = new ArrayList<>();
    List<Object[]> known = new ArrayList<>();
    for (Device device : batch.changedDevices()) {
      long version = batch.version(device.deviceId());
      (version == 0 ? fresh : known)
          .add(
              new Object[] {
                device.deviceId(),
                version + 1,
                device.installed().product(),
                device.installed().site(),
                device.license().status(),
                EventJson.bytes(device)
              });
    }
    SqlCopy.insert(connection, NEW, fresh);
    Statements.write(connection, UPDATE, TYPES, known);
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
