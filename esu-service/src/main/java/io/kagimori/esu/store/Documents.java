package io.kagimori.esu.store;

import io.kagimori.contracts.cloudevents.EventJson;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Domain records as the JSON documents of their rows. */
final class Documents {
  private Documents() {}

  /** For a column of type {@code bytea} in {@code unnest}; the statement makes JSON of it. */
  static byte[] write(Object value) {
    return EventJson.bytes(value);
  }

  /** Reads the document of a row; its bytes go to the parser as they come. */
  static <T> T read(ResultSet row, int column, Class<T> type) throws SQLException {
    try {
      return EventJson.mapper().readValue(row.getBytes(column), type);
    } catch (IOException e) {
      throw new IllegalStateException("a stored document is not a " + type.getSimpleName(), e);
    }
  }
}
