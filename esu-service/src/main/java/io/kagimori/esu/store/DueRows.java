package io.kagimori.esu.store;

import io.kagimori.esu.domain.EsuBatch;
import io.kagimori.esu.domain.EsuDevice;
import io.kagimori.esu.domain.TurnRule;
import io.kagimori.stream.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The day on which a tick has to look at a device; devices that never are due have none. */
final class DueRows {
  /** Rows that another channel holds are passed over: it decides on them right now. */
  private static final String LOCK =
      """
      select x.document, u.due_on = '-infinity'
      from esu_due u join esu_document x using (device_id)
      where u.due_on <= ? order by u.due_on, u.device_id limit\s""";

  private static final String PASSING_OVER = " for update of x skip locked";

  private static final String SAVE =
      """
      insert into esu_due (device_id, due_on)
      select d, o::date from unnest(?, ?) as t (d, o)
      on conflict (device_id) do update set due_on = excluded.due_on
      """;
  private static final String DELETE = "delete from esu_due where device_id = any(?)";

  private static final String PLAN = "select digest from esu_plan";
  private static final String SAVE_PLAN =
      """
      insert into esu_plan (digest) values (?)
      on conflict (only_one) do update set digest = excluded.digest
      """;
  private static final String FIRST_PLAN =
      """
      insert into esu_plan (digest) select ? where not exists (select from esu_document)
      on conflict do nothing
      """;
  private static final String ALL_DUE =
      """
      insert into esu_due (device_id, due_on)
      select device_id, '-infinity' from esu_document order by device_id
      on conflict (device_id) do update set due_on = excluded.due_on
      """;

  private DueRows() {}

  /**
   * Reads and locks devices that are due, the longest overdue first.
   *
   * @return those of them that are due because the programs changed
   */
  static Set<String> lock(Connection connection, LocalDate until, int limit, EsuBatch batch)
      throws SQLException {
    Set<String> anew = new HashSet<>();
    // The limit stands in the text, so that the database never plans for a tenth of the fleet.
    try (PreparedStatement statement = connection.prepareStatement(LOCK + limit + PASSING_OVER)) {
      statement.setObject(1, until);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          EsuDevice device = Documents.read(rows, 1, EsuDevice.class);
          batch.loaded(device);
          if (rows.getBoolean(2)) {
            anew.add(device.deviceId());
          }
        }
      }
    }
    return anew;
  }

  /** Writes the days of devices that changed, where they are others now. */
  static void saveChanged(Connection connection, EsuBatch batch, TurnRule turn)
      throws SQLException {
    List<Object[]> days = new ArrayList<>();
    List<String> never = new ArrayList<>();
    for (EsuDevice device : batch.changedDevices()) {
      Optional<LocalDate> day = turn.dueOn(device);
      if (!day.equals(batch.before(device.deviceId()).flatMap(turn::dueOn))) {
        sort(device, day, days, never);
      }
    }
    write(connection, days, never);
  }

  /** Writes the days of all devices of a sweep; none stays due because nothing changed. */
  static void saveAll(Connection connection, EsuBatch batch, TurnRule turn) throws SQLException {
    List<Object[]> days = new ArrayList<>();
    List<String> never = new ArrayList<>();
    for (EsuDevice device : batch.devices()) {
      sort(device, turn.dueOn(device), days, never);
    }
    write(connection, days, never);
  }

  private static void sort(
      EsuDevice device, Optional<LocalDate> day, List<Object[]> days, List<String> never) {
    day.ifPresentOrElse(
        on -> days.add(new Object[] {device.deviceId(), on.toString()}),
        () -> never.add(device.deviceId()));
  }

  private static void write(Connection connection, List<Object[]> days, List<String> never)
      throws SQLException {
    Statements.write(connection, SAVE, new String[] {"text", "text"}, days);
    if (!never.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
        statement.setArray(1, SqlArrays.texts(connection, never));
        statement.executeUpdate();
      }
    }
  }

  /** Where the programs are others than last time, every device is due at once. */
  static void planned(Connection connection, String digest) throws SQLException {
    try (PreparedStatement known = connection.prepareStatement(PLAN);
        ResultSet row = known.executeQuery()) {
      if (row.next() && row.getString(1).equals(digest)) {
        return;
      }
    }
    try (PreparedStatement save = connection.prepareStatement(SAVE_PLAN);
        PreparedStatement all = connection.prepareStatement(ALL_DUE)) {
      save.setString(1, digest);
      save.executeUpdate();
      all.executeUpdate();
    }
  }

  /** Remembers the programs of a service that has no devices yet. */
  static void plannedFirst(Connection connection, String digest) throws SQLException {
    try (PreparedStatement first = connection.prepareStatement(FIRST_PLAN)) {
      first.setString(1, digest);
      first.executeUpdate();
    }
  }
}
