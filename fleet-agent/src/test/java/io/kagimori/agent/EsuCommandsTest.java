package io.kagimori.agent;

import static io.kagimori.agent.Typed.typed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.simulation.SyntheticKeys;
import io.kagimori.contracts.Topics;
import io.kagimori.contracts.event.EsuEnrolmentRequested;
import io.kagimori.contracts.event.EventType;
import io.kagimori.local.EventProbe;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ESU commands against the real esu-service. Its jar is built before this module in every full
 * build; where somebody builds this module alone, there is nothing to run against.
 */
class EsuCommandsTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @TempDir private static Path data;

  private static LocalStack stack;

  @BeforeAll
  static void start() {
    Path jar = HOME.resolve("esu-service").resolve("target/quarkus-app/quarkus-run.jar");
    assumeTrue(Files.exists(jar), "esu-service is not built");
    Map<String, Integer> services = new LinkedHashMap<>(Map.of("esu", 0));
    stack =
        LocalStack.start(
            StackOptions.usual(HOME)
                .withServices(services)
                .withData(data.resolve("stack"))
                .onFreePorts());
    stack.awaitReady(Duration.ofMinutes(3));
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  private static Typed run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(
        List.of("--kafka", stack.kafka(), "--esu-service", stack.serviceUrl("esu"), "--json"));
    return typed(all.toArray(String[]::new));
  }

  private static Typed platform(String device) {
    return run(
        "request",
        "esu",
        "--device",
        device,
        "--product",
        "windows-10",
        "--edition",
        "Enterprise",
        "--route",
        "PLATFORM",
        "--platform",
        "AZURE_VM",
        "--wait",
        "30");
  }

  @Test
  @DisplayName(
      "S3-24 S3-27 an enrolment is answered, its repetition refused, coverage shown by day")
  void enrolment() {
    Typed first = platform("cli-vm");
    assertThat(first.exitCode()).as(first.err()).isEqualTo(Exit.DONE);
    assertThat(first.json().path("verdict").asText()).isEqualTo("ENTITLED");
    Typed again = platform("cli-vm");
    assertThat(again.exitCode()).isEqualTo(Exit.NO);
    assertThat(again.json().path("reason").asText()).isEqualTo("ALREADY_ENTITLED");

    Typed today = run("esu", "coverage", "--device", "cli-vm");
    assertThat(today.exitCode()).isEqualTo(Exit.DONE);
    assertThat(today.json().path("state").asText()).isEqualTo("COVERED_BY_PLATFORM");
    Typed before = run("esu", "coverage", "--device", "cli-vm", "--as-of", "2025-10-15");
    assertThat(before.exitCode()).isEqualTo(Exit.NO);
    assertThat(before.json().path("state").asText()).isEqualTo("ELIGIBLE");
    Typed counted = run("esu", "coverage", "--product", "windows-10");
    assertThat(counted.json().path("devices").asInt()).isPositive();
    assertThat(run("esu", "coverage", "--as-of", "yesterday").exitCode()).isEqualTo(Exit.USAGE);
    assertThat(run("esu", "coverage", "--device", "nobody").exitCode()).isEqualTo(Exit.NO);
  }

  @Test
  @DisplayName("S3-14 S3-15 a script with a placeholder, into a file too")
  void script() throws IOException {
    Path file = data.resolve("esu.ps1");
    Typed script =
        run(
            "esu",
            "script",
            "--program",
            "windows-10-esu",
            "--year",
            "2",
            "--format",
            "powershell",
            "--key",
            "esu-w10",
            "--out",
            file.toString());
    assertThat(script.exitCode()).isEqualTo(Exit.DONE);
    assertThat(script.json().path("fileName").asText()).isEqualTo("windows-10-esu-year2.ps1");
    assertThat(Files.readString(file)).contains("{key:esu-w10}");
    assertThat(script.err()).contains("package");
    assertThat(run("esu", "script", "--program", "windows-95-esu").exitCode()).isEqualTo(Exit.NO);
  }

  @Test
  @DisplayName("S3-16 an import tells its bad rows, a dry run changes nothing")
  void imports() throws IOException {
    Path file = data.resolve("export.csv");
    Files.writeString(
        file,
        """
        Netbios_Name0,ESUValue,Operating_System_Name_and0
        cli-win7,77db037b-95c3-48d7-a3ab-a9c6d41093e0,Microsoft Windows NT Workstation 6.1
        cli-bad,not-a-guid,Microsoft Windows NT Workstation 6.1
        """);
    Typed dry = run("esu", "import", file.toString(), "--dry-run");
    assertThat(dry.exitCode()).isEqualTo(Exit.NO);
    assertThat(dry.json().path("rows").asInt()).isEqualTo(1);
    assertThat(dry.json().path("errors").path(0).path("line").asInt()).isEqualTo(3);
    assertThat(run("esu", "coverage", "--device", "cli-win7").exitCode()).isEqualTo(Exit.NO);

    assertThat(run("esu", "import", file.toString()).exitCode()).isEqualTo(Exit.NO);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              JsonNode one = run("esu", "coverage", "--device", "cli-win7").json();
              assertThat(one.path("facts").path("product").asText()).isEqualTo("windows-7");
            });
    assertThat(run("esu", "import", data.resolve("missing.csv").toString()).exitCode())
        .isEqualTo(Exit.USAGE);
  }

  @Test
  @DisplayName("S3-10 S3-21 programs by activation id, and a campaign with its seats")
  void programs() {
    JsonNode years =
        run("esu", "programs", "--activation-id", "1043add5-23b1-4afb-9a0f-64343c8f3f8d")
            .json()
            .path("items");
    assertThat(years).hasSize(1);
    assertThat(years.path(0).path("year").asInt()).isEqualTo(2);
    Typed campaign = run("esu", "campaign", "--program", "windows-7-esu", "--year", "1");
    assertThat(campaign.json().path("plan").path("program").asText()).isEqualTo("windows-7-esu");
  }

  @Test
  @DisplayName("S3-02 S3-04 S3-06 an update is reported, and its diagnosis comes back")
  void updates() {
    Typed failed = update("--stage", "INSTALL", "--code", "80070661", "--site", "hq");
    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(Exit.NO);
    assertThat(failed.json().path("reason").asText()).isEqualTo("ESU_NOT_ACTIVATED");
    assertThat(failed.json().path("evidence").path("messageMisleading").asBoolean()).isTrue();
    assertThat(
            update("--stage", "INSTALL", "--updates", "KB4490628").json().path("reason").asText())
        .isEqualTo("PREREQ_MISSING");
    Typed pending = update("--stage", "PENDING_REBOOT");
    assertThat(pending.exitCode()).isEqualTo(Exit.NO);
    assertThat(pending.json().path("reason").asText()).isEqualTo("INSTALLED_PENDING_REBOOT");
    Typed done = update("--stage", "INSTALLED");
    assertThat(done.exitCode()).isEqualTo(Exit.DONE);
    assertThat(done.json().path("evidence").path("incidentClosed").asBoolean()).isTrue();
    assertThat(update("--stage", "SOMEWHERE").exitCode()).isEqualTo(Exit.USAGE);
  }

  private static Typed update(String... args) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "esu",
                "update",
                "--device",
                "cli-update",
                "--product",
                "windows-7",
                "--edition",
                "Professional",
                "--kb",
                "KB4577051",
                "--happened-at",
                "2020-09-28T08:00:00Z",
                "--wait",
                "30"));
    all.addAll(List.of(args));
    return run(all.toArray(String[]::new));
  }

  @Test
  @DisplayName("S3-25 the license resource of Azure Arc travels with the request")
  void arc() {
    try (EventProbe probe = new EventProbe(stack.kafka(), Topics.ESU_REQUESTS)) {
      Typed asked =
          run(
              "request",
              "esu",
              "--device",
              "cli-arc",
              "--product",
              "windows-server-2012-r2",
              "--edition",
              "ServerStandard",
              "--route",
              "PLATFORM",
              "--platform",
              "ARC",
              "--arc-license",
              "cli-esu",
              "--arc-core-type",
              "VIRTUAL",
              "--arc-edition",
              "STANDARD",
              "--arc-cores",
              "16",
              "--device-cores",
              "8",
              "--wait",
              "30");
      // Its program ended on 13 October 2026; what counts here is that there is an answer.
      assertThat(asked.json().path("verdict").asText()).isIn("ENTITLED", "REFUSED");
      assertThat(
              probe
                  .await(EventType.ESU_ENROLMENT_REQUESTED, "cli-arc", EsuEnrolmentRequested.class)
                  .arcLicense())
          .isEqualTo(
              new EsuEnrolmentRequested.ArcLicense(
                  "cli-esu", "VIRTUAL", "STANDARD", "ACTIVATED", 16, 8));
    }
    assertThat(run("request", "esu", "--arc-license", "alone").exitCode()).isEqualTo(Exit.USAGE);
  }

  @Test
  @DisplayName("S3-15 a full key where its id belongs goes nowhere")
  void fullKey() {
    String key = new SyntheticKeys(new Random(5)).next().value();
    for (Typed refused :
        List.of(
            run("esu", "script", "--program", "windows-10-esu", "--year", "2", "--key", key),
            run(
                "request",
                "esu",
                "--device",
                "cli-key",
                "--product",
                "windows-10",
                "--edition",
                "Enterprise",
                "--key",
                key))) {
      assertThat(refused.exitCode()).isNotEqualTo(Exit.DONE);
      assertThat(refused.out()).doesNotContain(key);
      assertThat(refused.err()).doesNotContain(key);
    }
  }
}
