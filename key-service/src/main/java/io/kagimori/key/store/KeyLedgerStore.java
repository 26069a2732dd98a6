package io.kagimori.key.store;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.key.domain.KeyLedger;
import io.kagimori.key.domain.LedgerEntry;
import io.kagimori.key.domain.LowPool;
import io.kagimori.key.domain.Pool;
import io.kagimori.key.domain.RegisteredKey;
import io.kagimori.key.domain.Seat;
import io.kagimori.stream.SqlArrays;
import io.kagimori.stream.SqlCopy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Keys, pools, seats and ledger entries in PostgreSQL, read and written a batch at a time. Runs
 * inside the batch step's transaction. Keys are locked in the order of their ids before seats are
 * read, so the seats of a locked key cannot change under the batch.
 */
@ApplicationScoped
public class KeyLedgerStore {
  private static final TypeReference<List<KeyProduct>> PRODUCTS = new TypeReference<>() {};

  private static final String KEY_COLUMNS =
      """
      key_id, kind, fingerprint, partial_key, products, agreement_id, site, expires_at, blocked,
      low_pool_percent, low_pool_seats, purchased, available, reserved, consumed, overdrawn, saved
      """;
  private static final String LOAD_KEYS =
      "select "
          + KEY_COLUMNS
          + """
          from product_key
          where key_id = any(?) or partial_key = any(?) or product_slugs && ?
             or fingerprint = any(?)
          order by key_id for no key update
          """;
  private static final String LOAD_SEATS =
      """
      select device_id, key_id, installation_id, state, open_requests, activations, lease_until
      from seat where device_id = any(?)
      union all
      select device_id, key_id, installation_id, state, open_requests, activations, lease_until
      from seat where exclusive and key_id = any(?) and device_id <> all(?)
      """;
  private static final String SAVE_KEYS =
      """
      insert into product_key (key_id, version, kind, fingerprint, partial_key, products,
        product_slugs, agreement_id, site, expires_at, blocked, low_pool_percent, low_pool_seats,
        purchased, available, reserved, consumed, overdrawn, saved, changed_at)
      values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (key_id) do update set version = product_key.version + 1,
        products = excluded.products, product_slugs = excluded.product_slugs,
        agreement_id = excluded.agreement_id, site = excluded.site,
        expires_at = excluded.expires_at, blocked = excluded.blocked,
        low_pool_percent = excluded.low_pool_percent, low_pool_seats = excluded.low_pool_seats,
        purchased = excluded.purchased, available = excluded.available,
        reserved = excluded.reserved, consumed = excluded.consumed,
        overdrawn = excluded.overdrawn, saved = excluded.saved, changed_at = excluded.changed_at,
        written_at = now()
      """;
  private static final String SAVE_SEATS =
      """
      insert into seat (device_id, key_id, installation_id, state, open_requests, activations,
                        lease_until, exclusive)
      select d, k, i, s, o::uuid[], a, l::timestamptz, e
      from unnest(?, ?, ?, ?, ?, ?, ?, ?) as u (d, k, i, s, o, a, l, e)
      on conflict (device_id, key_id, installation_id) do update set state = excluded.state,
        open_requests = excluded.open_requests, activations = excluded.activations,
        lease_until = excluded.lease_until
      """;
  private static final String NEW_ENTRIES =
      "ledger_entry (key_id, event_id, from_account, to_account, seats, at)";

  /**
   * What to read.
   *
   * @param keyIds keys named
   * @param partialKeys last five characters named
   * @param products slugs whose pools may serve
   * @param fingerprints keys told apart by fingerprint
   * @param devices devices whose seats matter
   */
  public record Query(
      Collection<String> keyIds,
      Collection<String> partialKeys,
      Collection<String> products,
      Collection<String> fingerprints,
      Collection<String> devices) {}

  /** Reads and locks the keys, then reads the seats. */
  public KeyLedger load(Connection connection, Query query) throws SQLException {
    KeyLedger ledger = new KeyLedger();
    List<String> exclusive = loadKeys(connection, query, ledger);
    if (!query.devices().isEmpty()) {
      loadSeats(connection, query.devices(), exclusive, ledger);
    }
    return ledger;
  }

  private static List<String> loadKeys(Connection connection, Query query, KeyLedger ledger)
      throws SQLException {
    List<String> exclusive = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(LOAD_KEYS)) {
      statement.setArray(1, SqlArrays.texts(connection, query.keyIds()));
      statement.setArray(2, SqlArrays.texts(connection, query.partialKeys()));
      statement.setArray(3, SqlArrays.texts(connection, query.products()));
      statement.setArray(4, SqlArrays.texts(connection, query.fingerprints()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          RegisteredKey key = key(rows);
          ledger.loaded(key, pool(rows), rows.getLong("saved"));
          if (exclusive(key)) {
            exclusive.add(key.keyId());
          }
        }
      }
    }
    return exclusive;
  }

  private static void loadSeats(
      Connection connection, Collection<String> devices, List<String> exclusive, KeyLedger ledger)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOAD_SEATS)) {
      statement.setArray(1, SqlArrays.texts(connection, devices));
      statement.setArray(2, SqlArrays.texts(connection, exclusive));
      statement.setArray(3, SqlArrays.texts(connection, devices));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ledger.loaded(
              new Seat(
                  new Seat.Id(
                      rows.getString("device_id"),
                      rows.getString("key_id"),
                      rows.getString("installation_id")),
                  Seat.State.valueOf(rows.getString("state")),
                  Set.of((UUID[]) rows.getArray("open_requests").getArray()),
                  rows.getInt("activations"),
                  instant(rows, "lease_until")));
        }
      }
    }
  }

  /** Writes what the batch changed. */
  public void save(Connection connection, KeyLedger ledger) throws SQLException {
    saveKeys(connection, ledger);
    saveSeats(connection, ledger);
    saveEntries(connection, ledger);
  }

  private static void saveKeys(Connection connection, KeyLedger ledger) throws SQLException {
    if (ledger.changedKeys().isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(SAVE_KEYS)) {
      for (Map.Entry<String, Instant> changed : new TreeMap<>(ledger.changedKeys()).entrySet()) {
        bind(connection, statement, ledger, changed.getKey(), changed.getValue());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void bind(
      Connection connection,
      PreparedStatement statement,
      KeyLedger ledger,
      String keyId,
      Instant changedAt)
      throws SQLException {
    RegisteredKey key = ledger.key(keyId).orElseThrow();
    Pool pool = ledger.pool(keyId);
    int i = 1;
    statement.setString(i++, key.keyId());
    statement.setString(i++, key.kind().name());
    statement.setString(i++, key.fingerprint());
    statement.setString(i++, key.partialKey());
    statement.setString(i++, new String(EventJson.bytes(key.products()), StandardCharsets.UTF_8));
    statement.setArray(
        i++,
        SqlArrays.texts(connection, key.products().stream().map(KeyProduct::product).toList()));
    statement.setString(i++, key.agreementId());
    statement.setString(i++, key.site());
    statement.setObject(i++, offset(key.expiresAt()));
    statement.setBoolean(i++, key.blocked());
    statement.setObject(i++, key.lowPool().percent(), java.sql.Types.INTEGER);
    statement.setObject(i++, key.lowPool().seats(), java.sql.Types.BIGINT);
    statement.setLong(i++, pool.purchased());
    statement.setLong(i++, pool.available());
    statement.setLong(i++, pool.reserved());
    statement.setLong(i++, pool.consumed());
    statement.setLong(i++, pool.overdrawn());
    statement.setLong(i++, ledger.saved(keyId));
    statement.setObject(i, offset(changedAt));
  }

  private static void saveSeats(Connection connection, KeyLedger ledger) throws SQLException {
    List<Object[]> rows =
        ledger.changedSeats().stream()
            .sorted(
                Comparator.comparing((Seat seat) -> seat.id().deviceId())
                    .thenComparing(seat -> seat.id().keyId())
                    .thenComparing(seat -> seat.id().installationId()))
            .map(
                seat ->
                    new Object[] {
                      seat.id().deviceId(),
                      seat.id().keyId(),
                      seat.id().installationId(),
                      seat.state().name(),
                      arrayLiteral(seat.openRequests()),
                      seat.activations(),
                      seat.leaseUntil() == null ? null : seat.leaseUntil().toString(),
                      exclusive(ledger.key(seat.id().keyId()).orElseThrow())
                    })
            .toList();
    String[] types = {"text", "text", "text", "text", "text", "int4", "text", "bool"};
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(SAVE_SEATS)) {
      SqlArrays.bindColumns(connection, statement, types, rows);
      statement.executeUpdate();
    }
  }

  private static void saveEntries(Connection connection, KeyLedger ledger) throws SQLException {
    List<Object[]> rows = ledger.entries().stream().map(KeyLedgerStore::columns).toList();
    SqlCopy.insert(connection, NEW_ENTRIES, rows);
  }

  private static Object[] columns(LedgerEntry entry) {
    return new Object[] {
      entry.keyId(),
      entry.eventId(),
      entry.from().name(),
      entry.to().name(),
      entry.seats(),
      entry.at()
    };
  }

  /** Arrays of unequal lengths cannot be unnested as arrays, so each travels as its text. */
  private static String arrayLiteral(Set<UUID> ids) {
    return ids.stream().map(UUID::toString).collect(joining(",", "{", "}"));
  }

  private static boolean exclusive(RegisteredKey key) {
    return key.singleUse() || key.kind() == KeyKind.CSVLK;
  }

  private static RegisteredKey key(ResultSet rows) throws SQLException {
    return new RegisteredKey(
        rows.getString("key_id"),
        KeyKind.valueOf(rows.getString("kind")),
        rows.getString("fingerprint"),
        rows.getString("partial_key"),
        products(rows.getString("products")),
        rows.getString("agreement_id"),
        rows.getString("site"),
        instant(rows, "expires_at"),
        rows.getBoolean("blocked"),
        new LowPool(
            rows.getObject("low_pool_percent", Integer.class),
            rows.getObject("low_pool_seats", Long.class)));
  }

  private static Pool pool(ResultSet rows) throws SQLException {
    return new Pool(
        rows.getLong("purchased"),
        rows.getLong("available"),
        rows.getLong("reserved"),
        rows.getLong("consumed"),
        rows.getLong("overdrawn"));
  }

  static List<KeyProduct> products(String json) {
    try {
      return EventJson.mapper().readValue(json, PRODUCTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("products of a key are not readable", e);
    }
  }

  static Instant instant(ResultSet rows, String column) throws SQLException {
    OffsetDateTime at = rows.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  static OffsetDateTime offset(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
