package io.kagimori.contracts.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import io.kagimori.contracts.event.EventType;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schemas and the decoder demand the same: whoever writes by the schema is understood, and what
 * the schema forbids becomes a dead letter that names the field. Found by spoiling every field of
 * every sample in turn.
 */
class SchemaAgreementTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Values of every kind, and on both sides of the limits that the schemas set. */
  private static final List<JsonNode> INSTEAD =
      List.of(
          JSON.nullNode(),
          JSON.objectNode(),
          JSON.arrayNode(),
          JSON.arrayNode().addNull(),
          JSON.textNode(""),
          JSON.textNode(" "),
          JSON.textNode("文字 😀"),
          JSON.textNode("yesterday"),
          JSON.textNode("2026-04-01T00:00:00"),
          JSON.textNode("😀".repeat(5)),
          JSON.textNode("😀".repeat(6)),
          JSON.textNode("😀".repeat(64)),
          JSON.textNode("😀".repeat(65)),
          JSON.textNode("😀".repeat(128)),
          JSON.textNode("😀".repeat(129)),
          JSON.textNode("😀".repeat(255)),
          JSON.textNode("😀".repeat(256)),
          JSON.textNode("😀".repeat(1000)),
          JSON.textNode("😀".repeat(1001)),
          JSON.booleanNode(true),
          JSON.numberNode(-1),
          JSON.numberNode(0),
          JSON.numberNode(6),
          JSON.numberNode(7),
          JSON.numberNode(65535),
          JSON.numberNode(65536),
          JSON.numberNode(2.5),
          JSON.numberNode(Integer.MAX_VALUE + 1L),
          JSON.numberNode(BigInteger.ONE.shiftLeft(63)));

  static List<Sample> samples() {
    return Sample.all();
  }

  /** Where a value stands in a document: field names, and numbers for places in lists. */
  private record Place(List<Object> steps) {
    Place then(Object step) {
      List<Object> longer = new ArrayList<>(steps);
      longer.add(step);
      return new Place(longer);
    }

    /** As a dead letter names it: without the places in lists. */
    String name() {
      return steps.stream()
          .filter(String.class::isInstance)
          .map(String.class::cast)
          .collect(Collectors.joining("."));
    }

    JsonNode in(JsonNode document) {
      JsonNode at = document;
      for (Object step : steps) {
        at = step instanceof Integer index ? at.get(index) : at.get((String) step);
      }
      return at;
    }

    /** A copy of the document with another value here; null takes the field away. */
    JsonNode spoiled(JsonNode document, JsonNode instead) {
      JsonNode copy = document.deepCopy();
      JsonNode parent = new Place(steps.subList(0, steps.size() - 1)).in(copy);
      Object last = steps.getLast();
      if (last instanceof Integer index) {
        ((ArrayNode) parent).set(index, instead);
      } else if (instead == null) {
        ((ObjectNode) parent).remove((String) last);
      } else {
        ((ObjectNode) parent).set((String) last, instead);
      }
      return copy;
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void takingAFieldAwayMattersToBothOrToNeither(Sample sample) {
    JsonNode document = sample.json();
    for (Place place : places(sample, document)) {
      if (place.steps().getLast() instanceof String) {
        compare(sample, place, place.spoiled(document, null), "taken away", true);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void spoilingAFieldMattersToBothOrToNeither(Sample sample) {
    JsonNode document = sample.json();
    for (Place place : places(sample, document)) {
      JsonNode was = place.in(document);
      for (JsonNode instead : INSTEAD) {
        // Reading is kinder than the schema: null is absent, and 7601 will do for "7601".
        boolean strict =
            !instead.isNull()
                && (was.getNodeType() == instead.getNodeType()
                    || was.isContainerNode()
                    || instead.isContainerNode());
        compare(sample, place, place.spoiled(document, instead), instead.toString(), strict);
      }
    }
  }

  private static void compare(
      Sample sample, Place place, JsonNode spoiled, String how, boolean strict) {
    List<String> violated =
        Sample.violations(sample.type(), spoiled).stream().map(SchemaAgreementTest::field).toList();
    JsonNode key = spoiled.path(sample.event().recordKeyField());
    Records sent =
        Records.binary(
            sample.type(),
            key.isTextual() ? key.textValue() : sample.event().recordKey(),
            EventJson.bytes(spoiled));
    Decoded decoded = sent.decoded();
    String what = sample + ": " + place.name() + " " + how;
    if (violated.isEmpty()) {
      assertThat(decoded).as(what).isInstanceOf(Request.class);
    } else if (strict && !violated.stream().allMatch(field -> field.startsWith("request."))) {
      // The request inside a verdict was checked when it arrived, and is not checked again.
      assertThat(decoded)
          .as(what)
          .isInstanceOfSatisfying(
              BadRecord.class,
              bad -> {
                assertThat(bad.reason()).as(what).isEqualTo(DeadLetterReason.INVALID_EVENT);
                assertThat(bad.detail()).as(what).isIn(violated);
              });
    }
  }

  /** The field that a violation is about, as a dead letter names it. */
  private static String field(Error violation) {
    Stream<String> names =
        IntStream.range(0, violation.getInstanceLocation().getNameCount())
            .mapToObj(violation.getInstanceLocation()::getElement)
            .filter(String.class::isInstance)
            .map(String.class::cast);
    return Stream.concat(names, Stream.ofNullable(violation.getProperty()))
        .collect(Collectors.joining("."));
  }

  /** Every place whose field the schema knows; details are free, and so are unknown fields. */
  private static List<Place> places(Sample sample, JsonNode document) {
    List<Place> places = new ArrayList<>();
    collect(places, new Place(List.of()), document, sample.type().data());
    return places;
  }

  private static void collect(List<Place> places, Place at, JsonNode node, Type type) {
    if (node.isArray() && type instanceof ParameterizedType list) {
      for (int i = 0; i < node.size(); i++) {
        places.add(at.then(i));
        collect(places, at.then(i), node.get(i), list.getActualTypeArguments()[0]);
      }
    } else if (type instanceof Class<?> record && record.isRecord()) {
      for (RecordComponent component : record.getRecordComponents()) {
        JsonNode value = node.get(component.getName());
        if (value != null) {
          places.add(at.then(component.getName()));
          collect(places, at.then(component.getName()), value, component.getGenericType());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void schemaAndRecordHaveTheSameFields(EventType type) throws IOException {
    sameFields(
        type.typeName(), Sample.schemaFile(type), schema(Sample.schemaFile(type)), type.data());
  }

  private static void sameFields(String what, Path file, JsonNode schema, Type type)
      throws IOException {
    if (schema.has("$ref")) {
      String[] ref = schema.get("$ref").textValue().split("#", 2);
      Path target = ref[0].isEmpty() ? file : file.resolveSibling(ref[0]);
      sameFields(what, target, schema(target).at(ref.length > 1 ? ref[1] : ""), type);
    } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      assertThat(schema.path("type").asText()).as(what).isEqualTo("array");
      sameFields(what + "[]", file, schema.get("items"), list.getActualTypeArguments()[0]);
    } else if (type instanceof Class<?> record && record.isRecord()) {
      assertThat(schema.get("properties").propertyStream().map(Map.Entry::getKey))
          .as(what)
          .containsExactlyElementsOf(
              Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList());
      for (RecordComponent component : record.getRecordComponents()) {
        sameFields(
            what + "." + component.getName(),
            file,
            schema.get("properties").get(component.getName()),
            component.getGenericType());
      }
    } else if (type instanceof Class<?> choice && choice.isEnum()) {
      assertThat(schema.get("enum").valueStream().map(JsonNode::textValue))
          .as(what)
          .containsExactlyElementsOf(
              Arrays.stream(choice.getEnumConstants()).map(Object::toString).toList());
    }
  }

  @Test
  void everySchemaFileIsOneOfATypeOrShared() throws IOException {
    Set<String> expected =
        new TreeSet<>(
            Set.of("common", "key.verdict", "activation.result", "esu.result", "edition.result"));
    Arrays.stream(EventType.values()).map(Sample::shortName).forEach(expected::add);
    try (Stream<Path> files = Files.list(Sample.ROOT.resolve("schemas"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              expected.stream().map(name -> name + ".v1.json").toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void unknownFieldsAreLeftOpen(EventType type) {
    ObjectNode data = (ObjectNode) new Sample(type, "full").json();
    data.putObject("fieldOfALaterVersion").put("x", 1);

    assertThat(Sample.violations(type, data)).isEmpty();
  }

  private static JsonNode schema(Path file) throws IOException {
    return EventJson.mapper().readTree(file.toFile());
  }
}
