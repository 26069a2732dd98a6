package io.kagimori.agent;

import static io.kagimori.agent.Typed.typed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.stream.EventSender;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.ClockTicked;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.EventType;
import io.kagimori.local.LocalStack;
import io.kagimori.local.StackOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stack of key- and edition-service with an agreement, two keys and an image, and the words to
 * ask it. The jars are built before this module in every full build; where somebody builds this
 * module alone, there is nothing to run against.
 */
abstract class EditionStack {
  static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  static final String R2 = "windows-server-2008-r2";

  @TempDir static Path data;

  static LocalStack stack;

  @BeforeAll
  static void start() throws IOException {
    for (String service : List.of("key-service", "edition-service")) {
      Path jar = HOME.resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
      assumeTrue(Files.exists(jar), service + " is not built");
    }
    StackOptions usual = StackOptions.usual(HOME);
    Map<String, Integer> services = new LinkedHashMap<>(usual.services());
    services.keySet().retainAll(Set.of("key", "edition"));
    stack =
        LocalStack.start(
            usual
                .withServices(services)
                // Waves begin when a test sends a tick, not when a minute happens to begin.
                .withSettings(Map.of("kagimori.ticks.cron", "off"))
                .withData(data.resolve("stack"))
                .onFreePorts());
    stack.awaitReady(Duration.ofMinutes(3));
    done("agreements", "register", "ea", "--program", "EA", "--wait", "30");
    registerKey("mak-r2", R2, 150);
    registerKey("mak-w11", "windows-11", 150);
    done(
        "images",
        "register",
        "pro-ja",
        "--product",
        "windows-11",
        "--edition",
        "Professional",
        "--language",
        "ja-JP",
        "--kind",
        "VOLUME",
        "--source",
        "VLSC",
        "--key",
        "mak-w11",
        "--wait",
        "30");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(dryUpgrade("probe", "mak-r2").json().path("reasons"))
                  .anyMatch(count -> count.asInt() == 1);
              assertThat(dryReimage("probe").json().at("/outcomes/PERMITTED").asInt()).isOne();
            });
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  static void registerKey(String keyId, String product, int seats) throws IOException {
    Random random = new Random();
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < 29; i++) {
      made.append(i % 6 == 5 ? '-' : "BCDFGHJKMPQRTVWXY2346789".charAt(random.nextInt(24)));
    }
    Path file = Files.writeString(Files.createTempFile(data, "key", ".txt"), made + "\n");
    done(
        "keys",
        "register",
        keyId,
        "--kind",
        "MAK",
        "--covers",
        product + "=*",
        "--purchased",
        Integer.toString(seats),
        "--agreement",
        "ea",
        "--product-key-file",
        file.toString(),
        "--wait",
        "30");
  }

  static Typed plain(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(
        List.of(
            "--kafka",
            stack.kafka(),
            "--key-service",
            stack.serviceUrl("key"),
            "--edition-service",
            stack.serviceUrl("edition")));
    return typed(all.toArray(String[]::new));
  }

  static Typed run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--json");
    return plain(all.toArray(String[]::new));
  }

  static JsonNode done(String... args) {
    Typed typed = run(args);
    assertThat(typed.exitCode()).as("%s", typed).isEqualTo(Exit.DONE);
    return typed.json();
  }

  static String[] upgrade(String device, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "request",
                "upgrade",
                "--device",
                device,
                "--product",
                R2,
                "--from-edition",
                "ServerStandard",
                "--to-edition",
                "ServerEnterprise",
                "--preflight-confirmed",
                "--wait",
                "30"));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  static Typed dryUpgrade(String device, String keyId) {
    return run(upgrade(device, "--dry-run", "--key", keyId));
  }

  static Typed dryReimage(String device) {
    return run(reimage(device, "ea", "--dry-run"));
  }

  static String[] reimage(String device, String agreement, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "request",
                "reimage",
                "--device",
                device,
                "--image",
                "pro-ja",
                "--agreement",
                agreement,
                "--oem-product",
                "windows-11",
                "--oem-edition",
                "Professional",
                "--oem-language",
                "ja-JP",
                "--wait",
                "30"));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  static void send(EventType type, Event event) {
    try (EventSender sender = new EventSender(stack.kafka())) {
      sender.publish(EventSender.event(type, EventIds.request(), Instant.now(), event));
    }
  }

  static void tick() {
    try (EventSender sender = new EventSender(stack.kafka())) {
      ClockTicked ticked = new ClockTicked("edition-service", Instant.now(), 0);
      sender.publish(
          EventSender.event(EventType.CLOCK_TICKED, EventIds.request(), Instant.now(), ticked)
              .on("edition-service.ticks"));
    }
  }
}
