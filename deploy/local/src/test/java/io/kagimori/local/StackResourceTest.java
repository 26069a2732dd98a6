package io.kagimori.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.Topics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a service's test gets, the same from processes and from containers. */
class StackResourceTest {
  @Test
  @DisplayName("A test is handed a broker with every topic and a database it owns")
  void handsOverBrokerAndDatabase() throws Exception {
    StackResource resource = new StackResource();
    resource.init(Map.of("database", "key"));

    Map<String, String> settings = resource.start();

    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", settings.get("kafka.bootstrap.servers")))) {
      Set<String> names = admin.listTopics().names().get();
      assertThat(names).containsAll(Topics.all().stream().map(Topics.Topic::name).toList());
      TopicDescription requests =
          admin
              .describeTopics(Set.of(Topics.ACTIVATION_REQUESTS))
              .topicNameValues()
              .get(Topics.ACTIVATION_REQUESTS)
              .get();
      assertThat(requests.partitions()).hasSize(LocalTopics.PARTITIONS);
    }
    try (Connection connection =
            DriverManager.getConnection(
                settings.get("quarkus.datasource.jdbc.url"),
                settings.get("quarkus.datasource.username"),
                settings.get("quarkus.datasource.password"));
        var statement = connection.createStatement();
        var version =
            statement.executeQuery("SELECT current_setting('server_version_num')::int / 10000")) {
      assertThat(version.next()).isTrue();
      assertThat(version.getInt(1)).isEqualTo(18);
      statement.execute("CREATE TABLE IF NOT EXISTS owned (id int)");
    }
  }

  @Test
  @DisplayName("Who asks again gets the same stack")
  void shared() {
    assertThat(TestStack.shared().bootstrapServers())
        .isEqualTo(TestStack.shared().bootstrapServers());
  }
}
