package io.kagimori.esu.store;

import io.agroal.api.AgroalDataSource;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.esu.domain.Enrolment;
import io.kagimori.esu.domain.EnrolmentState;
import io.kagimori.esu.domain.EsuDevice;
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
  /**
   * The enrolment itself where it has ended, or else the device in whose document it stands, and
   * the answer that accepted it.
   */
  private static final String SELECT =
      """
      select e.request_id, e.document, x.document, a.document
      from enrolment e
      left join esu_document x on e.document is null and x.device_id = e.device_id
      left join acceptance a on a.request_id = e.request_id
      """;

  private static final String ONE = SELECT + "where e.request_id = ?";
  private static final String OF_DEVICE = " and e.device_id = ?";
  private static final String ENDED_AS = " and e.state = ?";
  private static final String OPEN_AS =
      " and e.state = 'OPEN' and (a.request_id is null) = (? = 'REQUESTED')";

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
    String sql =
        SELECT
            + "where e.request_id > ?"
            + device.map(id -> OF_DEVICE).orElse("")
            + state.map(wanted -> wanted.isOpen() ? OPEN_AS : ENDED_AS).orElse("")
            + " order by e.request_id limit ?";
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      int at = 1;
      statement.setObject(at++, requestId);
      if (device.isPresent()) {
        statement.setString(at++, device.get());
      }
      if (state.isPresent()) {
        statement.setString(at++, state.get().name());
      }
      statement.setInt(at, limit);
      return read(statement);
    } catch (SQLException e) {
      throw new IllegalStateException("the database did not answer", e);
    }
  }

  private static List<Enrolment> read(PreparedStatement statement) throws SQLException {
    List<Enrolment> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (rows.getBytes(2) != null) {
          found.add(Documents.read(rows, 2, Enrolment.class));
        } else {
          found.add(open(rows));
        }
      }
    }
    return found;
  }

  private static Enrolment open(ResultSet rows) throws SQLException {
    String id = rows.getString(1);
    Enrolment asked =
        Documents.read(rows, 3, EsuDevice.class).enrolments().stream()
            .filter(enrolment -> enrolment.requestId().equals(id))
            .findFirst()
            .orElseThrow();
    return rows.getBytes(4) == null
        ? asked
        : asked.accepted(Documents.read(rows, 4, EsuResult.class));
  }
}
