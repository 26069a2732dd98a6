package io.kagimori.esu.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.esu.domain.Conclusion;
import io.kagimori.esu.domain.EsuBatch;
import io.kagimori.esu.domain.EsuDevice;
import io.kagimori.esu.domain.RandomDevices;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several channels of the service, or several instances, are at one device at the same time. */
@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "esu"))
class ChannelsOnOneDeviceTest {
  private static final String WAITING =
      "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and pid = ?";

  private static final int EVERYONE = 1_000_000;

  @Inject EsuStore store;
  @Inject DataSource database;

  private final String id = "both-" + UUID.randomUUID();
  private final EsuDevice first = RandomDevices.of(id, 11, "before");
  private final EsuDevice second = RandomDevices.of(id, 12, "after");

  @Test
  @DisplayName("whoever waited for a device sees what the other wrote meanwhile")
  void nothingIsLost() throws Exception {
    try (Connection one = open();
        Connection other = open();
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      store.save(one, batch(new EsuBatch(), first));
      one.commit();

      EsuBatch mine = store.lock(one, ids());
      int pid = pid(other);
      Future<EsuBatch> theirs = thread.submit(() -> store.lock(other, ids()));
      Awaitility.await().until(() -> waits(pid));
      store.save(one, batch(mine, second));
      one.commit();

      assertThat(theirs.get(30, TimeUnit.SECONDS).device(id)).isEqualTo(second);
      other.rollback();
    }
  }

  @Test
  @DisplayName("a device that is new to two channels at once is made once; the other starts again")
  void newToBoth() throws SQLException {
    try (Connection one = open();
        Connection other = open()) {
      EsuBatch mine = batch(store.lock(one, ids()), first);
      EsuBatch theirs = batch(store.lock(other, ids()), second);
      store.save(one, mine);
      one.commit();
      Assertions.assertThatThrownBy(() -> store.save(other, theirs))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
      other.rollback();
      assertThat(store.lock(other, ids()).device(id)).isEqualTo(first);
      other.rollback();
    }
  }

  @Test
  @DisplayName("S3-13 the sweep passes over a device that another channel holds")
  void sweepWaitsForNobody() throws SQLException {
    LocalDate due = LocalDate.parse("2001-01-01");
    try (Connection one = open();
        Connection other = open()) {
      store.save(one, batch(new EsuBatch(), first));
      try (PreparedStatement make =
          one.prepareStatement(
              "insert into esu_due values (?, ?)"
                  + " on conflict (device_id) do update set due_on = excluded.due_on")) {
        make.setString(1, id);
        make.setObject(2, due);
        make.executeUpdate();
      }
      one.commit();
      store.lock(one, ids());
      assertThat(store.lockDue(other, due, EVERYONE).batch().devices())
          .extracting(EsuDevice::deviceId)
          .doesNotContain(id);
      other.rollback();
      one.rollback();
      EsuStore.Due found = store.lockDue(other, due, EVERYONE);
      assertThat(found.batch().devices()).extracting(EsuDevice::deviceId).contains(id);
      store.save(other, found);
      assertThat(store.lockDue(other, due, EVERYONE).batch().devices())
          .as("what was looked at is not due any more")
          .extracting(EsuDevice::deviceId)
          .doesNotContain(id);
      other.commit();
    }
  }

  @Test
  @DisplayName("S3-22 other programs make every device due once, and its row is written anew")
  void otherPrograms() throws SQLException {
    LocalDate today = LocalDate.parse("2001-01-01");
    try (Connection one = open();
        Statement statement = one.createStatement()) {
      store.save(one, batch(new EsuBatch(), first));
      statement.execute(
          "update esu_device set blocked = 'OUTDATED' where device_id = '" + id + "'");
      statement.execute(
          "insert into esu_plan (digest) values ('older')"
              + " on conflict (only_one) do update set digest = excluded.digest");
      EsuStore.Due due = store.lockDue(one, today, EVERYONE);
      assertThat(due.anew()).contains(id);
      store.save(one, due);
      try (ResultSet row =
          statement.executeQuery("select blocked from esu_device where device_id = '" + id + "'")) {
        row.next();
        assertThat(row.getString(1)).isNotEqualTo("OUTDATED");
      }
      assertThat(store.lockDue(one, today, EVERYONE).anew()).isEqualTo(Set.of());
      // Devices of other tests stay as they were.
      one.rollback();
    }
  }

  private static EsuBatch batch(EsuBatch batch, EsuDevice device) {
    batch.apply(new Conclusion(device, List.of(), List.of(), Optional.empty()));
    return batch;
  }

  private SortedSet<String> ids() {
    return new TreeSet<>(Set.of(id));
  }

  private Connection open() throws SQLException {
    Connection connection = database.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private static int pid(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }

  private boolean waits(int pid) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(WAITING)) {
      statement.setInt(1, pid);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1) > 0;
      }
    }
  }
}
