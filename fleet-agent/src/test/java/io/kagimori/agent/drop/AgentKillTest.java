package io.kagimori.agent.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagimori.agent.Kagimori;
import io.kagimori.agent.stream.AnswerFeed;
import io.kagimori.contracts.Topics;
import io.kagimori.local.BrokerProcess;
import io.kagimori.local.LocalTopics;
import io.kagimori.local.Ports;
import io.kagimori.local.Supervised;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent as a process of its own, killed without warning again and again, without a broker at
 * first and with one later.
 */
class AgentKillTest {
  private static final Path LISTING =
      Path.of("src/test/resources/samples/slmgr-dli/01-win7-kms-client.txt");
  private static final int FILES = 60;
  private static final int KILLS = 4;
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Long before the test, so that late delivery shows. */
  private static final Instant COLLECTED = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir private Path data;

  private final int port = Ports.free();
  private Supervised broker;
  private Process agent;

  @AfterEach
  void stop() throws InterruptedException {
    if (agent != null) {
      agent.destroyForcibly();
      agent.waitFor(10, TimeUnit.SECONDS);
    }
    if (broker != null) {
      broker.discard();
    }
  }

  @Test
  @DisplayName("SX-05 nothing is lost by kill -9, with and without Kafka")
  void losesNothing() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int dropped = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      startAgent();
      for (int i = 0; i < FILES / KILLS / 2; i++) {
        drop(dropped++);
      }
      awaitDone(1 + random.nextInt(dropped));
      kill();
    }
    startBroker();
    while (dropped < FILES) {
      startAgent();
      for (int i = 0; i < 10 && dropped < FILES; i++) {
        drop(dropped++);
      }
      awaitDone(dropped - random.nextInt(5));
      kill();
    }
    startAgent();
    awaitDone(FILES);

    Map<String, ConsumerRecord<byte[], byte[]>> byDevice = new HashMap<>();
    try (AnswerFeed feed =
        new AnswerFeed(
            "127.0.0.1:" + port, List.of(Topics.DEVICE_REPORTS), AnswerFeed.From.BEGINNING)) {
      await()
          .alias("all reports arrive, seed " + seed)
          .atMost(SOON)
          .until(
              () -> {
                feed.poll(Duration.ofMillis(200)).forEach(record -> note(record, byDevice));
                return byDevice.size() == FILES;
              });
    }
    assertThat(byDevice.values())
        .allSatisfy(
            record -> {
              assertThat(header(record, "ce_time")).isEqualTo(COLLECTED.toString());
              assertThat(record.timestamp())
                  .isGreaterThan(COLLECTED.plusSeconds(3_600).toEpochMilli());
            });
  }

  /** A report that came twice came with the same id and the same bytes. */
  private static void note(
      ConsumerRecord<byte[], byte[]> record, Map<String, ConsumerRecord<byte[], byte[]>> byDevice) {
    String device = new String(record.key(), StandardCharsets.UTF_8);
    ConsumerRecord<byte[], byte[]> before = byDevice.put(device, record);
    if (before != null) {
      assertThat(header(record, "ce_id")).isEqualTo(header(before, "ce_id"));
      assertThat(record.value()).isEqualTo(before.value());
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private Path folder() {
    return data.resolve("drop");
  }

  private void drop(int number) throws IOException {
    Path device = Files.createDirectories(folder().resolve("pc-" + number));
    Path unfinished = Files.copy(LISTING, device.resolve("dli.txt.part"));
    Files.setLastModifiedTime(unfinished, FileTime.from(COLLECTED));
    Files.move(unfinished, device.resolve("dli.txt"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitDone(int files) {
    await()
        .alias("files are taken")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> done() >= files);
  }

  private long done() throws IOException {
    Path done = folder().resolve("done");
    if (!Files.exists(done)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(done)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  private void startBroker() {
    broker =
        new Supervised(
            new BrokerProcess(
                data.resolve("broker"),
                data.resolve("broker.log"),
                port,
                List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")),
            Duration.ofSeconds(10));
    broker.start();
    broker.awaitReady(SOON);
    LocalTopics.ensure("127.0.0.1:" + port, true);
  }

  private void startAgent() throws IOException {
    agent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Kagimori.class.getName(),
                "agent",
                "--drop",
                folder().toString(),
                "--interval",
                "0.2",
                "--settle",
                "0",
                "--kafka",
                "127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("agent.log").toFile()))
            .start();
  }

  private void kill() throws InterruptedException {
    agent.destroyForcibly();
    assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }
}
