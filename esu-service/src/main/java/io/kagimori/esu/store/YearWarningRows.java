package io.kagimori.esu.store;

import io.kagimori.esu.domain.YearWarnings.Warning;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Year warnings that were told, and what they count. */
public final class YearWarningRows {
  private static final String TOLD = "select program, year, days_before from year_warning";
  private static final String SAVE =
      """
      insert into year_warning (program, year, days_before, told_at)
      select p, y, b, t::timestamptz from unnest(?, ?, ?, ?) as u (p, y, b, t)
      on conflict do nothing
      """;

  /** Devices that the year covers, and those of them that have the next one already. */
  private static final String COUNT =
      """
      select count(*), count(n.device_id)
      from esu_year y
      join esu_device d on d.device_id = y.device_id and d.until = 'infinity'
      left join esu_year n
        on n.device_id = y.device_id and n.program = y.program and n.year = y.year + 1 and n.held
      where y.program = ? and y.year = ? and y.held and d.licensed @> ?::date
      """;

  private YearWarningRows() {}

  /** How a year stands: devices covered, and those with the next year. */
  public record Count(long covered, long renewed) {}

  /** The warnings that were told. */
  public static Set<Warning> told(Connection connection) throws SQLException {
    Set<Warning> told = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(TOLD);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        told.add(new Warning(rows.getString(1), rows.getInt(2), rows.getInt(3)));
      }
    }
    return told;
  }

  /** Counts a year's devices on a day. */
  public static Count count(Connection connection, String program, int year, LocalDate day)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setString(1, program);
      statement.setInt(2, year);
      statement.setObject(3, day);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return new Count(rows.getLong(1), rows.getLong(2));
      }
    }
  }

  /** Marks warnings as told. */
  public static void save(Connection connection, Collection<Warning> warnings, Instant at)
      throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    warnings.forEach(
        w -> rows.add(new Object[] {w.program(), w.year(), w.daysBefore(), at.toString()}));
    Statements.write(connection, SAVE, new String[] {"text", "int4", "int4", "text"}, rows);
  }
}
