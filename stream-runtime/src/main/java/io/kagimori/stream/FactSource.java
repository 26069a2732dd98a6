package io.kagimori.stream;

import io.kagimori.contracts.cloudevents.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Reads facts in their committed state. A service that publishes none needs none. */
public interface FactSource {

  /** The facts asked for; one that no longer exists is left out. */
  List<Answer> current(Connection connection, Set<FactDue> due) throws SQLException;
}
