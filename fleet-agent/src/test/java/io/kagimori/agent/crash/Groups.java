package io.kagimori.agent.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** The consumer groups of the services: how far they are, and setting them back. */
final class Groups implements AutoCloseable {
  private static final Map<String, List<String>> READS =
      Map.of(
          "key-service", List.of("activation.requests", "activation.results", "key.requests"),
          "activation-service", List.of("key.verdicts", "activation.outcomes", "key.facts"));

  private final Admin admin;

  Groups(String kafka) {
    admin = Admin.create(Map.of("bootstrap.servers", kafka));
  }

  /** Where both groups stand and where the topics end. */
  private record Progress(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> behind) {}

  /** Waits until both services have committed all there is, twice seen. */
  void awaitQuiet() {
    Progress[] before = {null};
    await("both services through with everything")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              Progress last = before[0];
              before[0] = progress();
              assertThat(before[0].behind()).isEmpty();
              assertThat(last).isEqualTo(before[0]);
            });
  }

  private Progress progress() throws Exception {
    Map<TopicPartition, Long> ends = ends();
    Map<TopicPartition, Long> behind = new HashMap<>();
    for (Map.Entry<String, List<String>> group : READS.entrySet()) {
      Map<TopicPartition, OffsetAndMetadata> places = offsets(group.getKey());
      ends.forEach(
          (partition, end) -> {
            OffsetAndMetadata place = places.get(partition);
            long at = place == null ? 0 : place.offset();
            boolean read = group.getValue().contains(partition.topic());
            if (read && at < end) {
              behind.put(partition, end - at);
            }
          });
    }
    return new Progress(ends, behind);
  }

  /** Sets the stopped group back on all its topics, by at most so many records a partition. */
  void setBack(String group, long records) throws Exception {
    alter(group, (partition, at) -> Math.max(0, at - records));
  }

  /** Sets the stopped group back to the beginning of all its topics. */
  void setToBeginning(String group) throws Exception {
    alter(group, (partition, at) -> 0L);
  }

  private void alter(String group, BiFunction<TopicPartition, Long, Long> place) throws Exception {
    await(group + " empty")
        .atMost(CrashStack.SOON)
        .until(
            () ->
                admin.describeConsumerGroups(List.of(group)).all().get().get(group).groupState()
                    == GroupState.EMPTY);
    Map<TopicPartition, OffsetAndMetadata> places =
        offsets(group).entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    e -> new OffsetAndMetadata(place.apply(e.getKey(), e.getValue().offset()))));
    admin.alterConsumerGroupOffsets(group, places).all().get();
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(String group)
      throws ExecutionException, InterruptedException {
    return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
  }

  private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    admin
        .describeTopics(READS.values().stream().flatMap(List::stream).toList())
        .allTopicNames()
        .get()
        .forEach(
            (topic, description) ->
                description
                    .partitions()
                    .forEach(
                        p ->
                            latest.put(
                                new TopicPartition(topic, p.partition()), OffsetSpec.latest())));
    return admin.listOffsets(latest).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
  }

  @Override
  public void close() {
    admin.close();
  }
}
