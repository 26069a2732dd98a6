package io.kagimori.esu.store;

import io.kagimori.esu.domain.Coverage;
import io.kagimori.esu.domain.EsuBatch;
import io.kagimori.esu.domain.EsuDevice;
import io.kagimori.esu.domain.EsuPlan;
import io.kagimori.esu.domain.PlatformCover;
import io.kagimori.esu.domain.Span;
import io.kagimori.esu.domain.TurnRule;
import io.kagimori.esu.domain.YearRecord;
import io.kagimori.stream.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Devices, read and written a batch at a time. */
final class DeviceRows {
  /** SQLSTATE of a serialization failure: the same batch succeeds on a fresh state. */
  private static final String START_AGAIN = "40001";

  private static final String LOCK =
      """
      select x.document, d.version from esu_device d join esu_document x using (device_id)
      where d.device_id = any(?) order by d.device_id for update of d
      """;

  /** Rows that another instance holds are passed over: it decides on them right now. */
  private static final String LOCK_DUE =
      """
      with due as materialized (
        select device_id, version from esu_device where due_on <= ?
        order by due_on, device_id limit ? for update skip locked)
      select x.document, due.version from due join esu_document x using (device_id)
      """;

  /** A row that is new here may have been made by another channel meanwhile; then it is left. */
  private static final String SAVE =
      """
      insert into esu_device (device_id, version, product, site, collection, licensed, platform,
        signed_in_on, first_covered_on, blocked, disputed, incidents, due_on)
      select d, v, p, s, c, l::datemultirange, f::datemultirange, g::date, a::date, b, u::int[], i,
        e::date
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        as t (d, v, p, s, c, l, f, g, a, b, u, i, e)
      on conflict (device_id) do update
        set version = excluded.version, product = excluded.product, site = excluded.site,
            collection = excluded.collection, licensed = excluded.licensed,
            platform = excluded.platform, signed_in_on = excluded.signed_in_on,
            first_covered_on = excluded.first_covered_on, blocked = excluded.blocked,
            disputed = excluded.disputed, incidents = excluded.incidents,
            due_on = excluded.due_on
        where esu_device.version = excluded.version - 1
      """;

  private static final String[] SAVE_TYPES = {
    "text", "int8", "text", "text", "text", "text", "text", "text", "text", "text", "text", "int4",
    "text"
  };
  private static final String SAVE_DOCUMENTS =
      """
      insert into esu_document (device_id, document)
      select d, j::json from unnest(?, ?) as t (d, j)
      on conflict (device_id) do update set document = excluded.document
      """;
  private static final String SAVE_YEARS =
      """
      insert into esu_year (device_id, program, year, product, held)
      select d, p, y, r, h from unnest(?, ?, ?, ?, ?) as t (d, p, y, r, h)
      on conflict (device_id, program, year) do update
        set product = excluded.product, held = excluded.held
        where (esu_year.product, esu_year.held) is distinct from (excluded.product, excluded.held)
      """;

  private DeviceRows() {}

  static void lock(Connection connection, Collection<String> ids, EsuBatch batch)
      throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setArray(1, SqlArrays.texts(connection, ids));
      read(statement, batch);
    }
  }

  static void lockDue(Connection connection, LocalDate until, int limit, EsuBatch batch)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK_DUE)) {
      statement.setObject(1, until);
      statement.setInt(2, limit);
      read(statement, batch);
    }
  }

  private static void read(PreparedStatement statement, EsuBatch batch) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        batch.loaded(Documents.read(rows.getString(1), EsuDevice.class), rows.getLong(2));
      }
    }
  }

  /**
   * Writes the devices.
   *
   * @throws SQLTransientException when one was made by another channel since it was looked for
   */
  static void save(Connection connection, EsuBatch batch, EsuPlan plan, TurnRule turn)
      throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    List<Object[]> documents = new ArrayList<>();
    List<Object[]> years = new ArrayList<>();
    for (EsuDevice device : batch.changedDevices()) {
      rows.add(row(device, batch.version(device.deviceId()) + 1, plan, turn));
      documents.add(new Object[] {device.deviceId(), Documents.write(device)});
      for (YearRecord record : batch.changedYears(device)) {
        years.add(
            new Object[] {
              device.deviceId(), record.program(), record.year(), record.product(), record.held()
            });
      }
    }
    if (Statements.write(connection, SAVE, SAVE_TYPES, rows) < rows.size()) {
      throw new SQLTransientException("a device is new to two channels at once", START_AGAIN);
    }
    Statements.write(connection, SAVE_DOCUMENTS, new String[] {"text", "text"}, documents);
    Statements.write(
        connection, SAVE_YEARS, new String[] {"text", "text", "int4", "text", "bool"}, years);
  }

  private static Object[] row(EsuDevice device, long version, EsuPlan plan, TurnRule turn) {
    PlatformCover platform = device.platform();
    List<String> blocked = Coverage.blocking(device, plan);
    List<Integer> disputed = device.disputedYears();
    return new Object[] {
      device.deviceId(),
      version,
      device.facts().product(),
      device.facts().site(),
      device.facts().collection(),
      ranges(device.licensed()),
      ranges(platform == null ? List.of() : platform.spans()),
      platform == null ? null : text(platform.signedInOn()),
      device.firstCovered().map(LocalDate::toString).orElse(null),
      blocked.isEmpty() ? null : String.join(" ", blocked),
      disputed.isEmpty()
          ? null
          : disputed.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")),
      device.incidents().size(),
      turn.dueOn(device).map(LocalDate::toString).orElse(null)
    };
  }

  private static String text(LocalDate day) {
    return day == null ? null : day.toString();
  }

  private static String ranges(List<Span> spans) {
    return spans.stream()
        .map(span -> "[" + span.from() + "," + (span.to() == null ? ")" : span.to() + "]"))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
