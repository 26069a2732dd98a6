package io.kagimori.esu.store;

import io.kagimori.esu.domain.Enrolment;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Enrolments, written a batch at a time. */
final class EnrolmentRows {
  private static final String SAVE =
      """
      insert into enrolment (request_id, device_id, program, year, state, document)
      select r, d, p, y, s, convert_from(j, 'UTF8')::json
      from unnest(?, ?, ?, ?, ?, ?) as t (r, d, p, y, s, j)
      on conflict (request_id) do update
        set program = excluded.program, year = excluded.year, state = excluded.state,
            document = excluded.document
      """;

  private EnrolmentRows() {}

  static void save(Connection connection, Collection<Enrolment> enrolments) throws SQLException {
    List<Object[]> rows = new ArrayList<>(enrolments.size());
    for (Enrolment enrolment : enrolments) {
      rows.add(
          new Object[] {
            UUID.fromString(enrolment.requestId()),
            enrolment.deviceId(),
            enrolment.program(),
            enrolment.year(),
            enrolment.state().name(),
            Documents.write(enrolment)
          });
    }
    Statements.write(
        connection, SAVE, new String[] {"uuid", "text", "text", "int4", "text", "bytea"}, rows);
  }
}
