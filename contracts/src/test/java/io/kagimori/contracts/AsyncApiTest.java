package io.kagimori.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kagimori.contracts.Topics.Retention;
import io.kagimori.contracts.Topics.Topic;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.BadRecord;
import io.kagimori.contracts.cloudevents.DeadLetterReason;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ClockTicked;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** {@code asyncapi.yaml} says what the program does: no topic, type or header more or less. */
class AsyncApiTest {
  private static final Path FILE =
      Path.of(System.getProperty("basedir", "."), "src/main/resources/asyncapi.yaml");

  private static final long DAYS_30_MS = 30L * 24 * 60 * 60 * 1000;
  private static final Set<String> PARTIES =
      Set.of(
          "agents",
          "operators",
          "dashboards",
          "key-service",
          "activation-service",
          "edition-service",
          "esu-service");

  private final JsonNode page;

  AsyncApiTest() throws IOException {
    page = new YAMLMapper().readTree(FILE.toFile());
  }

  /** Each topic with its channel; a channel with a parameter stands for several topics. */
  private Map<String, JsonNode> channels() {
    Map<String, JsonNode> channels = new HashMap<>();
    for (JsonNode channel : page.get("channels")) {
      for (String address : addresses(channel)) {
        assertThat(channels.put(address, channel)).as("second channel of %s", address).isNull();
      }
    }
    return channels;
  }

  private static List<String> addresses(JsonNode channel) {
    String address = channel.get("address").textValue();
    List<String> addresses = new ArrayList<>();
    for (Map.Entry<String, JsonNode> parameter : channel.path("parameters").properties()) {
      for (JsonNode value : parameter.getValue().get("enum")) {
        addresses.add(address.replace("{" + parameter.getKey() + "}", value.textValue()));
      }
    }
    return addresses.isEmpty() ? List.of(address) : addresses;
  }

  @Test
  void topicsAreTheProgramsTopics() {
    assertThat(channels())
        .containsOnlyKeys(Topics.all().stream().map(Topic::name).toArray(String[]::new));
  }

  @Test
  void topicsAreKeptAsLongAsTheProgramSays() {
    Map<String, JsonNode> channels = channels();
    for (Topic topic : Topics.all()) {
      JsonNode kafka = at(channels.get(topic.name()).get("bindings")).get("kafka");
      JsonNode kept = kafka.get("topicConfiguration");
      String policy = topic.retention() == Retention.COMPACTED ? "compact" : "delete";

      assertThat(kafka.get("partitions").asInt())
          .as(topic.name())
          .isEqualTo(topic.single() ? 1 : 12);
      assertThat(kept.get("cleanup.policy").valueStream().map(JsonNode::textValue))
          .as(topic.name())
          .containsExactly(policy);
      switch (topic.retention()) {
        case REQUESTS ->
            assertThat(kept.get("retention.ms").asLong()).as(topic.name()).isEqualTo(DAYS_30_MS);
        case ANSWERS ->
            assertThat(kept.get("retention.ms").asLong()).as(topic.name()).isEqualTo(-1);
        case COMPACTED -> assertThat(kept.has("retention.ms")).as(topic.name()).isFalse();
      }
    }
  }

  @Test
  void eachTypeTravelsOnItsTopicAndNowhereElse() {
    Set<String> written = new TreeSet<>();
    for (Map.Entry<String, JsonNode> channel : channels().entrySet()) {
      if (!channel.getKey().endsWith(Topics.DEAD_LETTER_SUFFIX)) {
        for (JsonNode message : channel.getValue().get("messages")) {
          written.add(channel.getKey() + " " + at(message).get("name").textValue());
        }
      }
    }
    Set<String> real = new TreeSet<>();
    for (EventType type : EventType.values()) {
      Stream<String> topics =
          type == EventType.CLOCK_TICKED
              ? Stream.of(
                  Topics.KEY_TICKS, Topics.ACTIVATION_TICKS, Topics.EDITION_TICKS, Topics.ESU_TICKS)
              : Stream.of(type.topic());
      topics.forEach(topic -> real.add(topic + " " + type.typeName()));
    }
    assertThat(written).isEqualTo(real);
  }

  @Test
  void messagesAreTheProgramsTypesAndTheDeadLetter() {
    assertThat(page.at("/components/messages").valueStream())
        .extracting(message -> message.get("name").textValue())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Arrays.stream(EventType.values()).map(EventType::typeName),
                    Stream.of("dead-letter"))
                .toList());
  }

  @Test
  void messagesHaveTheirSchemaTheirKeyAndTheCloudEventHeaders() throws IOException {
    for (EventType type : EventType.values()) {
      JsonNode message = message(type.typeName());
      String schema = message.at("/payload/$ref").textValue();

      assertThat(schema)
          .isEqualTo(
              "kagimori/schemas/" + type.typeName().substring("io.kagimori.".length()) + ".json");
      assertThat(FILE.resolveSibling(schema)).isRegularFile();
      assertThat(message.at("/traits/0/$ref").textValue())
          .isEqualTo("#/components/messageTraits/cloudEvent");
      assertThat(message.at("/bindings/$ref").textValue())
          .isEqualTo("#/components/messageBindings/" + keyField(type));
    }
  }

  /** The field that holds the record key, asked of the minimal sample. */
  private static String keyField(EventType type) throws IOException {
    String name = type.typeName().substring("io.kagimori.".length()).replace(".v1", "");
    byte[] sample =
        Files.readAllBytes(FILE.resolveSibling("kagimori/samples/" + name + "/minimal.json"));
    Event event = EventJson.read(sample, type.data());
    return event.recordKeyField();
  }

  @Test
  void cloudEventHeadersAreThoseThatTheProgramWrites() {
    Answer answer =
        Answer.of(
            EventType.CLOCK_TICKED,
            new UUID(1, 2),
            "key-service",
            Instant.EPOCH,
            new ClockTicked("key-service", Instant.EPOCH, 0));

    assertThat(page.at("/components/messageTraits/cloudEvent/headers/properties").propertyStream())
        .extracting(Map.Entry::getKey)
        .containsExactlyElementsOf(names(answer.on(Topics.KEY_TICKS).toRecord().headers()));
  }

  @Test
  void deadLetterHeadersAreThoseThatTheProgramWrites() {
    BadRecord bad =
        new BadRecord(
            DeadLetterReason.ID_REUSED,
            "ce_id",
            new ConsumerRecord<>("t", 0, 0, new byte[0], "value".getBytes(StandardCharsets.UTF_8)));
    JsonNode headers = message("dead-letter").get("headers");

    assertThat(headers.get("properties").propertyStream())
        .extracting(Map.Entry::getKey)
        .containsExactlyElementsOf(names(bad.deadLetter().headers()));
    assertThat(headers.at("/properties/dlq-reason/enum").valueStream().map(JsonNode::textValue))
        .containsExactlyElementsOf(
            Arrays.stream(DeadLetterReason.values()).map(DeadLetterReason::name).toList());
  }

  @Test
  void everyChannelHasItsSendersAndItsReceivers() {
    List<String> described = new ArrayList<>();
    for (JsonNode operation : page.get("operations")) {
      String channel = operation.at("/channel/$ref").textValue();
      described.add(operation.get("action").textValue() + " " + channel);
      assertThat(operation.get("tags").valueStream())
          .as(channel)
          .isNotEmpty()
          .extracting(tag -> tag.get("name").textValue())
          .doesNotHaveDuplicates()
          .isSubsetOf(PARTIES);
    }
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            page.get("channels")
                .propertyStream()
                .flatMap(
                    channel ->
                        Stream.of(
                            "send #/channels/" + channel.getKey(),
                            "receive #/channels/" + channel.getKey()))
                .toList());
  }

  @Test
  void everyReferenceInThePageLeadsSomewhere() {
    assertThat(page.findValuesAsText("$ref"))
        .isNotEmpty()
        .filteredOn(ref -> ref.startsWith("#"))
        .allSatisfy(ref -> assertThat(page.at(ref.substring(1)).isMissingNode()).as(ref).isFalse());
  }

  private JsonNode message(String name) {
    return page.at("/components/messages")
        .valueStream()
        .filter(message -> message.get("name").textValue().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not described in asyncapi.yaml"));
  }

  /** The node itself, or the one that it refers to. */
  private JsonNode at(JsonNode node) {
    return node.has("$ref") ? page.at(node.get("$ref").textValue().substring(1)) : node;
  }

  private static List<String> names(Iterable<Header> headers) {
    List<String> names = new ArrayList<>();
    headers.forEach(header -> names.add(header.key()));
    return names;
  }
}
