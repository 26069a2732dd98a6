package io.kagimori.esu.store;

import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.esu.domain.CampaignPlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** ESU pools as key-service last told them. */
public final class EsuKeyRows {
  private static final String SAVE =
      """
      insert into esu_key (key_id, version, available, document)
      select k, v, a, convert_from(j, 'UTF8')::json from unnest(?, ?, ?, ?) as u (k, v, a, j)
      on conflict (key_id) do update
        set version = excluded.version, available = excluded.available,
            document = excluded.document
        where esu_key.version < excluded.version
      """;
  private static final String ALL = "select document from esu_key order by key_id";

  private EsuKeyRows() {}

  /** Writes states, one for each key; an older one than what is known is dropped. */
  public static void save(Connection connection, Collection<KeyState> states) throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    for (KeyState state : states) {
      rows.add(
          new Object[] {state.keyId(), state.version(), state.available(), Documents.write(state)});
    }
    Statements.write(connection, SAVE, new String[] {"text", "int8", "int8", "bytea"}, rows);
  }

  /** Pools that serve a product today. */
  static List<CampaignPlan.Pool> pools(Connection connection, String product, Instant now)
      throws SQLException {
    List<CampaignPlan.Pool> pools = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(ALL);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        KeyState state = Documents.read(rows, 1, KeyState.class);
        boolean valid =
            !state.blocked() && (state.expiresAt() == null || state.expiresAt().isAfter(now));
        List<KeyProduct> fitting =
            state.products() == null
                ? List.of()
                : state.products().stream().filter(p -> product.equals(p.product())).toList();
        if (valid && !fitting.isEmpty()) {
          pools.add(
              new CampaignPlan.Pool(state.keyId(), activationIds(fitting), state.available()));
        }
      }
    }
    return pools;
  }

  /** The years a key is for; none where one of its entries leaves that open. */
  private static List<String> activationIds(List<KeyProduct> products) {
    return products.stream().anyMatch(p -> p.activationIds() == null || p.activationIds().isEmpty())
        ? List.of()
        : products.stream().flatMap(p -> p.activationIds().stream()).distinct().toList();
  }
}
