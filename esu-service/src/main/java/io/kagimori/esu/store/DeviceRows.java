package io.kagimori.esu.store;

import io.kagimori.esu.domain.Coverage;
import io.kagimori.esu.domain.EsuBatch;
import io.kagimori.esu.domain.EsuDevice;
import io.kagimori.esu.domain.EsuPlan;
import io.kagimori.esu.domain.FormerSystem;
import io.kagimori.esu.domain.PlatformCover;
import io.kagimori.esu.domain.Span;
import io.kagimori.esu.domain.YearRecord;
import io.kagimori.stream.SqlArrays;
import io.kagimori.stream.SqlCopy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Devices, read and written a batch at a time. */
final class DeviceRows {
  private static final String[] DOCUMENT_TYPES = {"text", "bytea"};

  private static final String LOCK =
      """
      select document from esu_document
      where device_id = any(?) order by device_id for update
      """;
  private static final String READ = "select document from esu_document where device_id = any(?)";
  private static final String NEW_DOCUMENTS = "esu_document (device_id, document)";
  private static final String UPDATE_DOCUMENTS =
      """
      update esu_document x set document = convert_from(t.j, 'UTF8')::json
      from unnest(?, ?) as t (d, j) where x.device_id = t.d
      """;
  private static final String INSERT_ROWS =
      """
      insert into esu_device (device_id, product, site, collection, licensed, platform,
        signed_in_on, first_covered_on, blocked, disputed, incidents)
      select d, p, s, c, l::datemultirange, f::datemultirange, g::date, a::date, b, u::int[], i
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as t (d, p, s, c, l, f, g, a, b, u, i)
      """;
  private static final String UPDATE_ROWS =
      """
      update esu_device x
      set product = t.p, site = t.s, collection = t.c, licensed = t.l::datemultirange,
          platform = t.f::datemultirange, signed_in_on = t.g::date,
          first_covered_on = t.a::date, blocked = t.b, disputed = t.u::int[], incidents = t.i
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as t (d, p, s, c, l, f, g, a, b, u, i)
      where x.device_id = t.d and x.until = 'infinity'
      """;
  private static final String[] ROW_TYPES = {
    "text", "text", "text", "text", "text", "text", "text", "text", "text", "text", "int4"
  };
  private static final String SAVE_SYSTEMS =
      """
      insert into esu_device (device_id, product, site, collection, licensed, platform,
        signed_in_on, first_covered_on, blocked, disputed, incidents, since, until)
      select d, p, s, c, l::datemultirange, f::datemultirange, g::date, a::date, b, u::int[], i,
        coalesce(o::date, '-infinity'), coalesce(e::date, 'infinity')
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as t (d, p, s, c, l, f, g, a, b, u, i, o, e)
      on conflict (device_id, until) do update
        set (product, site, collection, licensed, platform, signed_in_on, first_covered_on, blocked,
             disputed, incidents, since)
          = (excluded.product, excluded.site, excluded.collection, excluded.licensed,
             excluded.platform, excluded.signed_in_on, excluded.first_covered_on, excluded.blocked,
             excluded.disputed, excluded.incidents, excluded.since)
      """;
  private static final String[] SYSTEM_TYPES =
      Stream.concat(Stream.of(ROW_TYPES), Stream.of("text", "text")).toArray(String[]::new);
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
    select(connection, LOCK, ids, batch);
  }

  static void read(Connection connection, Collection<String> ids, EsuBatch batch)
      throws SQLException {
    batch.onlyRead(ids);
    select(connection, READ, ids, batch);
  }

  private static void select(
      Connection connection, String sql, Collection<String> ids, EsuBatch batch)
      throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, SqlArrays.texts(connection, ids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          batch.loaded(Documents.read(rows, 1, EsuDevice.class));
        }
      }
    }
  }

  /**
   * Writes the devices that changed; the row that reports read only where it says something else.
   *
   * @param anew devices whose rows are written whatever they said before
   * @throws SQLException a unique violation when one was made by another channel since it was
   *     looked for
   */
  static void save(Connection connection, EsuBatch batch, EsuPlan plan, Set<String> anew)
      throws SQLException {
    List<Object[]> newRows = new ArrayList<>();
    List<Object[]> newDocuments = new ArrayList<>();
    List<Object[]> rows = new ArrayList<>();
    List<Object[]> systems = new ArrayList<>();
    List<Object[]> documents = new ArrayList<>();
    List<Object[]> years = new ArrayList<>();
    for (EsuDevice device : batch.changedDevices()) {
      Optional<EsuDevice> before = batch.before(device.deviceId());
      (before.isPresent() ? documents : newDocuments)
          .add(new Object[] {device.deviceId(), Documents.write(device.document())});
      boolean shown = before.isPresent() && shownAlike(device, before.get());
      if (!shown && !anew.contains(device.deviceId())) {
        rows(device, plan, before.isEmpty() ? newRows : rows, systems);
      }
      for (YearRecord record : batch.changedYears(device)) {
        years.add(
            new Object[] {
              device.deviceId(), record.program(), record.year(), record.product(), record.held()
            });
      }
    }
    anew.forEach(id -> rows(batch.device(id), plan, rows, systems));
    SqlCopy.insert(connection, NEW_DOCUMENTS, newDocuments);
    Statements.write(connection, UPDATE_DOCUMENTS, DOCUMENT_TYPES, documents);
    Statements.write(connection, INSERT_ROWS, ROW_TYPES, newRows);
    Statements.write(connection, UPDATE_ROWS, ROW_TYPES, rows);
    Statements.write(connection, SAVE_SYSTEMS, SYSTEM_TYPES, systems);
    Statements.write(
        connection, SAVE_YEARS, new String[] {"text", "text", "int4", "text", "bool"}, years);
  }

  /** Whether everything that a row is made from is the same. */
  private static boolean shownAlike(EsuDevice one, EsuDevice other) {
    return one.facts().equals(other.facts())
        && one.former().equals(other.former())
        && one.licensed().equals(other.licensed())
        && Objects.equals(one.platform(), other.platform())
        && one.disputedYears().equals(other.disputedYears())
        && one.incidents().size() == other.incidents().size();
  }

  /** Few devices ever had another system; those write all their rows. */
  private static void rows(
      EsuDevice device, EsuPlan plan, List<Object[]> single, List<Object[]> systems) {
    if (device.former().isEmpty()) {
      single.add(row(device, plan));
      return;
    }
    LocalDate since = null;
    for (FormerSystem system : device.former()) {
      EsuDevice then = device.on(system.until().minusDays(1));
      systems.add(system(row(then, plan), since, system.until()));
      since = system.until();
    }
    systems.add(system(row(device, plan), since, null));
  }

  private static Object[] system(Object[] row, LocalDate since, LocalDate until) {
    Object[] all = Arrays.copyOf(row, SYSTEM_TYPES.length);
    all[row.length] = text(since);
    all[row.length + 1] = text(until);
    return all;
  }

  private static Object[] row(EsuDevice device, EsuPlan plan) {
    PlatformCover platform = device.platform();
    List<String> blocked = Coverage.blocking(device, plan);
    List<Integer> disputed = device.disputedYears();
    return new Object[] {
      device.deviceId(),
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
      device.incidents().size()
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
