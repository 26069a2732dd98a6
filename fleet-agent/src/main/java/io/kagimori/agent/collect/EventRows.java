package io.kagimori.agent.collect;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads tables of events: what Export-Csv makes of Get-WinEvent and Get-EventLog, and the event
 * viewer's own export, whose headings are translated and leave out that of the message.
 */
final class EventRows {
  private static final String MESSAGE = "Message";

  /** The names that {@link TreeFacts} knows the facts of an event by. */
  private static final Map<String, String> NAMES =
      Map.of(
          "event_id", "EventID",
          "source", "Source",
          "log_name", "LogName",
          "date", "TimeGenerated",
          "level", "LevelDisplayName",
          "computer", "Computer");

  private EventRows() {}

  /** Whether a text is a heading of such a table. */
  static boolean isColumn(String name) {
    return fact(name).isPresent();
  }

  static boolean isHeader(List<String> header) {
    List<String> facts = header.stream().flatMap(name -> fact(name).stream()).toList();
    boolean said = facts.contains("source") || header.contains(MESSAGE);
    return facts.contains("event_id") && facts.contains("date") && said;
  }

  static void read(List<String> header, DelimitedRows rows, Readings readings) {
    Node table = new Node("");
    for (List<String> row = rows.next(); row != null; row = rows.next()) {
      Node event = new Node("event");
      for (int i = 0; i < row.size(); i++) {
        String name = i < header.size() ? header.get(i) : MESSAGE;
        add(event, fact(name).map(NAMES::get).orElse(name), row.get(i));
      }
      table.children().add(event);
    }
    TreeFacts.read(table, readings);
  }

  private static void add(Node event, String name, String value) {
    if (event.child(name) == null) {
      Node cell = new Node(name);
      cell.append(value);
      event.children().add(cell);
    }
  }

  private static Optional<String> fact(String name) {
    return EventTexts.heading(name).map(Term::fact).filter(NAMES::containsKey);
  }
}
