package io.kagimori.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the embedded stack is started with.
 *
 * @param project the folder that holds the modules and their built services
 * @param data where everything is kept; made when missing
 * @param fresh whether to remove first what an earlier run kept there
 * @param createTime whether records keep the timestamp that their sender chose
 * @param kafkaPort loopback port of the broker
 * @param postgresPort loopback port of the database
 * @param services the services to start, name and loopback port, in the order they are listed
 * @param settings system properties for every service, on top of the stack's own
 */
public record StackOptions(
    Path project,
    Path data,
    boolean fresh,
    boolean createTime,
    int kafkaPort,
    int postgresPort,
    Map<String, Integer> services,
    Map<String, String> settings) {

  /** A service that the stack knows, with its usual port. */
  private record Known(String name, int port) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known("key", 8081),
          new Known("activation", 8082),
          new Known("edition", 8083),
          new Known("esu", 8084),
          new Known("dashboard", 8080));

  public StackOptions {
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    settings = Map.copyOf(settings);
  }

  /**
   * The usual ports, {@code data} in the project, and every service that the project has. An
   * environment variable such as {@code KAGIMORI_KEY_PORT} moves one part to another port.
   */
  public static StackOptions usual(Path project) {
    Map<String, Integer> services = new LinkedHashMap<>();
    for (Known known : KNOWN) {
      if (Files.exists(project.resolve(ServiceProcess.module(known.name())).resolve("pom.xml"))) {
        services.put(known.name(), port(known.name(), known.port()));
      }
    }
    return new StackOptions(
        project,
        project.resolve("data"),
        false,
        false,
        port("kafka", 19092),
        port("postgres", 15432),
        services,
        Map.of());
  }

  /** The environment variable that moves a part to another port: {@code KAGIMORI_KEY_PORT}. */
  static String portVariable(String part) {
    return "KAGIMORI_" + part.toUpperCase(Locale.ROOT) + "_PORT";
  }

  private static int port(String part, int usual) {
    String chosen = System.getenv(portVariable(part));
    if (chosen == null || chosen.isBlank()) {
      return usual;
    }
    if (!chosen.matches("[1-9][0-9]{0,4}") || Integer.parseInt(chosen) > 65_535) {
      throw new StackException(
          "%s is '%s' and must be a port number from 1 to 65535."
              .formatted(portVariable(part), chosen));
    }
    return Integer.parseInt(chosen);
  }

  /** The same services and settings on free ports, for tests and demos beside a running stack. */
  public StackOptions onFreePorts() {
    Map<String, Integer> free = new LinkedHashMap<>();
    List<Integer> ports = new ArrayList<>(Ports.free(services.size() + 2));
    services.keySet().forEach(name -> free.put(name, ports.removeFirst()));
    return new StackOptions(
        project, data, fresh, createTime, ports.get(0), ports.get(1), free, settings);
  }

  public StackOptions withData(Path folder) {
    return new StackOptions(
        project, folder, fresh, createTime, kafkaPort, postgresPort, services, settings);
  }

  public StackOptions withFresh(boolean remove) {
    return new StackOptions(
        project, data, remove, createTime, kafkaPort, postgresPort, services, settings);
  }

  public StackOptions withCreateTime(boolean chosen) {
    return new StackOptions(
        project, data, fresh, chosen, kafkaPort, postgresPort, services, settings);
  }

  public StackOptions withKafkaPort(int port) {
    return new StackOptions(
        project, data, fresh, createTime, port, postgresPort, services, settings);
  }

  public StackOptions withPostgresPort(int port) {
    return new StackOptions(project, data, fresh, createTime, kafkaPort, port, services, settings);
  }

  public StackOptions withServices(Map<String, Integer> portsByName) {
    return new StackOptions(
        project, data, fresh, createTime, kafkaPort, postgresPort, portsByName, settings);
  }

  public StackOptions withSettings(Map<String, String> properties) {
    return new StackOptions(
        project, data, fresh, createTime, kafkaPort, postgresPort, services, properties);
  }
}
