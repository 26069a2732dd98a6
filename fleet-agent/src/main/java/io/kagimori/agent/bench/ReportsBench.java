package io.kagimori.agent.bench;

import io.kagimori.agent.cli.Output;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.DeviceReportedKmsBuilder;
import io.kagimori.contracts.event.DeviceReportedLicenseBuilder;
import io.kagimori.contracts.event.EventType;
import io.kagimori.local.LocalStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Device reports from publishing to the database of activation-service, beside what neither can do
 * without: a producer that only publishes them and a program that only inserts them. All three do
 * the same payloads, in turns, on one stack.
 */
final class ReportsBench implements AutoCloseable {
  private static final String TOPIC = "device.reports";
  private static final String FLOOR_TOPIC = "floor.reports";
  private static final String GROUP = "activation-service";
  private static final int ROWS_A_TRANSACTION = 1000;
  private static final int WARM_UP_MAX = 20_000;

  /** No round waits longer for the service. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Counting takes the database some milliseconds, so not too often. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private static final String STORED =
      "select count(*) from device where device_id between ? and ?";
  private static final String LICENSED = STORED + " and license_status = 1";

  private final Consumer<String> note;
  private final Connection floor;
  private final Connection service;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ServiceMeters meters;

  /**
   * @param stack with activation-service
   * @param note takes a line about progress
   */
  ReportsBench(LocalStack stack, Consumer<String> note) throws SQLException {
    this.note = note;
    Floor.createTopics(stack.kafka(), List.of(FLOOR_TOPIC));
    floor = Floor.tables(stack, "activation", List.of("device"));
    floor.setAutoCommit(false);
    service =
        DriverManager.getConnection(
            stack.jdbcUrl("activation"), "activation", stack.jdbcPassword("activation"));
    admin = Admin.create(Map.of("bootstrap.servers", stack.kafka()));
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                stack.kafka(),
                "acks",
                "all",
                "linger.ms",
                5,
                "batch.size",
                128 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    meters = new ServiceMeters(stack.serviceUrl("activation"));
  }

  /** Measures so many reports in so many rounds, after a shorter one that counts for nothing. */
  ReportsReport measure(int reports, int rounds) {
    note.accept("warming up");
    round("warm", Math.min(reports, WARM_UP_MAX));
    List<ReportsReport.Round> measured = new ArrayList<>();
    Map<String, Double> shares = Map.of();
    for (int round = 1; round <= rounds; round++) {
      note.accept("round " + round + " of " + rounds);
      Map<String, Double> before = meters.seconds();
      measured.add(round("round-" + round, reports));
      shares = ServiceMeters.shares(before, meters.seconds(), measured.get(round - 1).pipeline());
    }
    return ReportsReport.of(reports, measured, shares);
  }

  private ReportsReport.Round round(String name, int reports) {
    String prefix = "bench-" + Long.toString(System.nanoTime(), 36) + "-" + name + "-";
    List<DeviceReported> payloads = payloads(prefix, reports);
    List<ProducerRecord<byte[], byte[]>> plain = records(payloads, FLOOR_TOPIC);
    double published = seconds(() -> publish(plain));
    List<Object[]> rows = payloads.stream().map(ReportsBench::row).toList();
    double inserted = seconds(() -> insert(rows));
    List<ProducerRecord<byte[], byte[]>> records = records(payloads, TOPIC);
    double stored =
        seconds(
            () -> {
              publish(records);
              awaitStored(prefix, reports);
            });
    // What the service has still to commit must not run into the next round.
    awaitThrough();
    return new ReportsReport.Round(published, inserted, stored, rows(LICENSED, prefix));
  }

  /** A KMS client each, as {@code slmgr /dlv} tells it. */
  private static List<DeviceReported> payloads(String prefix, int count) {
    Instant now = Instant.now();
    List<DeviceReported> payloads = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      DeviceReported.Kms kms =
          DeviceReportedKmsBuilder.builder()
              .cmid(EventIds.request().toString())
              .discoveredHost("kms.example.org")
              .port(1688)
              .activationIntervalMinutes(120L)
              .renewalIntervalMinutes(10_080L)
              .build();
      DeviceReported.License license =
          DeviceReportedLicenseBuilder.builder()
              .name("Windows(R), Enterprise edition")
              .channel("VOLUME_KMSCLIENT")
              .activationId("73111121-5638-40f6-bc11-f1d7b0d64300")
              .applicationId("55c92734-d682-4d71-983e-d6ec3f16059f")
              .partialKey("2YT43")
              .licenseStatus(1)
              .remainingMinutes(259_197L)
              .rearmCount(1000)
              .kms(kms)
              .build();
      payloads.add(
          DeviceReportedBuilder.builder()
              .deviceId(prefix + i)
              .collectedAt(now)
              .source("SLMGR")
              .osBuild("19045")
              .language("en")
              .licenses(List.of(license))
              .build());
    }
    return payloads;
  }

  private static List<ProducerRecord<byte[], byte[]>> records(
      List<DeviceReported> payloads, String topic) {
    Instant now = Instant.now();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(payloads.size());
    for (DeviceReported payload : payloads) {
      records.add(
          Answer.of(EventType.DEVICE_REPORTED, EventIds.request(), "bench", now, payload)
              .on(topic)
              .toRecord());
    }
    return records;
  }

  private void publish(List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(records.size());
    records.forEach(record -> acknowledgements.add(producer.send(record)));
    producer.flush();
    acknowledgements.forEach(ReportsBench::get);
  }

  private void insert(List<Object[]> rows) {
    try {
      for (int from = 0; from < rows.size(); from += ROWS_A_TRANSACTION) {
        FloorHop.copy(
            floor,
            FloorActivationHop.NEW_DEVICES,
            rows.subList(from, Math.min(rows.size(), from + ROWS_A_TRANSACTION)));
        floor.commit();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the plain insert failed", e);
    }
  }

  private static Object[] row(DeviceReported payload) {
    return new Object[] {payload.deviceId(), 1L, null, null, 1, Output.text(payload)};
  }

  private void awaitStored(String prefix, int reports) {
    await(() -> rows(STORED, prefix) >= reports);
  }

  /** Waits until the service has committed the end of the topic, as it stands now. */
  private void awaitThrough() {
    Map<TopicPartition, Long> ends = ends();
    await(() -> !isBehind(ends));
  }

  private static void await(BooleanSupplier done) {
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("activation-service is not through with " + TOPIC);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private boolean isBehind(Map<TopicPartition, Long> ends) {
    Map<TopicPartition, OffsetAndMetadata> places =
        get(admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata());
    return ends.entrySet().stream()
        .anyMatch(
            end -> {
              OffsetAndMetadata place = places.get(end.getKey());
              return end.getValue() > (place == null ? 0 : place.offset());
            });
  }

  private Map<TopicPartition, Long> ends() {
    Map<TopicPartition, Long> ends = new HashMap<>();
    producer
        .partitionsFor(TOPIC)
        .forEach(info -> ends.put(new TopicPartition(TOPIC, info.partition()), 0L));
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    ends.keySet().forEach(part -> latest.put(part, OffsetSpec.latest()));
    get(admin.listOffsets(latest).all()).forEach((part, end) -> ends.put(part, end.offset()));
    return ends;
  }

  /** Devices of a round, whose names end in a number. */
  private long rows(String sql, String prefix) {
    try (PreparedStatement statement = service.prepareStatement(sql)) {
      statement.setString(1, prefix + "0");
      statement.setString(2, prefix + "9".repeat(10));
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the rows could not be counted", e);
    }
  }

  private static double seconds(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    producer.close();
    admin.close();
    floor.close();
    service.close();
  }
}
