package io.kagimori.local;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.Topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/** Makes the topics of {@link Topics#all()} on a broker. */
public final class LocalTopics {
  /** Partitions of a topic on one machine; ticks and dead letters have one. */
  public static final int PARTITIONS = 4;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String FOREVER = "-1";
  private static final String ANY = Long.toString(Long.MAX_VALUE);

  private LocalTopics() {}

  /**
   * Makes every topic that is missing and brings the settings of the others in line.
   *
   * @param bootstrapServers host and port of the broker
   * @param createTime whether records keep the timestamp that their sender chose, as simulations
   *     need it; otherwise the broker stamps them when they arrive
   */
  public static void ensure(String bootstrapServers, boolean createTime) {
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "default.api.timeout.ms",
            (int) TIMEOUT.toMillis());
    try (Admin admin = Admin.create(client)) {
      Set<String> present = admin.listTopics().names().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      List<NewTopic> missing = new ArrayList<>();
      Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
      for (Topic topic : Topics.all()) {
        Map<String, String> settings = settings(topic, createTime);
        if (present.contains(topic.name())) {
          changes.put(
              new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), changes(settings));
        } else {
          missing.add(
              new NewTopic(topic.name(), topic.single() ? 1 : PARTITIONS, (short) 1)
                  .configs(settings));
        }
      }
      admin.createTopics(missing).all().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      admin.incrementalAlterConfigs(changes).all().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new StackException("The topics could not be made: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("The start was interrupted.", e);
    }
  }

  /** The settings of one topic. Every setting is always given, so that a switch back is one too. */
  static Map<String, String> settings(Topic topic, boolean createTime) {
    Map<String, String> settings = new HashMap<>();
    settings.put("max.message.bytes", Integer.toString(LocalBroker.MAX_MESSAGE_BYTES));
    settings.put("message.timestamp.type", createTime ? "CreateTime" : "LogAppendTime");
    settings.put("message.timestamp.before.max.ms", ANY);
    settings.put("message.timestamp.after.max.ms", ANY);
    settings.put(
        "cleanup.policy", topic.retention() == Topics.Retention.COMPACTED ? "compact" : "delete");
    settings.put("retention.ms", retention(topic, createTime));
    // Segments roll by record time as well: where senders leap through years, each leap would
    // open new files.
    settings.put("segment.ms", createTime ? ANY : Long.toString(Duration.ofDays(7).toMillis()));
    return settings;
  }

  /**
   * Under chosen time nothing is old: a simulation of 2020 would lose its requests to the broker's
   * cleaning while it runs.
   */
  private static String retention(Topic topic, boolean createTime) {
    return topic.retention() == Topics.Retention.REQUESTS && !createTime
        ? Long.toString(Duration.ofDays(30).toMillis())
        : FOREVER;
  }

  private static Collection<AlterConfigOp> changes(Map<String, String> settings) {
    List<AlterConfigOp> changes = new ArrayList<>();
    settings.forEach(
        (name, value) -> changes.add(new AlterConfigOp(new ConfigEntry(name, value), OpType.SET)));
    return changes;
  }
}
