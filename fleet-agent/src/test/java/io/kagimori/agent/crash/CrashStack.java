package io.kagimori.agent.crash;

import static org.awaitility.Awaitility.await;

import io.kagimori.local.LocalStack;
import io.kagimori.local.Ports;
import io.kagimori.local.StackOptions;
import io.kagimori.local.Supervised;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Broker, database (fsync on), key-service and activation-service as they run in operation, for all
 * crash tests of this JVM. Data and logs stay in {@code target/crash-stack} for whoever looks into
 * a failure; the next run removes them.
 */
final class CrashStack {
  static final Duration SOON = Duration.ofMinutes(1);
  static final List<String> SERVICES = List.of("key", "activation");

  /** The group of a killed instance is dealt anew after four seconds; ten in operation. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "mp.messaging.connector.smallrye-kafka.session.timeout.ms", "4000",
          "mp.messaging.connector.smallrye-kafka.heartbeat.interval.ms", "1000");

  private static CrashStack shared;

  private final LocalStack stack;
  private final Map<String, Integer> secondPorts = new HashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();

  private CrashStack(LocalStack stack) {
    this.stack = stack;
  }

  /**
   * The stack of this JVM with one well instance of each service; whatever an earlier test left
   * frozen, stopped or doubled is put right. Fails with the build command when a service is not
   * built.
   */
  static synchronized CrashStack single() {
    CrashStack stack = shared();
    stack.secondPorts.keySet().forEach(name -> stack.stack.service(name, 2).stop());
    stack.putRight();
    return stack;
  }

  /** The same with two instances of each service. */
  static synchronized CrashStack doubled() {
    CrashStack stack = shared();
    stack.putRight();
    stack.addSeconds();
    return stack;
  }

  private static CrashStack shared() {
    if (shared == null) {
      Path project = project();
      Map<String, Integer> services = new LinkedHashMap<>();
      SERVICES.forEach(name -> services.put(name, 0));
      StackOptions options =
          StackOptions.usual(project)
              .withServices(services)
              .withSettings(SETTINGS)
              .withData(project.resolve(Path.of("fleet-agent", "target", "crash-stack")))
              .withFresh(true)
              .onFreePorts();
      shared = new CrashStack(LocalStack.start(options));
    }
    return shared;
  }

  private void putRight() {
    if (stack.broker().isRunning()) {
      thaw(stack.broker());
    }
    stack.postgres().start();
    stack.broker().start();
    SERVICES.forEach(name -> stack.service(name).start());
    awaitReady();
  }

  /** Starts the second instance of each service and waits until they answer. */
  void addSeconds() {
    for (String name : SERVICES) {
      if (secondPorts.containsKey(name)) {
        stack.service(name, 2).start();
      } else {
        secondPorts.put(name, Ports.free());
        stack.startService(name, 2, secondPorts.get(name));
      }
    }
    SERVICES.forEach(name -> awaitReady(stack.service(name, 2)));
  }

  Supervised broker() {
    return stack.broker();
  }

  Supervised postgres() {
    return stack.postgres();
  }

  Supervised service(String name) {
    return stack.service(name);
  }

  Supervised second(String name) {
    return stack.service(name, 2);
  }

  String kafka() {
    return stack.kafka();
  }

  /** Where an instance of a service answers. */
  String url(String name, int instance) {
    return instance == 1 ? stack.serviceUrl(name) : "http://127.0.0.1:" + secondPorts.get(name);
  }

  /** A connection to the database of a service. */
  Connection database(String name) throws SQLException {
    return DriverManager.getConnection(stack.jdbcUrl(name), name, stack.jdbcPassword(name));
  }

  /** Waits until broker, database and the first instances answer. */
  void awaitReady() {
    awaitReady(stack.postgres());
    awaitReady(stack.broker());
    SERVICES.forEach(name -> awaitReady(stack.service(name)));
  }

  static void awaitReady(Supervised part) {
    await(part.name() + " ready").atMost(SOON).until(part::isReady);
  }

  /** How often each part came back by itself. */
  Map<String, Integer> restarts() {
    return stack.restarts();
  }

  /** Stops the clock of a process: it holds what it has and answers nothing. */
  static void freeze(Supervised part) {
    signal("-STOP", part);
  }

  static void thaw(Supervised part) {
    signal("-CONT", part);
  }

  private static void signal(String signal, Supervised part) {
    try {
      int exit =
          new ProcessBuilder("kill", signal, Long.toString(part.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (exit != 0) {
        throw new AssertionError("kill " + signal + " of " + part.name() + " ended with " + exit);
      }
    } catch (IOException e) {
      throw new AssertionError("kill cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Registers a MAK over REST and waits until it stands in the ledger. */
  void registerKey(String keyId, String site, String edition, int purchased) {
    String body =
        """
        {"keyId":"%s","kind":"MAK","productKey":"%s","purchased":%d,"site":"%s",
         "products":[{"product":"windows-server-2019","editions":["%s"]}]}"""
            .formatted(keyId, syntheticKey(), purchased, site, edition);
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(url("key", 1) + "/api/v1/keys"))
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=60")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    if (answer.statusCode() != 201) {
      throw new AssertionError("key not registered: " + answer.statusCode() + " " + answer.body());
    }
  }

  /** What an instance answers to GET. */
  HttpResponse<String> get(String name, int instance, String path) {
    return send(HttpRequest.newBuilder(URI.create(url(name, instance) + path)).GET());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(SOON).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer over REST", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static String syntheticKey() {
    String alphabet = "BCDFGHJKMPQRTVWXY2346789";
    Random random = new Random();
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      key.append(i > 0 && i % 5 == 0 ? "-" : "").append(alphabet.charAt(random.nextInt(24)));
    }
    return key.toString();
  }

  /** The folder that holds the modules: the one with the build's wrapper. */
  static Path project() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("mvnw"))) {
        return folder;
      }
    }
    throw new AssertionError("run the crash tests inside the project: no mvnw above this folder");
  }
}
