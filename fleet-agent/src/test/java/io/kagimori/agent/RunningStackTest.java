package io.kagimori.agent;

import static io.kagimori.agent.Typed.typed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Exit;
import io.kagimori.contracts.ProductKey;
import io.kagimori.local.LocalStack;
import io.kagimori.local.StackOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands against the real services. The services' jars are built before this module in every full
 * build; where somebody builds this module alone, there is nothing to run against.
 */
class RunningStackTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path LISTING =
      Path.of("src/test/resources/samples/slmgr-dlv/03-win11-pro-retail-typed-note-ja.txt");

  @TempDir private static Path data;

  private static LocalStack stack;

  /** Made at run time from the alphabet; opens nothing. */
  private final ProductKey key = syntheticKey();

  private final StringBuilder everythingShown = new StringBuilder();

  @BeforeAll
  static void start() {
    for (String service : List.of("key-service", "activation-service")) {
      Path jar = HOME.resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
      assumeTrue(Files.exists(jar), service + " is not built");
    }
    StackOptions usual = StackOptions.usual(HOME);
    Map<String, Integer> services = new LinkedHashMap<>(usual.services());
    services.keySet().retainAll(Set.of("key", "activation"));
    stack =
        LocalStack.start(
            usual.withServices(services).withData(data.resolve("stack")).onFreePorts());
    stack.awaitReady(Duration.ofMinutes(3));
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  private static ProductKey syntheticKey() {
    Random random = new Random();
    StringBuilder characters = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      characters.append("BCDFGHJKMPQRTVWXY2346789".charAt(random.nextInt(24)));
    }
    return ProductKey.of(characters.toString());
  }

  private Typed run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(
        List.of(
            "--kafka",
            stack.kafka(),
            "--key-service",
            stack.serviceUrl("key"),
            "--activation-service",
            stack.serviceUrl("activation"),
            "--json"));
    Typed typed = typed(all.toArray(String[]::new));
    everythingShown.append(typed.out()).append(typed.err());
    return typed;
  }

  private void register(String keyId, int seats) throws IOException {
    Path file = Files.writeString(Files.createTempFile(data, "key", ".txt"), key.value() + "\n");
    Typed registered =
        run(
            "keys",
            "register",
            keyId,
            "--kind",
            "MAK",
            "--covers",
            "windows-11=Enterprise",
            "--purchased",
            Integer.toString(seats),
            "--product-key-file",
            file.toString());
    assertThat(registered.err()).isEmpty();
    assertThat(registered.exitCode()).isEqualTo(Exit.DONE);
    assertThat(registered.json().path("partialKey").asText()).isEqualTo(key.partialKey());
  }

  private Typed requestActivation(String device, String keyId) {
    return run(
        "request",
        "activation",
        "--device",
        device,
        "--product",
        "windows-11",
        "--edition",
        "Enterprise",
        "--channel",
        "MAK",
        "--key",
        keyId,
        "--wait",
        "30");
  }

  private JsonNode pool(String keyId) {
    for (JsonNode pool : run("pools").json().path("keys")) {
      if (pool.path("keyId").asText().equals(keyId)) {
        return pool;
      }
    }
    throw new AssertionError("no pool of " + keyId);
  }

  @Test
  @DisplayName("S1-29 seats used and remaining follow an activation, and SX-03 no key is shown")
  void activation() throws IOException {
    register("cli-mak", 1);

    Typed granted = requestActivation("cli-pc-1", "cli-mak");
    assertThat(granted.exitCode()).isEqualTo(Exit.DONE);
    assertThat(granted.json().path("verdict").asText()).isEqualTo("GRANTED");
    assertThat(granted.json().path("steps")).isNotEmpty();
    assertThat(pool("cli-mak").path("used").asInt()).isEqualTo(1);
    assertThat(pool("cli-mak").path("remaining").asInt()).isZero();

    Typed confirmed =
        run(
            "request",
            "attempt",
            "--device",
            "cli-pc-1",
            "--request",
            granted.json().path("requestId").asText(),
            "--license-status",
            "1",
            "--wait",
            "30");
    assertThat(confirmed.exitCode()).isEqualTo(Exit.DONE);
    assertThat(confirmed.json().path("verdict").asText()).isEqualTo("CONFIRMED");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(pool("cli-mak").path("consumed").asInt()).isEqualTo(1));

    Typed exhausted = requestActivation("cli-pc-2", "cli-mak");
    assertThat(exhausted.exitCode()).isEqualTo(Exit.NO);
    assertThat(exhausted.json().path("reason").asText()).isEqualTo("MAK_EXHAUSTED");

    assertThat(run("keys", "plan", "cli-mak", "--activations", "1").exitCode()).isEqualTo(Exit.NO);
    assertThat(run("keys", "ledger", "cli-mak").json().path("items")).hasSize(3);
    Typed seen =
        run("watch", "--from-beginning", "--device", "cli-pc-1", "--limit", "2", "--for", "20");
    assertThat(Stream.of(0, 1).map(i -> seen.json().at("/" + i + "/data/verdict").asText()))
        .containsExactly("GRANTED", "CONFIRMED");
    assertThat(everythingShown)
        .doesNotContain(key.value())
        .doesNotContain(key.value().replace("-", ""));
  }

  @Test
  @DisplayName("An unknown resource is a no with the service's own code")
  void unknownResource() {
    Typed typed = run("keys", "show", "nobody");

    assertThat(typed.exitCode()).isEqualTo(Exit.NO);
    assertThat(typed.json().at("/error/code").asText()).isEqualTo("KEY_UNKNOWN");
  }

  @Test
  @DisplayName("Facts of a file reach the device they come from")
  void published() {
    Typed collected = run("collect", LISTING.toString(), "--publish", "--device", "cli-pc-3");
    assertThat(collected.exitCode()).isEqualTo(Exit.DONE);
    assertThat(collected.json().at("/files/0/eventIds/0").asText()).hasSize(36);

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(run("devices", "show", "cli-pc-3").exitCode()).isEqualTo(Exit.DONE));
  }

  @Test
  @DisplayName("SX-07 a simulated fleet is answered as forecast, a second time from memory")
  void simulated() {
    Typed first = run("simulate", "--devices", "150", "--seed", "11");
    Typed second = run("simulate", "--devices", "150", "--seed", "11");

    assertThat(first.json().path("findings")).isEmpty();
    assertThat(first.exitCode()).isEqualTo(Exit.DONE);
    assertThat(second.json().path("findings")).isEmpty();
    assertThat(second.exitCode()).isEqualTo(Exit.DONE);
    for (String count : List.of("requests", "results", "granted", "confirmed", "refused")) {
      assertThat(second.json().path(count)).isEqualTo(first.json().path(count));
    }
  }

  @Test
  @DisplayName("The demo starts a stack of its own, loses nothing and leaves nothing behind")
  void demo() {
    System.setProperty("kagimori.home", HOME.toString());

    Typed demo = typed("demo", "--devices", "60", "--seed", "7", "--json");

    assertThat(demo.exitCode()).as(demo.err()).isEqualTo(Exit.DONE);
    assertThat(demo.json().path("lost").asInt()).isZero();
    assertThat(demo.json().path("invariants")).isNotEmpty().allMatch(JsonNode::asBoolean);
    assertThat(demo.json().at("/latencyMs/p99").asDouble()).isPositive();
    Path folder =
        demo.err()
            .lines()
            .filter(line -> line.startsWith("starting the stack in "))
            .map(line -> Path.of(line.substring("starting the stack in ".length())))
            .findFirst()
            .orElseThrow();
    assertThat(folder).doesNotExist();
  }
}
