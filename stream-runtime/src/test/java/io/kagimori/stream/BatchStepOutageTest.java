package io.kagimori.stream;

import static io.kagimori.stream.TallyChannel.answeredOnce;
import static io.kagimori.stream.TallyChannel.requests;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kagimori.local.BrokerProcess;
import io.kagimori.local.LocalTopics;
import io.kagimori.local.Supervised;
import io.kagimori.stream.TallyChannel.Published;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Races between instances, and a database or a broker that goes away while a batch is at work. */
class BatchStepOutageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @BeforeEach
  void prepare() {
    TallyChannel.prepare();
  }

  private static void exactlyOnce(
      TallyChannel channel, Published published, List<ProducerRecord<byte[], byte[]>> requests) {
    answeredOnce(published, requests);
    assertThat(published.letters()).isEmpty();
    assertThat(channel.outcomes()).isEqualTo(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      assertThat(channel.count("pc-" + i)).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("the database is cut off in mid-batch: the step waits, says so, and goes on")
  void databaseAway() {
    PGSimpleDataSource direct = TallyChannel.database();
    try (Forwarder way = new Forwarder(direct.getPortNumbers()[0]);
        TallyChannel channel = TallyChannel.open(through(way, direct), TallyChannel.brokers())) {
      List<ProducerRecord<byte[], byte[]>> requests = requests(20);
      AtomicInteger cuts = new AtomicInteger();
      channel.rule.afterStore =
          () -> {
            if (cuts.getAndIncrement() == 0) {
              way.cut();
            }
          };

      CompletableFuture<Void> step = inThread(() -> channel.process(requests));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(channel.health.waitingFor())
                      .hasValueSatisfying(why -> assertThat(why).startsWith("database away")));
      assertThat(step).isNotDone();
      assertThat(channel.published().records()).isEmpty();
      assertThat(channel.outcomes()).isZero();
      way.open();

      assertThat(step).succeedsWithin(PATIENCE);
      assertThat(channel.health.waitingFor()).isEmpty();
      exactlyOnce(channel, channel.published(), requests);
    }
  }

  private static DataSource through(Forwarder way, PGSimpleDataSource direct) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {way.port()});
    source.setDatabaseName(direct.getDatabaseName());
    source.setUser(direct.getUser());
    source.setPassword(direct.getPassword());
    return source;
  }

  @Test
  @DisplayName("a commit that was done and whose answer was lost is found again, not done again")
  void commitUnheard() {
    AtomicInteger commits = new AtomicInteger();
    DataSource deaf = failing("commit", true, call -> commits.getAndIncrement() < 1);
    try (TallyChannel channel = TallyChannel.open(deaf, TallyChannel.brokers())) {
      List<ProducerRecord<byte[], byte[]>> requests = requests(20);
      channel.process(requests);
      exactlyOnce(channel, channel.published(), requests);
      assertThat(channel.rule.decided).hasSize(20);
    }
  }

  @Test
  @DisplayName("a database that fails a few times is asked again until it works")
  void severalFailures() {
    AtomicInteger commits = new AtomicInteger();
    DataSource flaky = failing("commit", false, call -> commits.getAndIncrement() < 3);
    try (TallyChannel channel = TallyChannel.open(flaky, TallyChannel.brokers())) {
      List<ProducerRecord<byte[], byte[]>> requests = requests(5);
      channel.process(requests);
      exactlyOnce(channel, channel.published(), requests);
      assertThat(commits).hasValueGreaterThanOrEqualTo(4);
      assertThat(channel.health.waitingFor()).isEmpty();
    }
  }

  /** The database with one method of its connections that fails as a lost connection does. */
  private static DataSource failing(String method, boolean afterwards, Predicate<String> when) {
    PGSimpleDataSource direct = TallyChannel.database();
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, called, arguments) ->
                called.getName().equals("getConnection")
                    ? failing(direct.getConnection(), method, afterwards, when)
                    : called.invoke(direct, arguments));
  }

  private static Connection failing(
      Connection connection, String method, boolean afterwards, Predicate<String> when) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, called, arguments) -> {
              boolean fails = called.getName().equals(method) && when.test(method);
              try {
                Object result = fails && !afterwards ? null : called.invoke(connection, arguments);
                if (fails) {
                  throw new SQLException("connection lost", "08006");
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  @DisplayName("when patience runs out the poll fails, nothing is published and nothing is lost")
  void patienceOver() {
    DataSource gone = failing("setAutoCommit", false, call -> true);
    try (TallyChannel channel =
        TallyChannel.open(gone, TallyChannel.brokers(), Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> channel.process(requests(3)))
          .isInstanceOf(Failures.DatabaseAway.class);
      assertThat(channel.published().records()).isEmpty();
      assertThat(channel.outcomes()).isZero();
      assertThat(channel.health.waitingFor()).isPresent();
    }
  }

  @RepeatedTest(5)
  @DisplayName("two instances on the same requests: each decided once, both publish the same bytes")
  void race() {
    List<ProducerRecord<byte[], byte[]>> all = requests(60);
    try (TallyChannel one = TallyChannel.open();
        TallyChannel two = TallyChannel.open()) {
      // Both have found no outcome before either goes on, so both decide.
      CyclicBarrier bothFoundNothing = new CyclicBarrier(2);
      one.rule.beforeLoad = once(bothFoundNothing);
      two.rule.beforeLoad = once(bothFoundNothing);

      CompletableFuture<Void> first = inThread(() -> one.process(all.subList(0, 40)));
      CompletableFuture<Void> second = inThread(() -> two.process(all.subList(20, 60).reversed()));
      assertThat(first).succeedsWithin(PATIENCE);
      assertThat(second).succeedsWithin(PATIENCE);

      Published published = one.published();
      assertThat(published.valuesById())
          .hasSize(60)
          .allSatisfy((id, values) -> assertThat(values).containsOnly(values.get(0)));
      assertThat(published.answers()).hasSize(80);
      assertThat(published.letters()).isEmpty();
      assertThat(one.outcomes()).isEqualTo(60);
      for (int i = 0; i < 60; i++) {
        assertThat(one.count("pc-" + i)).isEqualTo(1);
      }
      assertThat(one.rule.decided.size() + two.rule.decided.size()).isGreaterThan(60);
      assertThat(one.health.waitingFor()).isEmpty();
      assertThat(two.health.waitingFor()).isEmpty();
    }
  }

  /** In a thread of its own: the common pool has a single one on a small machine. */
  private static CompletableFuture<Void> inThread(Runnable work) {
    return CompletableFuture.runAsync(work, task -> Thread.ofPlatform().daemon().start(task));
  }

  private static Runnable once(CyclicBarrier barrier) {
    AtomicInteger calls = new AtomicInteger();
    return () -> {
      if (calls.getAndIncrement() == 0) {
        try {
          barrier.await(30, SECONDS);
        } catch (Exception e) {
          throw new AssertionError("the other instance did not come", e);
        }
      }
    };
  }

  @Test
  @DisplayName("the broker is away after the commit: the answers come when it is back")
  void brokerAway(@TempDir Path folder) {
    BrokerProcess process =
        new BrokerProcess(
            folder.resolve("broker"),
            folder.resolve("broker.log"),
            freePort(),
            List.of("-Xmx256m"));
    try (Supervised broker = new Supervised(process, Duration.ofSeconds(10))) {
      broker.start();
      broker.awaitReady(Duration.ofSeconds(60));
      LocalTopics.ensure(process.bootstrapServers(), true);
      try (TallyChannel channel =
          TallyChannel.open(TallyChannel.database(), process.bootstrapServers())) {
        List<ProducerRecord<byte[], byte[]>> requests = requests(10);
        channel.rule.afterStore = broker::stop;

        CompletableFuture<Void> step = inThread(() -> channel.process(requests));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(channel.outcomes()).isEqualTo(10));
        assertThat(step).isNotDone();
        broker.start();
        broker.awaitReady(Duration.ofSeconds(60));

        // One sending may use up its whole delivery timeout before it is done again.
        assertThat(step).succeedsWithin(Duration.ofMinutes(2));
        // What was on its way when the broker left may come twice; it is the same both times.
        Published published = channel.published();
        assertThat(published.valuesById())
            .containsOnlyKeys(requests.stream().map(TallyChannel::answerId).toList())
            .allSatisfy((id, values) -> assertThat(values).containsOnly(values.get(0)));
        assertThat(published.letters()).isEmpty();
        assertThat(channel.rule.decided).hasSize(10);
        assertThat(channel.health.waitingFor()).isEmpty();
      }
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
