package io.kagimori.esu.store;

import io.agroal.api.AgroalDataSource;
import io.kagimori.esu.domain.CampaignPlan;
import io.kagimori.esu.domain.EsuPlan;
import io.kagimori.esu.domain.EsuYear;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts a fleet for a campaign. */
@ApplicationScoped
public class Campaigns {
  private static final String FLEET =
      """
      select count(*), count(*) filter (where y.held or d.platform @> ?::date),
        count(*) filter (where d.blocked is not null)
      from esu_device d
      left join esu_year y
        on y.device_id = d.device_id and y.program = ? and y.year = ? and y.held
      where d.product = ? and d.until = 'infinity'
      """;
  private static final String BLOCKED =
      """
      select reason, count(*) from esu_device d, unnest(string_to_array(d.blocked, ' ')) as r (reason)
      where d.product = ? and d.until = 'infinity' and d.blocked is not null group by reason
      """;
  private static final String LACKING =
      """
      select count(*) from esu_device d
      where d.product = ? and d.until = 'infinity' and d.blocked is null and not d.platform @> ?::date
        and not exists (select 1 from esu_year y where y.device_id = d.device_id
          and y.program = ? and y.year = ? and y.held)
      """;

  private final AgroalDataSource database;
  private final EsuPlan plan;

  Campaigns(AgroalDataSource database, EsuStore store) {
    this.database = database;
    this.plan = store.plan();
  }

  /** The plan that gets a year onto every device of its product. */
  public CampaignPlan.WithPools plan(EsuYear year, Instant now) {
    LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    LocalDate day = today.isAfter(year.start()) ? today : year.start();
    try (Connection connection = database.getConnection()) {
      return CampaignPlan.of(
          year,
          fleet(connection, year, day),
          EsuKeyRows.pools(connection, year.product(), now),
          today);
    } catch (SQLException e) {
      throw new IllegalStateException("the database did not answer", e);
    }
  }

  private CampaignPlan.Fleet fleet(Connection connection, EsuYear year, LocalDate day)
      throws SQLException {
    Map<String, Long> blocked = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(BLOCKED)) {
      statement.setString(1, year.product());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          blocked.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    Map<EsuYear, Long> lacking = new LinkedHashMap<>();
    for (EsuYear each : plan.of(year.product())) {
      if (each.year() <= year.year() && each.sale() == EsuYear.Sale.KEY) {
        lacking.put(each, lacking(connection, each, day));
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(FLEET)) {
      statement.setObject(1, day);
      statement.setString(2, year.program());
      statement.setInt(3, year.year());
      statement.setString(4, year.product());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return new CampaignPlan.Fleet(
            rows.getLong(1), rows.getLong(2), blocked, rows.getLong(3), lacking);
      }
    }
  }

  private static long lacking(Connection connection, EsuYear year, LocalDate day)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LACKING)) {
      statement.setString(1, year.product());
      statement.setObject(2, day);
      statement.setString(3, year.program());
      statement.setInt(4, year.year());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
