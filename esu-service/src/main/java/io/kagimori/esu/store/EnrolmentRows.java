package io.kagimori.esu.store;

import io.kagimori.contracts.event.EsuResult;
import io.kagimori.esu.domain.Enrolment;
import io.kagimori.esu.domain.EnrolmentState;
import io.kagimori.esu.domain.EsuBatch;
import io.kagimori.stream.SqlArrays;
import io.kagimori.stream.SqlCopy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Enrolments, written a batch at a time. An open one stands in the document of its device, and its
 * row only says where; it is written when the enrolment begins and when it ends. The answer that
 * accepted it stands in {@code acceptance} as long as it is open.
 */
final class EnrolmentRows {
  private static final String NEW = "enrolment (request_id, device_id, program, year, state)";
  private static final String NEW_ACCEPTANCES = "acceptance (request_id, document)";
  private static final String READ_ACCEPTANCES =
      "select document from acceptance where request_id = any(?)";
  private static final String DELETE_ACCEPTANCES =
      "delete from acceptance where request_id = any(?)";
  private static final String SAVE_ENDED =
      """
      insert into enrolment (request_id, device_id, program, year, state, document)
      select r, d, p, y, s, convert_from(j, 'UTF8')::json
      from unnest(?, ?, ?, ?, ?, ?) as t (r, d, p, y, s, j)
      on conflict (request_id) do update
        set program = excluded.program, year = excluded.year, state = excluded.state,
            document = excluded.document
      """;

  private EnrolmentRows() {}

  static void readAcceptances(Connection connection, EsuBatch batch) throws SQLException {
    List<UUID> asked = batch.asked().stream().map(UUID::fromString).toList();
    if (asked.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(READ_ACCEPTANCES)) {
      statement.setArray(1, SqlArrays.uuids(connection, asked));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          batch.loaded(Documents.read(rows, 1, EsuResult.class));
        }
      }
    }
  }

  static void save(Connection connection, EsuBatch batch) throws SQLException {
    List<Object[]> begun = new ArrayList<>();
    List<Object[]> accepted = new ArrayList<>();
    List<Object[]> ended = new ArrayList<>();
    List<UUID> acceptedBefore = new ArrayList<>();
    for (Enrolment enrolment : batch.changedEnrolments()) {
      UUID id = UUID.fromString(enrolment.requestId());
      Optional<EnrolmentState> before = batch.before(enrolment).map(Enrolment::state);
      if (!enrolment.state().isOpen()) {
        if (before.equals(Optional.of(EnrolmentState.ACCEPTED))) {
          acceptedBefore.add(id);
        }
        ended.add(
            new Object[] {
              id,
              enrolment.deviceId(),
              enrolment.program(),
              enrolment.year(),
              enrolment.state().name(),
              Documents.write(enrolment)
            });
      } else if (enrolment.state() == EnrolmentState.ACCEPTED) {
        accepted.add(new Object[] {id, Documents.write(enrolment.result())});
      } else if (before.isEmpty()) {
        begun.add(
            new Object[] {id, enrolment.deviceId(), enrolment.program(), enrolment.year(), "OPEN"});
      }
    }
    SqlCopy.insert(connection, NEW, begun);
    SqlCopy.insert(connection, NEW_ACCEPTANCES, accepted);
    Statements.write(
        connection,
        SAVE_ENDED,
        new String[] {"uuid", "text", "text", "int4", "text", "bytea"},
        ended);
    if (!acceptedBefore.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(DELETE_ACCEPTANCES)) {
        statement.setArray(1, SqlArrays.uuids(connection, acceptedBefore));
        statement.executeUpdate();
      }
    }
  }
}
