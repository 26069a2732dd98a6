package io.kagimori.esu.store;

import io.agroal.api.AgroalDataSource;
import io.kagimori.esu.domain.CoverageState;
import io.kagimori.esu.domain.EsuDevice;
import io.kagimori.esu.domain.EsuPlan;
import io.kagimori.esu.domain.EsuYear;
import io.kagimori.esu.domain.PlatformCover;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The coverage of a fleet on a day, counted and listed by the database. Says the same as {@link
 * io.kagimori.esu.domain.Coverage} of each device; a test holds the two together.
 */
@ApplicationScoped
public class CoverageReport {
  /** What a program is on the day: one row for each product. */
  private static final String PROGRAMS =
      """
      with p as materialized (
        select * from unnest(?::text[], ?::text[], ?::int[], ?::text[])
          as u (product, program, year, phase))
      """;

  private static final String STATES =
      """
      select d.device_id, d.product, p.program, p.year, d.site, d.collection, d.incidents,
        d.blocked, coalesce(p.year = any(d.disputed), false) as disputed,
        case
          when d.product is null then 'UNKNOWN'
          when p.phase is null or p.phase = 'BEFORE' then 'NOT_APPLICABLE'
          when d.licensed @> ?::date then 'COVERED'
          when d.platform @> ?::date then
            case when ?::date > d.signed_in_on + %d then 'AT_RISK' else 'COVERED_BY_PLATFORM' end
          when d.first_covered_on < ?::date then 'LAPSED'
          when p.phase = 'AFTER' or d.blocked is not null then 'BLOCKED'
          else 'ELIGIBLE'
        end as state
      from esu_device d left join p on p.product = d.product
      where d.since <= ?::date and d.until > ?::date
      """
          .formatted(PlatformCover.AT_RISK_AFTER_DAYS);

  private static final String COUNTS =
      "program, year, site, collection, state, count(*), count(*) filter (where disputed),"
          + " count(*) filter (where incidents > 0)";

  private static final String DOCUMENT = "select document from esu_document where device_id = ?";

  private final AgroalDataSource database;
  private final EsuPlan plan;

  CoverageReport(AgroalDataSource database, EsuStore store) {
    this.database = database;
    this.plan = store.plan();
  }

  /**
   * Which devices a report is about; an absent value does not filter.
   *
   * @param program id of the program
   * @param year number of the year in which the day lies
   * @param product slug of the product
   * @param site label
   * @param collection label
   * @param state state on the day
   * @param disputed whether sources disagree
   * @param failing whether updates fail
   */
  public record Filter(
      Optional<String> program,
      Optional<Integer> year,
      Optional<String> product,
      Optional<String> site,
      Optional<String> collection,
      Optional<CoverageState> state,
      Optional<Boolean> disputed,
      Optional<Boolean> failing) {}

  /**
   * A device in a list.
   *
   * @param deviceId the device
   * @param product slug of the product
   * @param program id of the program; null where there is none
   * @param year the year in which the day lies; null outside of all
   * @param site label
   * @param collection label
   * @param state its coverage
   * @param blocked codes of what its system lacks
   * @param discrepancy whether sources disagree
   * @param failingUpdates updates that failed and have not succeeded since
   */
  public record Line(
      String deviceId,
      String product,
      String program,
      Integer year,
      String site,
      String collection,
      CoverageState state,
      List<String> blocked,
      boolean discrepancy,
      int failingUpdates) {}

  /**
   * A count.
   *
   * @param program id of the program; null where there is none
   * @param year the year in which the day lies; null outside of all
   * @param site label; null where none is known
   * @param collection label; null where none is known
   * @param state coverage
   * @param devices how many
   * @param discrepancies those of them on which sources disagree
   * @param failing those of them with failing updates
   */
  public record Group(
      String program,
      Integer year,
      String site,
      String collection,
      CoverageState state,
      long devices,
      long discrepancies,
      long failing) {}

  /** A statement with the values of its parameters, in order. */
  private record Query(String sql, List<Object> values) {}

  /** Devices behind one, in the order of their ids. */
  public List<Line> after(String deviceId, Filter filter, LocalDate day, int limit) {
    List<Line> lines = new ArrayList<>();
    each(deviceId, filter, day, limit, lines::add);
    return lines;
  }

  /** The same, one by one, for exports of any size. */
  public void each(
      String deviceId, Filter filter, LocalDate day, int limit, Consumer<Line> consumer) {
    Query query = states("*", filter, day, "d.device_id > ?", deviceId);
    String sql = query.sql() + " order by device_id limit ?";
    query.values().add(limit);
    read(new Query(sql, query.values()), rows -> consumer.accept(line(rows)));
  }

  /** The fleet counted by program, year, site, collection and state. */
  public List<Group> summary(Filter filter, LocalDate day) {
    Query query = states(COUNTS, filter, day, null, null);
    String sql =
        query.sql()
            + " group by program, year, site, collection, state"
            + " order by program, year, site, collection, state";
    List<Group> groups = new ArrayList<>();
    read(
        new Query(sql, query.values()),
        rows ->
            groups.add(
                new Group(
                    rows.getString(1),
                    rows.getObject(2, Integer.class),
                    rows.getString(3),
                    rows.getString(4),
                    CoverageState.valueOf(rows.getString(5)),
                    rows.getLong(6),
                    rows.getLong(7),
                    rows.getLong(8))));
    return groups;
  }

  /** A device with everything known of it. */
  public Optional<EsuDevice> device(String deviceId) {
    List<EsuDevice> found = new ArrayList<>();
    read(
        new Query(DOCUMENT, List.of(deviceId)),
        rows -> found.add(Documents.read(rows, 1, EsuDevice.class)));
    return found.stream().findFirst();
  }

  private Query states(
      String columns, Filter filter, LocalDate day, String condition, Object value) {
    List<Object> values = new ArrayList<>();
    programs(day, values);
    for (int i = 0; i < 6; i++) {
      values.add(day);
    }
    StringBuilder inside = new StringBuilder(STATES);
    if (condition != null) {
      inside.append(" and ").append(condition);
      values.add(value);
    }
    narrowed(inside, "d.product", filter.product(), values);
    narrowed(inside, "d.site", filter.site(), values);
    narrowed(inside, "d.collection", filter.collection(), values);
    narrowed(inside, "p.program", filter.program(), values);
    narrowed(inside, "p.year", filter.year(), values);
    if (filter.failing().isPresent()) {
      inside.append(filter.failing().get() ? " and d.incidents > 0" : " and d.incidents = 0");
    }
    if (filter.disputed().filter(wanted -> wanted).isPresent()) {
      inside.append(" and d.disputed is not null");
    }
    if (filter.state().isPresent()) {
      ImpliedByState implied = ImpliedByState.of(filter.state().get(), plan, day);
      inside.append(" and ").append(implied.sql());
      values.addAll(implied.values());
    }
    StringBuilder sql =
        new StringBuilder(PROGRAMS)
            .append("select ")
            .append(columns)
            .append(" from (")
            .append(inside)
            .append(") s");
    String glue = " where ";
    if (filter.state().isPresent()) {
      sql.append(glue).append("state = ?");
      values.add(filter.state().get().name());
      glue = " and ";
    }
    if (filter.disputed().isPresent()) {
      sql.append(glue).append("disputed = ?");
      values.add(filter.disputed().get());
    }
    return new Query(sql.toString(), values);
  }

  private static void narrowed(
      StringBuilder sql, String column, Optional<?> wanted, List<Object> values) {
    wanted.ifPresent(
        value -> {
          sql.append(" and ").append(column).append(" = ?");
          values.add(value);
        });
  }

  private void programs(LocalDate day, List<Object> values) {
    Set<String> slugs = new LinkedHashSet<>();
    plan.years().forEach(year -> slugs.add(year.product()));
    List<String> programs = new ArrayList<>();
    List<Integer> years = new ArrayList<>();
    List<String> phases = new ArrayList<>();
    for (String product : slugs) {
      List<EsuYear> all = plan.of(product);
      programs.add(all.getFirst().program());
      years.add(plan.on(product, day).map(EsuYear::year).orElse(null));
      boolean before = day.isBefore(all.getFirst().start());
      boolean over = plan.lastDay(product).filter(day::isAfter).isPresent();
      phases.add(before ? "BEFORE" : over ? "AFTER" : "RUNNING");
    }
    values.add(slugs.toArray(new String[0]));
    values.add(programs.toArray(new String[0]));
    values.add(years.toArray(new Integer[0]));
    values.add(phases.toArray(new String[0]));
  }

  private static Line line(ResultSet rows) throws SQLException {
    String blocked = rows.getString("blocked");
    return new Line(
        rows.getString("device_id"),
        rows.getString("product"),
        rows.getString("program"),
        rows.getObject("year", Integer.class),
        rows.getString("site"),
        rows.getString("collection"),
        CoverageState.valueOf(rows.getString("state")),
        blocked == null ? List.of() : List.of(blocked.split(" ")),
        rows.getBoolean("disputed"),
        rows.getInt("incidents"));
  }

  /** Takes one row. */
  interface RowReader {
    void read(ResultSet rows) throws SQLException;
  }

  private void read(Query query, RowReader each) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(query.sql())) {
      int at = 1;
      for (Object value : query.values()) {
        switch (value) {
          case String[] texts -> statement.setArray(at, connection.createArrayOf("text", texts));
          case Integer[] numbers ->
              statement.setArray(at, connection.createArrayOf("int4", numbers));
          default -> statement.setObject(at, value);
        }
        at++;
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          each.read(rows);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database did not answer", e);
    }
  }
}
