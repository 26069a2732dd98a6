package io.kagimori.contracts.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kagimori.contracts.event.EventType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The content id tells a request sent again from another request under a used id. */
class ContentIdTest {
  static List<Sample> samples() {
    return Sample.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void sameContentInOtherClothes(Sample sample) throws JsonProcessingException {
    UUID contentId = sample.binary().request().contentId();
    JsonNode turned = turned(sample.json());
    String spread = EventJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(turned);

    assertThat(sample.binary().withValue(turned.toString()).request().contentId())
        .isEqualTo(contentId);
    assertThat(sample.binary().withValue("\n\t " + spread + "\r\n").request().contentId())
        .isEqualTo(contentId);
    assertThat(
            Records.structured(sample.type(), sample.event().recordKey(), spread)
                .request()
                .contentId())
        .isEqualTo(contentId);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theEnvelopeIsNoContent(Sample sample) {
    Records later =
        sample
            .binary()
            .with("ce_id", "0196f0c4-7a10-7fff-8a5b-00005eed0fff")
            .with("ce_time", "2027-01-01T00:00:00Z")
            .with("ce_source", "/elsewhere")
            .at(Records.TIMESTAMP + 1);

    assertThat(later.request().contentId()).isEqualTo(sample.binary().request().contentId());
  }

  @Test
  void absentNullAndSpelledOutDefaultAreTheSameContent() {
    Sample sample = new Sample(EventType.ACTIVATION_REQUESTED, "minimal");
    UUID contentId = sample.binary().request().contentId();

    assertThat(with(sample, "initiator", "\"AGENT\"")).isEqualTo(contentId);
    assertThat(with(sample, "site", "null")).isEqualTo(contentId);
    assertThat(with(sample, "site", "\"\"")).isNotEqualTo(contentId);
  }

  @Test
  void sameInstantWithAnotherOffset() {
    Sample sample = new Sample(EventType.DEVICE_REPORTED, "minimal");

    assertThat(with(sample, "collectedAt", "\"2026-04-01T00:00:00Z\""))
        .isEqualTo(sample.binary().request().contentId());
    assertThat(with(sample, "collectedAt", "\"2026-04-01T00:00:00.000000001Z\""))
        .isNotEqualTo(sample.binary().request().contentId());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyFieldIsContent(Sample sample) {
    Set<UUID> ids = new HashSet<>(Set.of(sample.binary().request().contentId()));
    ObjectNode written = (ObjectNode) Sample.json(sample.canonical().getBytes(UTF_8));
    for (Map.Entry<String, JsonNode> field : written.properties()) {
      JsonNode other = other(field.getValue());
      if (other != null && !field.getKey().equals(sample.event().recordKeyField())) {
        ObjectNode changed = written.deepCopy().set(field.getKey(), other);
        if (sample.binary().withValue(changed.toString()).decoded() instanceof Request request) {
          assertThat(ids.add(request.contentId())).as("%s %s", sample, field.getKey()).isTrue();
        }
      }
    }
    if (sample.name().equals("full")) {
      assertThat(ids).hasSizeGreaterThan(1);
    }
  }

  @Test
  void anotherTypeIsOtherContent() {
    Sample granted = new Sample(EventType.ACTIVATION_GRANTED, "minimal");
    Records confirmed = granted.binary().with("ce_type", EventType.ACTIVATION_CONFIRMED.typeName());

    assertThat(confirmed.request().contentId())
        .isNotEqualTo(granted.binary().request().contentId());
  }

  @Test
  void contentIdsAreStoredSoTheyMustNotChange() {
    assertThat(new Sample(EventType.ACTIVATION_REQUESTED, "full").binary().request().contentId())
        .hasToString("78192b5b-b567-31d7-a329-9fe0c15da432");
  }

  private static UUID with(Sample sample, String field, String json) {
    ObjectNode changed = (ObjectNode) sample.json();
    changed.set(field, Sample.json(json.getBytes(UTF_8)));
    return sample.binary().withValue(changed.toString()).request().contentId();
  }

  /** Another value that free text, a count or a flag may have; null for lists and objects. */
  private static JsonNode other(JsonNode value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (value.getNodeType()) {
      case STRING -> json.textNode(value.textValue() + "x");
      case NUMBER -> json.numberNode(value.longValue() + 1);
      case BOOLEAN -> json.booleanNode(!value.booleanValue());
      default -> null;
    };
  }

  /** The same document with the fields of every object in reverse order. */
  private static JsonNode turned(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode turned = array.arrayNode();
      array.forEach(element -> turned.add(turned(element)));
      return turned;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode turned = object.objectNode();
      for (Map.Entry<String, JsonNode> field : new ArrayList<>(object.properties()).reversed()) {
        turned.set(field.getKey(), turned(field.getValue()));
      }
      return turned;
    }
    return node;
  }
}
