package io.kagimori.contracts.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A published golden sample of an event's data: {@code samples/<type>/<name>.json}. */
record Sample(EventType type, String name) {
  /** Read from the sources, so that a deleted file does not live on in the build folder. */
  static final Path ROOT =
      Path.of(System.getProperty("basedir", "."), "src/main/resources/kagimori");

  static final Path FOLDER = ROOT.resolve("samples");

  private static final String CANONICAL = ".canonical.json";
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  static List<Sample> all() {
    return Arrays.stream(EventType.values()).flatMap(type -> of(type).stream()).toList();
  }

  static List<Sample> of(EventType type) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(shortName(type)))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".json") && !file.endsWith(CANONICAL))
          .map(file -> new Sample(type, file.substring(0, file.length() - ".json".length())))
          .sorted((a, b) -> a.name().compareTo(b.name()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("no samples of " + type.typeName(), e);
    }
  }

  /** The type's name in file names: {@code activation.requested}. */
  static String shortName(EventType type) {
    return type.typeName().substring("io.kagimori.".length(), type.typeName().length() - 3);
  }

  static Path schemaFile(EventType type) {
    return ROOT.resolve("schemas").resolve(shortName(type) + ".v1.json");
  }

  byte[] bytes() {
    return read(FOLDER.resolve(shortName(type)).resolve(name + ".json"));
  }

  String text() {
    return new String(bytes(), UTF_8);
  }

  /** What our own writing of the sample must be, byte by byte; the file ends in a line end. */
  String canonical() {
    return new String(read(FOLDER.resolve(shortName(type)).resolve(name + CANONICAL)), UTF_8)
        .stripTrailing();
  }

  JsonNode json() {
    return json(bytes());
  }

  Event event() {
    return EventJson.read(bytes(), type.data());
  }

  Records binary() {
    return Records.binary(type, event().recordKey(), bytes());
  }

  Records structured() {
    return Records.structured(type, event().recordKey(), text());
  }

  /** What the schema has against the data; empty when it is valid. */
  static List<Error> violations(EventType type, JsonNode data) {
    Schema schema =
        SCHEMAS.getSchema(
            SchemaLocation.of("classpath:kagimori/schemas/" + schemaFile(type).getFileName()));
    return schema.validate(
        data, run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  static JsonNode json(byte[] bytes) {
    try {
      return EventJson.mapper().readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return shortName(type) + "/" + name;
  }
}
