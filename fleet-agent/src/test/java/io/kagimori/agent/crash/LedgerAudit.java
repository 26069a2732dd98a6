package io.kagimori.agent.crash;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges the ledger of key-service in its database, with statements of its own. */
final class LedgerAudit {
  /** Figures that do not balance, or stand below zero. */
  private static final String UNBALANCED =
      """
      select key_id || ' does not balance' from product_key
      where purchased + overdrawn <> available + reserved + consumed
         or least(purchased, overdrawn, available, reserved, consumed) < 0
      """;

  /** Figures that are not the sum of their entries. */
  private static final String NOT_THE_SUM =
      """
      with movement as (
        select key_id, to_account as account, seats from ledger_entry
        union all
        select key_id, from_account, -seats from ledger_entry
      ), total as (
        select key_id,
          coalesce(-sum(seats) filter (where account = 'PURCHASED'), 0) as purchased,
          coalesce(-sum(seats) filter (where account = 'OVERDRAWN'), 0) as overdrawn,
          coalesce(sum(seats) filter (where account = 'AVAILABLE'), 0) as available,
          coalesce(sum(seats) filter (where account = 'RESERVED'), 0) as reserved,
          coalesce(sum(seats) filter (where account = 'CONSUMED'), 0) as consumed
        from movement group by key_id
      )
      select k.key_id || ' is not the sum of its entries: ' || k || ' and ' || t
      from product_key k join total t using (key_id)
      where (k.purchased, k.overdrawn, k.available, k.reserved, k.consumed)
         is distinct from (t.purchased, t.overdrawn, t.available, t.reserved, t.consumed)
      """;

  /** Seats in the table that are not the seats in the figures. */
  private static final String NOT_THE_SEATS =
      """
      select k.key_id || ' has other seats: ' || k.reserved || '+' || k.consumed || ' and '
        || count(*) filter (where s.state = 'RESERVED') || '+'
        || count(*) filter (where s.state = 'CONSUMED')
      from product_key k left join seat s using (key_id)
      group by k.key_id
      having k.reserved <> count(*) filter (where s.state = 'RESERVED')
          or k.consumed <> count(*) filter (where s.state = 'CONSUMED')
      """;

  /** An event that moved the same seat in the same direction twice. */
  private static final String MOVED_TWICE =
      """
      select key_id || ' moved twice by ' || event_id from ledger_entry
      group by key_id, event_id having count(*) > 1
      """;

  private static final String SEATS_TWICE =
      """
      select device_id || ' holds several seats' from seat where state <> 'RELEASED'
      group by device_id, installation_id having count(*) > 1
      """;

  private static final String FIGURES =
      "select purchased, overdrawn, reserved, consumed from product_key where key_id = ?";

  private LedgerAudit() {}

  /**
   * What is wrong; empty when nothing is.
   *
   * @param answers what the answers say about the seats of the workload's keys
   */
  static List<String> findings(Connection database, Workload work, AnswerAudit answers)
      throws SQLException {
    List<String> findings = new ArrayList<>();
    for (String statement :
        List.of(UNBALANCED, NOT_THE_SUM, NOT_THE_SEATS, MOVED_TWICE, SEATS_TWICE)) {
      try (Statement query = database.createStatement();
          ResultSet rows = query.executeQuery(statement)) {
        while (rows.next()) {
          findings.add(rows.getString(1));
        }
      }
    }
    for (Map.Entry<String, Integer> key : work.purchased().entrySet()) {
      int held = answers.held().getOrDefault(key.getKey(), Set.of()).size();
      int consumed = answers.consumed().getOrDefault(key.getKey(), Set.of()).size();
      String expected = "%d+0 = %d+%d".formatted(key.getValue(), held - consumed, consumed);
      String found = figures(database, key.getKey());
      if (!found.equals(expected)) {
        findings.add("%s: ledger says %s, answers say %s".formatted(key.getKey(), found, expected));
      }
    }
    return findings;
  }

  /** Purchased, overdrawn, reserved and consumed. */
  private static String figures(Connection database, String keyId) throws SQLException {
    try (PreparedStatement query = database.prepareStatement(FIGURES)) {
      query.setString(1, keyId);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next()
            ? "%d+%d = %d+%d"
                .formatted(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4))
            : "nothing";
      }
    }
  }
}
