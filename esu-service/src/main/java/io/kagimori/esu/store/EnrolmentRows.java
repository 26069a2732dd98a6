package io.kagimori.esu.store;

import io.kagimori.esu.domain.Enrolment;
import io.kagimori.esu.domain.EsuBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Enrolments, written a batch at a time. An open one stands in the document of its device, and its
 * row only says where; it is written when the enrolment begins and when it ends.
 */
final class EnrolmentRows {
  private static final String INSERT_OPEN =
      """
      insert into enrolment (request_id, device_id, program, year, state)
      select r, d, p, y, 'OPEN' from unnest(?, ?, ?, ?) as t (r, d, p, y)
      """;
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

  static void save(Connection connection, EsuBatch batch) throws SQLException {
    List<Object[]> begun = new ArrayList<>();
    List<Object[]> ended = new ArrayList<>();
    for (Enrolment enrolment : batch.changedEnrolments()) {
      UUID id = UUID.fromString(enrolment.requestId());
      if (!enrolment.state().isOpen()) {
        ended.add(
            new Object[] {
              id,
              enrolment.deviceId(),
              enrolment.program(),
              enrolment.year(),
              enrolment.state().name(),
              Documents.write(enrolment)
            });
      } else if (!batch.knew(enrolment)) {
        begun.add(new Object[] {id, enrolment.deviceId(), enrolment.program(), enrolment.year()});
      }
    }
    Statements.write(connection, INSERT_OPEN, new String[] {"uuid", "text", "text", "int4"}, begun);
    Statements.write(
        connection,
        SAVE_ENDED,
        new String[] {"uuid", "text", "text", "int4", "text", "bytea"},
        ended);
  }
}
