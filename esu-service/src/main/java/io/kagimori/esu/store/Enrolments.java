package io.kagimori.esu.store;

import io.agroal.api.AgroalDataSource;
import io.kagimori.esu.domain.Enrolment;
import io.kagimori.esu.domain.EnrolmentState;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Enrolments for reading. */
@ApplicationScoped
public class Enrolments {
  private static final String ONE = "select document from enrolment where request_id = ?";
  private static final String SOME =
      """
      select document from enrolment
      where request_id > ? and (?::text is null or device_id = ?) and (?::text is null or state = ?)
      order by request_id limit ?
      """;

  private final AgroalDataSource database;

  Enrolments(AgroalDataSource database) {
    this.database = database;
  }

  /** The enrolment of a request. */
  public Optional<Enrolment> named(UUID requestId) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(ONE)) {
      statement.setObject(1, requestId);
      return read(statement).stream().findFirst();
    } catch (SQLException e) {
      throw new IllegalStateException("the database did not answer", e);
    }
  }

  /** Enrolments behind one, in the order of their ids; an absent value does not filter. */
  public List<Enrolment> after(
      UUID requestId, Optional<String> device, Optional<EnrolmentState> state, int limit) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(SOME)) {
      String wanted = state.map(Enum::name).orElse(null);
      statement.setObject(1, requestId);
      statement.setString(2, device.orElse(null));
      statement.setString(3, device.orElse(null));
      statement.setString(4, wanted);
      statement.setString(5, wanted);
      statement.setInt(6, limit);
      return read(statement);
    } catch (SQLException e) {
      throw new IllegalStateException("the database did not answer", e);
    }
  }

  private static List<Enrolment> read(PreparedStatement statement) throws SQLException {
    List<Enrolment> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(Documents.read(rows, 1, Enrolment.class));
      }
    }
    return found;
  }
}
