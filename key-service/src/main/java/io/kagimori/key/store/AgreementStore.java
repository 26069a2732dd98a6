package io.kagimori.key.store;

import io.kagimori.contracts.event.AgreementProgram;
import io.kagimori.key.domain.Agreement;
import io.kagimori.key.domain.RegistrationBatch;
import io.kagimori.stream.SqlArrays;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Agreements in PostgreSQL, inside the batch step's transaction. */
@ApplicationScoped
public class AgreementStore {
  private static final String LOAD =
      """
      select agreement_id, program, windows_orders, valid_from, valid_to, portal_keys
      from agreement where agreement_id = any(?) order by agreement_id for no key update
      """;
  private static final String SAVE =
      """
      insert into agreement (agreement_id, version, program, windows_orders, valid_from, valid_to,
                             portal_keys, changed_at)
      values (?, 1, ?, ?, ?, ?, ?, ?)
      on conflict (agreement_id) do update set version = agreement.version + 1,
        program = excluded.program, windows_orders = excluded.windows_orders,
        valid_from = excluded.valid_from, valid_to = excluded.valid_to,
        portal_keys = excluded.portal_keys, changed_at = excluded.changed_at,
        written_at = now()
      """;

  /** Reads and locks agreements into the batch. */
  public void load(Connection connection, Collection<String> ids, RegistrationBatch batch)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
      statement.setArray(1, SqlArrays.texts(connection, ids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          batch.loaded(agreement(rows));
        }
      }
    }
  }

  static Agreement agreement(ResultSet rows) throws SQLException {
    Array portalKeys = rows.getArray("portal_keys");
    return new Agreement(
        rows.getString("agreement_id"),
        AgreementProgram.valueOf(rows.getString("program")),
        rows.getLong("windows_orders"),
        KeyLedgerStore.instant(rows, "valid_from"),
        KeyLedgerStore.instant(rows, "valid_to"),
        portalKeys == null ? null : List.of((String[]) portalKeys.getArray()));
  }

  /** Writes the agreements that the batch changed. */
  public void save(Connection connection, RegistrationBatch batch) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
      for (Map.Entry<String, Instant> changed :
          new TreeMap<>(batch.changedAgreements()).entrySet()) {
        Agreement agreement = batch.agreement(changed.getKey()).orElseThrow();
        statement.setString(1, agreement.agreementId());
        statement.setString(2, agreement.program().name());
        statement.setLong(3, agreement.windowsOrders());
        statement.setObject(4, KeyLedgerStore.offset(agreement.validFrom()));
        statement.setObject(5, KeyLedgerStore.offset(agreement.validTo()));
        statement.setArray(
            6,
            agreement.portalKeys() == null
                ? null
                : SqlArrays.texts(connection, agreement.portalKeys()));
        statement.setObject(7, KeyLedgerStore.offset(changed.getValue()));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
