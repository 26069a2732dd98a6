package io.kagimori.activation.store;

import io.kagimori.activation.domain.ActivationBatch;
import io.kagimori.activation.domain.CmidDevices;
import io.kagimori.activation.domain.KmsContacts;
import io.kagimori.activation.domain.KmsHost;
import io.kagimori.stream.SqlArrays;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** KMS hosts, their clients and the devices behind client machine IDs, a batch at a time. */
final class KmsRows {
  /** Hosts looked at when a count is found too low; more hosts than any fleet runs. */
  private static final int OTHER_HOSTS_MAX = 200;

  private static final String LOCK_HOSTS =
      "select document from kms_host where host = any(?) order by host for update";
  private static final String READ_HOSTS = "select document from kms_host where host = any(?)";
  private static final String ADD_HOSTS =
      """
      insert into kms_host (host, last_seen_at, document)
      select h, t::timestamptz, j::json from unnest(?, ?, ?) as u (h, t, j)
      on conflict (host) do nothing
      """;
  private static final String SAVE_HOSTS =
      """
      insert into kms_host (host, last_seen_at, document)
      select h, t::timestamptz, j::json from unnest(?, ?, ?) as u (h, t, j)
      on conflict (host) do update
        set last_seen_at = excluded.last_seen_at, document = excluded.document
      """;
  private static final String RECENT_CONTACTS =
      """
      select h.host, c.cmid, c.last_seen_at
      from unnest(?) as h (host)
      cross join lateral (
        select k.cmid, k.last_seen_at from kms_contact k
        where k.host = h.host and k.last_seen_at >= ?
        order by k.last_seen_at desc limit ?) c
      """;
  private static final String CONTACTS_OF_OTHERS =
      """
      select h.host, c.cmid, c.last_seen_at
      from (select host from kms_host where not (host = any(?)) and last_seen_at >= ?
            order by last_seen_at desc, host limit ?) h
      cross join lateral (
        select k.cmid, k.last_seen_at from kms_contact k
        where k.host = h.host and k.last_seen_at >= ?
        order by k.last_seen_at desc limit ?) c
      """;
  private static final String SAVE_CONTACTS =
      """
      insert into kms_contact (host, cmid, last_seen_at)
      select h, c, t::timestamptz from unnest(?, ?, ?) as u (h, c, t)
      on conflict (host, cmid) do update
        set last_seen_at = greatest(kms_contact.last_seen_at, excluded.last_seen_at)
      """;
  private static final String CMID_DEVICES =
      """
      select u.cmid, d.device_id, d.last_seen_at, d.total
      from unnest(?) as u (cmid)
      cross join lateral (
        select k.device_id, k.last_seen_at, count(*) over () as total from cmid_device k
        where k.cmid = u.cmid and k.last_seen_at >= ?
        order by k.device_id limit ?) d
      """;
  private static final String OWN_CMID_DEVICES =
      """
      select k.cmid, k.device_id, k.last_seen_at
      from unnest(?, ?) as u (c, d)
      join cmid_device k on k.cmid = u.c and k.device_id = u.d
      where k.last_seen_at >= ?
      """;
  private static final String SAVE_CMID_DEVICES =
      """
      insert into cmid_device (cmid, device_id, last_seen_at)
      select c, d, t::timestamptz from unnest(?, ?, ?) as u (c, d, t)
      on conflict (cmid, device_id) do update
        set last_seen_at = greatest(cmid_device.last_seen_at, excluded.last_seen_at)
      """;

  private KmsRows() {}

  /**
   * Reads and locks hosts; those that nobody has heard of are put in first, so that two instances
   * that hear of the same new host count one after the other.
   */
  static void lockHosts(
      Connection connection, Set<String> names, Instant now, ActivationBatch batch)
      throws SQLException {
    if (names.isEmpty()) {
      return;
    }
    lockKnownHosts(connection, names, batch);
    Set<String> missing = new TreeSet<>(names);
    missing.removeIf(name -> batch.host(name).isPresent());
    if (!missing.isEmpty()) {
      List<KmsHost> fresh = missing.stream().map(name -> KmsHost.unknown(name, now)).toList();
      writeHosts(connection, ADD_HOSTS, fresh);
      lockKnownHosts(connection, missing, batch);
    }
  }

  private static void lockKnownHosts(
      Connection connection, Collection<String> names, ActivationBatch batch) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK_HOSTS)) {
      statement.setArray(1, SqlArrays.texts(connection, names));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          batch.loaded(Documents.read(rows.getString(1), KmsHost.class));
        }
      }
    }
  }

  static void saveHosts(Connection connection, Collection<KmsHost> hosts) throws SQLException {
    writeHosts(connection, SAVE_HOSTS, hosts);
  }

  private static void writeHosts(Connection connection, String sql, Collection<KmsHost> hosts)
      throws SQLException {
    List<Object[]> rows = new ArrayList<>(hosts.size());
    hosts.forEach(
        host ->
            rows.add(
                new Object[] {host.host(), host.lastSeenAt().toString(), Documents.write(host)}));
    Statements.write(connection, sql, new String[] {"text", "text", "text"}, rows);
  }

  /** Reads hosts without locking them. */
  static void readHosts(Connection connection, Set<String> hosts, ActivationBatch batch)
      throws SQLException {
    if (hosts.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(READ_HOSTS)) {
      statement.setArray(1, SqlArrays.texts(connection, hosts));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          batch.loaded(Documents.read(rows.getString(1), KmsHost.class));
        }
      }
    }
  }

  /** Reads the most recent clients of hosts. */
  static void loadContacts(
      Connection connection, Set<String> hosts, Instant since, int most, ActivationBatch batch)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RECENT_CONTACTS)) {
      statement.setArray(1, SqlArrays.texts(connection, hosts));
      statement.setObject(2, since.atOffset(ZoneOffset.UTC));
      statement.setInt(3, most);
      readContacts(statement, batch);
    }
  }

  /** Reads the most recent clients of all other hosts, where a count may be split across hosts. */
  static void loadContactsOfOthers(
      Connection connection, Set<String> hosts, Instant since, int most, ActivationBatch batch)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CONTACTS_OF_OTHERS)) {
      statement.setArray(1, SqlArrays.texts(connection, hosts));
      statement.setObject(2, since.atOffset(ZoneOffset.UTC));
      statement.setInt(3, OTHER_HOSTS_MAX);
      statement.setObject(4, since.atOffset(ZoneOffset.UTC));
      statement.setInt(5, most);
      readContacts(statement, batch);
    }
  }

  private static void readContacts(PreparedStatement statement, ActivationBatch batch)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        batch.contacts().loaded(rows.getString(1), rows.getString(2), instant(rows, 3));
      }
    }
  }

  static void saveContacts(Connection connection, Map<KmsContacts.Contact, Instant> contacts)
      throws SQLException {
    List<Object[]> rows = new ArrayList<>(contacts.size());
    contacts.forEach(
        (contact, at) -> rows.add(new Object[] {contact.host(), contact.cmid(), at.toString()}));
    writeTriples(connection, SAVE_CONTACTS, rows);
  }

  /** Reads the devices behind client machine IDs: those listed, the batch's own, and how many. */
  static void loadCmidDevices(
      Connection connection, Set<CmidDevices.Use> uses, Instant since, ActivationBatch batch)
      throws SQLException {
    Map<String, Long> totals = new HashMap<>();
    Set<CmidDevices.Use> read = new HashSet<>();
    Set<String> cmids = new TreeSet<>();
    uses.forEach(use -> cmids.add(use.cmid()));
    try (PreparedStatement statement = connection.prepareStatement(CMID_DEVICES)) {
      statement.setArray(1, SqlArrays.texts(connection, cmids));
      statement.setObject(2, since.atOffset(ZoneOffset.UTC));
      statement.setInt(3, CmidDevices.LISTED_MAX);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          read.add(loaded(rows, batch));
          totals.put(rows.getString(1), rows.getLong(4));
        }
      }
    }
    totals.values().removeIf(total -> total <= CmidDevices.LISTED_MAX);
    if (totals.isEmpty()) {
      return;
    }
    List<Object[]> own = new ArrayList<>();
    uses.stream()
        .filter(use -> totals.containsKey(use.cmid()))
        .forEach(use -> own.add(new Object[] {use.cmid(), use.deviceId()}));
    try (PreparedStatement statement = connection.prepareStatement(OWN_CMID_DEVICES)) {
      SqlArrays.bindColumns(connection, statement, new String[] {"text", "text"}, own);
      statement.setObject(3, since.atOffset(ZoneOffset.UTC));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          read.add(loaded(rows, batch));
        }
      }
    }
    read.forEach(use -> totals.computeIfPresent(use.cmid(), (cmid, total) -> total - 1));
    totals.forEach(batch.cmids()::notLoaded);
  }

  private static CmidDevices.Use loaded(ResultSet rows, ActivationBatch batch) throws SQLException {
    CmidDevices.Use use = new CmidDevices.Use(rows.getString(1), rows.getString(2));
    batch.cmids().loaded(use.cmid(), use.deviceId(), instant(rows, 3));
    return use;
  }

  static void saveCmidDevices(Connection connection, Map<CmidDevices.Use, Instant> uses)
      throws SQLException {
    List<Object[]> rows = new ArrayList<>(uses.size());
    uses.forEach((use, at) -> rows.add(new Object[] {use.cmid(), use.deviceId(), at.toString()}));
    writeTriples(connection, SAVE_CMID_DEVICES, rows);
  }

  /** Rows are locked in the order of their keys, here as everywhere. */
  private static void writeTriples(Connection connection, String sql, List<Object[]> rows)
      throws SQLException {
    rows.sort(
        Comparator.comparing((Object[] row) -> (String) row[0])
            .thenComparing(row -> (String) row[1]));
    Statements.write(connection, sql, new String[] {"text", "text", "text"}, rows);
  }

  private static Instant instant(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }
}
