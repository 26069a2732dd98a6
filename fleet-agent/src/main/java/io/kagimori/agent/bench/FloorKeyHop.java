package io.kagimori.agent.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The floor's key-service: reserves a seat on the key that the request names. */
final class FloorKeyHop extends FloorHop {
  private static final String KEYS =
      """
      select key_id, kind, fingerprint, partial_key, products, agreement_id, site, expires_at,
             blocked, low_pool_percent, low_pool_seats, purchased, available, reserved, consumed,
             overdrawn, saved
      from product_key
      where key_id = any(?) or partial_key = any(?) or product_slugs && ? or fingerprint = any(?)
      order by key_id for no key update
      """;
  private static final String SEATS =
      """
      select device_id, key_id, installation_id, state, open_requests, activations, lease_until
      from seat where device_id = any(?)
      union all
      select device_id, key_id, installation_id, state, open_requests, activations, lease_until
      from seat where exclusive and key_id = any(?) and device_id <> all(?)
      """;
  private static final String SAVE_KEY =
      """
      update product_key set version = version + 1, available = available - ?,
             reserved = reserved + ?, changed_at = now() where key_id = ?
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
  private static final String FACTS = "select * from product_key where key_id = any(?)";

  private final Map<String, Integer> taken = new TreeMap<>();

  FloorKeyHop(String kafka, Connection database, String from, String to) {
    super(kafka, database, from, to, "io.kagimori.key.accepted.v1");
  }

  @Override
  List<String> decide(Connection connection, List<Asked> requests) throws SQLException {
    taken.clear();
    requests.forEach(r -> taken.merge(r.fields().get("keyId").textValue(), 1, Integer::sum));
    String[] devices = requests.stream().map(Asked::deviceId).toArray(String[]::new);
    String[] products =
        requests.stream()
            .map(r -> r.fields().get("product").textValue())
            .distinct()
            .toArray(String[]::new);
    read(connection, KEYS, keysTaken(), new String[0], products, new String[0]);
    read(connection, SEATS, devices, new String[0], devices);
    try (PreparedStatement statement = connection.prepareStatement(SAVE_KEY)) {
      for (Map.Entry<String, Integer> key : taken.entrySet()) {
        statement.setInt(1, key.getValue());
        statement.setInt(2, key.getValue());
        statement.setString(3, key.getKey());
        statement.addBatch();
      }
      statement.executeBatch();
    }
    return reserve(connection, requests);
  }

  private static List<String> reserve(Connection connection, List<Asked> requests)
      throws SQLException {
    List<Object[]> seats = new ArrayList<>(requests.size());
    List<Object[]> entries = new ArrayList<>(requests.size());
    List<String> answers = new ArrayList<>(requests.size());
    for (Asked request : requests) {
      String key = request.fields().get("keyId").textValue();
      String now = Instant.ofEpochMilli(request.at()).toString();
      String lease = Instant.ofEpochMilli(request.at() + 86_400_000).toString();
      seats.add(
          new Object[] {
            request.deviceId(), key, "", "RESERVED", "{" + request.id() + "}", 0, lease, false
          });
      entries.add(
          new Object[] {
            key, request.id(), "AVAILABLE", "RESERVED", 1L, Instant.ofEpochMilli(request.at())
          });
      answers.add(
          """
          {"requestId":"%s","deviceId":"%s","verdict":"ACCEPTED","keyId":"%s","partialKey":"BBBBB",\
          "keyKind":"MAK","seatReused":false,"leaseUntil":"%s","requestedAt":"%s",\
          "receivedAt":"%s","request":%s,"decidedAt":"%s"}"""
              .formatted(
                  request.id(), request.deviceId(), key, lease, now, now, request.json(), now));
    }
    seats.sort(Comparator.comparing(seat -> (String) seat[0]));
    write(
        connection,
        SAVE_SEATS,
        new String[] {"text", "text", "text", "text", "text", "int4", "text", "bool"},
        seats);
    copy(connection, NEW_ENTRIES, entries);
    return answers;
  }

  private String[] keysTaken() {
    return taken.keySet().toArray(String[]::new);
  }

  static void read(Connection connection, String sql, String[]... arrays) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arrays.length; i++) {
        statement.setArray(i + 1, connection.createArrayOf("text", arrays[i]));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          rows.getString(1);
        }
      }
    }
  }

  @Override
  String[] fact(Asked request) {
    return new String[] {Floor.FACTS, request.fields().get("keyId").textValue()};
  }

  @Override
  List<ProducerRecord<byte[], byte[]>> facts(Connection connection) throws SQLException {
    read(connection, FACTS, keysTaken());
    return taken.keySet().stream()
        .map(
            key ->
                record(
                    Floor.FACTS,
                    key,
                    UUID.randomUUID().toString(),
                    "io.kagimori.key.state.v1",
                    "2026-11-21T00:00:00Z",
                    new byte[320]))
        .toList();
  }
}
