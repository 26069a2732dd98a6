package io.kagimori.stream;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.event.EventType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The outcomes of requests in PostgreSQL, one row an answer or changed fact. The primary key is the
 * fence between instances: of two that decide the same request, one violates it and starts again.
 */
final class Outcomes {
  private static final String FIND =
      """
      select request_id, content_id, topic, record_key, event_id, event_type, source, decided_at,
             body, fact_topic, fact_key
      from outcome where request_id = any(?) order by request_id, seq
      """;
  private static final String KEEP =
      """
      outcome (request_id, seq, content_id, topic, record_key, event_id, event_type, source,
               decided_at, body, fact_topic, fact_key)
      """;

  private Outcomes() {}

  /** The outcomes already kept for these requests. */
  static Map<UUID, Outcome> find(Connection connection, Collection<UUID> requests)
      throws SQLException {
    Map<UUID, Outcome> found = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setArray(1, SqlArrays.uuids(connection, requests));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Outcome row = row(rows);
          found.merge(row.requestId(), row, Outcomes::join);
        }
      }
    }
    return found;
  }

  /**
   * Keeps the outcomes. That another instance decided one of the requests first is a unique
   * violation.
   */
  static void keep(Connection connection, List<Outcome> outcomes) throws SQLException {
    List<Object[]> rows = new ArrayList<>(outcomes.size());
    outcomes.stream()
        .sorted(Comparator.comparing(Outcome::requestId))
        .forEach(outcome -> rows.addAll(rows(outcome)));
    SqlCopy.insert(connection, KEEP, rows);
  }

  private static Outcome row(ResultSet rows) throws SQLException {
    List<Answer> answers = new ArrayList<>(1);
    String topic = rows.getString("topic");
    if (topic != null) {
      answers.add(
          new Answer(
              topic,
              rows.getString("record_key"),
              rows.getObject("event_id", UUID.class),
              EventType.named(rows.getString("event_type")).orElseThrow(),
              rows.getString("source"),
              rows.getObject("decided_at", OffsetDateTime.class).toInstant(),
              rows.getBytes("body")));
    }
    String factTopic = rows.getString("fact_topic");
    List<FactDue> facts =
        factTopic == null ? List.of() : List.of(new FactDue(factTopic, rows.getString("fact_key")));
    return new Outcome(
        rows.getObject("request_id", UUID.class),
        rows.getObject("content_id", UUID.class),
        new Decided(answers, facts));
  }

  private static Outcome join(Outcome first, Outcome next) {
    List<Answer> answers = new ArrayList<>(first.decided().answers());
    answers.addAll(next.decided().answers());
    List<FactDue> facts = new ArrayList<>(first.decided().facts());
    facts.addAll(next.decided().facts());
    return new Outcome(first.requestId(), first.contentId(), new Decided(answers, facts));
  }

  private static List<Object[]> rows(Outcome outcome) {
    List<Answer> answers = outcome.decided().answers();
    List<FactDue> facts = outcome.decided().facts();
    int count = Math.max(1, Math.max(answers.size(), facts.size()));
    List<Object[]> rows = new ArrayList<>(count);
    for (int seq = 0; seq < count; seq++) {
      Answer answer = seq < answers.size() ? answers.get(seq) : null;
      FactDue fact = seq < facts.size() ? facts.get(seq) : null;
      rows.add(
          new Object[] {
            outcome.requestId(),
            seq,
            outcome.contentId(),
            answer == null ? null : answer.topic(),
            answer == null ? null : answer.key(),
            answer == null ? null : answer.id(),
            answer == null ? null : answer.type().typeName(),
            answer == null ? null : answer.source(),
            answer == null ? null : answer.time(),
            answer == null ? null : answer.body(),
            fact == null ? null : fact.topic(),
            fact == null ? null : fact.key()
          });
    }
    return rows;
  }
}
