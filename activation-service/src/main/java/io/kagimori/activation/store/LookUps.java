package io.kagimori.activation.store;

import io.kagimori.activation.domain.Activation;
import io.kagimori.activation.domain.ActivationBatch;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.stream.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;

/** What a batch reads beside what it changes. Nothing to look up costs no statement. */
final class LookUps {
  private static final String ACTIVATIONS =
      "select document from activation where request_id = any(?)";
  private static final String KEYS = "select document from key_fact where key_id = any(?)";

  private LookUps() {}

  static void activations(Connection connection, Set<UUID> ids, ActivationBatch batch)
      throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(ACTIVATIONS)) {
      statement.setArray(1, SqlArrays.uuids(connection, ids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          batch.loaded(Documents.read(rows.getString(1), Activation.class));
        }
      }
    }
  }

  static void keys(Connection connection, Set<String> ids, ActivationBatch batch)
      throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
      statement.setArray(1, SqlArrays.texts(connection, ids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          batch.loaded(Documents.read(rows.getString(1), KeyState.class));
        }
      }
    }
  }
}
