package io.kagimori.agent.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagimori.local.Supervised;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service dies after its transaction and before the broker has its answers. No hook in the
 * service: the test holds its transaction at a lock, stops the clock of the broker, and lets the
 * transaction go. What it commits then cannot be published.
 */
class CommitBeforePublishIT {
  private static final int REQUESTS = 600;
  private static final int SEATS = 120;

  private CrashStack stack;

  @BeforeEach
  void well() {
    stack = CrashStack.single();
  }

  @ParameterizedTest(name = "{0}-service killed after the commit, answers lost: all are published")
  @ValueSource(strings = {"key", "activation"})
  void answersLost(String service) throws Exception {
    Workload work = Workload.rush(stack, Workload.label("lost"), REQUESTS, SEATS);
    try (Scenario scenario = new Scenario(stack);
        Fleet fleet = new Fleet(stack, work, 0, Fleet.Reporting.AT_ONCE)) {
      commitWithoutPublishing(service, work, fleet);

      stack.service(service).discard();
      // What the broker had received and not read yet ends with it.
      stack.broker().kill();
      CrashStack.awaitReady(stack.broker());
      Set<String> stored = storedAnswers(service, work);
      assertThat(stored).isNotEmpty();
      assertThat(scenario.publishedIds()).doesNotContainAnyElementsOf(stored);

      stack.service(service).start();
      fleet.awaitDone();
      scenario.audit(fleet);
      assertThat(scenario.publishedIds()).containsAll(stored);
    }
  }

  @ParameterizedTest(name = "{0}-service killed after the commit, answers on their way: published")
  @ValueSource(strings = {"key", "activation"})
  void answersOnTheirWay(String service) throws Exception {
    Workload work = Workload.rush(stack, Workload.label("way"), REQUESTS, SEATS);
    Supervised victim = stack.service(service);
    try (Scenario scenario = new Scenario(stack);
        Fleet fleet = new Fleet(stack, work, 0, Fleet.Reporting.AT_ONCE)) {
      commitWithoutPublishing(service, work, fleet);
      int restarts = victim.restarts();

      victim.kill();
      CrashStack.thaw(stack.broker());

      fleet.awaitDone();
      scenario.audit(fleet);
      assertThat(victim.restarts()).isGreaterThan(restarts);
      assertThat(scenario.publishedIds()).containsAll(storedAnswers(service, work));
    }
  }

  /** Leaves the broker frozen and a batch of the workload committed. */
  private void commitWithoutPublishing(String service, Workload work, Fleet fleet)
      throws SQLException {
    try (Connection lock = stack.database(service);
        Statement statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      statement.execute("lock table outcome in share mode");
      fleet.publish();
      fleet.awaitPublished();
      await("a batch at the lock").atMost(CrashStack.SOON).until(() -> batchWaits(service));
      CrashStack.freeze(stack.broker());
      lock.rollback();
    }
    await("a batch committed under a frozen broker")
        .atMost(CrashStack.SOON)
        .until(() -> !storedAnswers(service, work).isEmpty());
  }

  /** Whether a transaction that has written its decisions waits to write its outcomes. */
  private boolean batchWaits(String service) throws SQLException {
    String decided = service.equals("key") ? "seat" : "activation";
    String sql =
        """
        select 1 from pg_locks w join pg_locks h using (pid)
        where not w.granted and w.relation = 'outcome'::regclass
          and h.granted and h.relation = '%s'::regclass and h.mode = 'RowExclusiveLock'
        """
            .formatted(decided);
    try (Connection database = stack.database(service);
        Statement query = database.createStatement();
        ResultSet rows = query.executeQuery(sql)) {
      return rows.next();
    }
  }

  private Set<String> storedAnswers(String service, Workload work) throws SQLException {
    String sql = "select event_id from outcome where topic is not null and record_key like ?";
    Set<String> ids = new HashSet<>();
    try (Connection database = stack.database(service);
        PreparedStatement query = database.prepareStatement(sql)) {
      query.setString(1, work.asks().get(0).site() + "-%");
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
    }
    return ids;
  }
}
