package io.kagimori.stream;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.Request;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyDecision;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.KeyVerdict;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The smallest rule whose answers depend on what it stored: it counts the requests of each device
 * and answers with the count, so an answer given twice for a request decided twice would differ.
 */
final class TallyRule implements BatchRule<Map<String, TallyRule.Tally>>, FactSource {
  /** A site that the database refuses to store. */
  static final String UNSTORABLE = "unstorable";

  static final String TABLE =
      """
      create table tally (device text primary key, requests int not null,
                          site text check (site <> 'unstorable'))
      """;

  /** What is known of one device. */
  record Tally(int requests, String site) {}

  /** Every decision taken, also those of transactions given up. */
  final Queue<UUID> decided = new ConcurrentLinkedQueue<>();

  /** Runs before the rows are read. */
  volatile Runnable beforeLoad = () -> {};

  /** Runs after the rows were written. */
  volatile Runnable afterStore = () -> {};

  @Override
  public Set<EventType> accepts() {
    return Set.of(EventType.ACTIVATION_REQUESTED);
  }

  @Override
  public boolean concerns(Request request) {
    return !"elsewhere".equals(request.event(ActivationRequested.class).site());
  }

  @Override
  public Map<String, Tally> load(Connection connection, List<Request> requests)
      throws SQLException {
    beforeLoad.run();
    Map<String, Tally> tallies = new TreeMap<>();
    List<String> devices = requests.stream().map(r -> r.event().recordKey()).distinct().toList();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select device, requests, site from tally where device = any(?)"
                + " order by device for update")) {
      statement.setArray(1, SqlArrays.texts(connection, devices));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          tallies.put(rows.getString(1), new Tally(rows.getInt(2), rows.getString(3)));
        }
      }
    }
    return tallies;
  }

  @Override
  public Decided decide(Map<String, Tally> tallies, Request request) {
    decided.add(request.id());
    ActivationRequested asked = request.event(ActivationRequested.class);
    if ("defect".equals(asked.site())) {
      throw new IllegalStateException("a defect in the rule");
    }
    Tally before = tallies.getOrDefault(asked.deviceId(), new Tally(0, null));
    Tally after = new Tally(before.requests() + 1, asked.site());
    tallies.put(asked.deviceId(), after);
    return Decided.answer(
            Answer.of(
                EventType.KEY_ACCEPTED,
                EventIds.answer(request.id(), "tally", "ACCEPTED"),
                "tally",
                request.now(),
                verdict(request, asked, after.requests())))
        .with(new FactDue(Topics.KEY_FACTS, asked.deviceId()));
  }

  private static KeyVerdict verdict(Request request, ActivationRequested asked, int count) {
    return new KeyVerdict(
        request.id().toString(),
        asked.deviceId(),
        KeyDecision.ACCEPTED,
        null,
        null,
        Map.of("count", count),
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        request.now(),
        asked,
        request.now());
  }

  @Override
  public void store(Connection connection, Map<String, Tally> tallies) throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    tallies.forEach((device, t) -> rows.add(new Object[] {device, t.requests(), t.site()}));
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into tally (device, requests, site)
            select * from unnest(?, ?, ?)
            on conflict (device) do update set requests = excluded.requests, site = excluded.site
            """)) {
      SqlArrays.bindColumns(connection, statement, new String[] {"text", "int4", "text"}, rows);
      statement.executeUpdate();
    }
    afterStore.run();
  }

  @Override
  public List<Answer> current(Connection connection, Set<FactDue> due) throws SQLException {
    List<Answer> facts = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select device, requests from tally where device = any(?) order by device")) {
      statement.setArray(1, SqlArrays.texts(connection, due.stream().map(FactDue::key).toList()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          facts.add(fact(rows.getString(1), rows.getInt(2)));
        }
      }
    }
    return facts;
  }

  private static Answer fact(String device, int count) {
    Instant changedAt = Instant.EPOCH;
    return Answer.of(
        EventType.KEY_STATE,
        EventIds.named(device + "/" + count),
        "tally",
        changedAt,
        new KeyState(
            device,
            count,
            KeyKind.MAK,
            "BBBBB",
            List.of(new KeyProduct("p", null)),
            null,
            null,
            null,
            false,
            0,
            0,
            0,
            0,
            0,
            0,
            null,
            changedAt));
  }
}
