package io.kagimori.key.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.AgreementState;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.Warning;
import io.kagimori.key.domain.Agreement;
import io.kagimori.key.domain.LowPool;
import io.kagimori.key.domain.Pool;
import io.kagimori.stream.FactDue;
import io.kagimori.stream.FactSource;
import io.kagimori.stream.SqlArrays;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys and agreements in their committed state, as facts for the other services. */
@ApplicationScoped
public class KeyFacts implements FactSource {
  private static final String SERVICE = "key-service";
  private static final String KEYS = "select * from product_key where key_id = any(?)";
  private static final String AGREEMENTS = "select * from agreement where agreement_id = any(?)";

  /** Three minutes, so that what was written just before a tick is seen by the next one too. */
  private static final String LATELY_WRITTEN =
      """
      select 'key.facts', key_id from product_key where written_at >= now() - interval '3 minutes'
      union all
      select 'agreement.facts', agreement_id from agreement
      where written_at >= now() - interval '3 minutes'
      order by 1, 2
      """;

  @Override
  public List<Answer> current(Connection connection, Set<FactDue> due) throws SQLException {
    Map<String, List<String>> keysByTopic =
        due.stream().collect(groupingBy(FactDue::topic, mapping(FactDue::key, toList())));
    List<Answer> facts = new ArrayList<>(due.size());
    facts.addAll(read(connection, KEYS, keysByTopic.get(Topics.KEY_FACTS), rows -> keyFact(rows)));
    facts.addAll(
        read(
            connection,
            AGREEMENTS,
            keysByTopic.get(Topics.AGREEMENT_FACTS),
            rows -> agreementFact(rows)));
    return facts;
  }

  /** The facts that were written lately; the tick publishes them once more. */
  public List<FactDue> latelyWritten(Connection connection) throws SQLException {
    List<FactDue> due = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(LATELY_WRITTEN);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        due.add(new FactDue(rows.getString(1), rows.getString(2)));
      }
    }
    return due;
  }

  private interface Row {
    Answer read(ResultSet rows) throws SQLException;
  }

  private static List<Answer> read(
      Connection connection, String sql, Collection<String> ids, Row row) throws SQLException {
    List<Answer> facts = new ArrayList<>();
    if (ids == null) {
      return facts;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, SqlArrays.texts(connection, ids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          facts.add(row.read(rows));
        }
      }
    }
    return facts;
  }

  private static Answer keyFact(ResultSet rows) throws SQLException {
    KeyState state = keyState(rows);
    return Answer.of(
        EventType.KEY_STATE,
        EventIds.named(SERVICE + "/key/" + state.keyId() + "/" + state.version()),
        SERVICE,
        state.changedAt(),
        state);
  }

  /** A key as it stands in a row of {@code product_key}. */
  static KeyState keyState(ResultSet rows) throws SQLException {
    Pool pool =
        new Pool(
            rows.getLong("purchased"),
            rows.getLong("available"),
            rows.getLong("reserved"),
            rows.getLong("consumed"),
            rows.getLong("overdrawn"));
    LowPool low =
        new LowPool(
            rows.getObject("low_pool_percent", Integer.class),
            rows.getObject("low_pool_seats", Long.class));
    Optional<Warning> warning = low.warning(pool);
    return new KeyState(
        rows.getString("key_id"),
        rows.getLong("version"),
        KeyKind.valueOf(rows.getString("kind")),
        rows.getString("partial_key"),
        KeyLedgerStore.products(rows.getString("products")),
        rows.getString("agreement_id"),
        rows.getString("site"),
        KeyLedgerStore.instant(rows, "expires_at"),
        rows.getBoolean("blocked"),
        pool.purchased(),
        pool.available(),
        pool.reserved(),
        pool.consumed(),
        pool.overdrawn(),
        rows.getLong("saved"),
        warning.map(List::of).orElse(null),
        KeyLedgerStore.instant(rows, "changed_at"));
  }

  private static Answer agreementFact(ResultSet rows) throws SQLException {
    Agreement agreement = AgreementStore.agreement(rows);
    AgreementState state =
        new AgreementState(
            agreement.agreementId(),
            rows.getLong("version"),
            agreement.program(),
            agreement.windowsOrders(),
            agreement.validFrom(),
            agreement.validTo(),
            agreement.portalKeys(),
            KeyLedgerStore.instant(rows, "changed_at"));
    return Answer.of(
        EventType.AGREEMENT_STATE,
        EventIds.named(SERVICE + "/agreement/" + state.agreementId() + "/" + state.version()),
        SERVICE,
        state.changedAt(),
        state);
  }
}
