package io.kagimori.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Exit;
import io.kagimori.contracts.catalogue.SetupKey;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionStageReportedBuilder;
import io.kagimori.contracts.event.EventType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The commands around editions against the real services. */
class EditionCommandsTest extends EditionStack {

  @Test
  @DisplayName("S0-05 a dry run prints the plan that works instead of a MAK, in both shapes")
  void workingPlan() {
    Typed text = plain(upgrade("srv-mak", "--dry-run", "--key", "mak-r2"));

    assertThat(text.exitCode()).isEqualTo(Exit.NO);
    assertThat(text.out())
        .contains("BLOCKED_KEY_TYPE")
        .contains("why: edition-specific key needed")
        .contains("activationKeyId mak-r2")
        .contains("/Set-Edition:ServerEnterprise");

    JsonNode device = dryUpgrade("srv-mak", "mak-r2").json().at("/devices/0");
    assertThat(device.path("steps").get(0).asText()).contains("/Set-Edition:ServerEnterprise");
    JsonNode plan = device.path("detail").path("plan");
    Typed works =
        run(
            upgrade(
                "srv-mak",
                "--dry-run",
                "--key",
                plan.path("keyId").asText(),
                "--activation-key",
                plan.path("activationKeyId").asText()));
    assertThat(works.exitCode()).isEqualTo(Exit.DONE);
    assertThat(works.json().at("/outcomes/PLANNED").asInt()).isOne();
  }

  @Test
  @DisplayName("S0-08 an edition without setup key: NO_SETUP_KEY with the official list")
  void noSetupKey() {
    Typed none = plain("setup-keys", "--product", R2, "--edition", "ServerNobody");

    assertThat(none.exitCode()).isEqualTo(Exit.NO);
    assertThat(none.out()).contains("NO_SETUP_KEY", SetupKey.OFFICIAL_LIST);
    assertThat(done("setup-keys", "--product", R2, "--edition", "ServerEnterprise").at("/items"))
        .hasSize(1);
  }

  @Test
  @DisplayName("S0-30 a campaign on the command line: created, followed through its funnel, ended")
  void campaign() {
    JsonNode created =
        done(
            "campaigns",
            "create",
            "autumn",
            "--title",
            "Enterprise for all",
            "--pause-failure-percent",
            "100",
            "--wait",
            "30");
    assertThat(created.path("state").asText()).isEqualTo("RUNNING");
    assertThat(done("campaigns", "list").path("items").findValuesAsText("campaignId"))
        .contains("autumn");
    String good = done(upgrade("srv-c1", "--campaign", "autumn")).path("requestId").asText();
    String late =
        done(upgrade("srv-c2", "--campaign", "autumn", "--wave", "2")).path("requestId").asText();
    assertThat(done("campaigns", "show", "autumn").at("/figures/funnel/QUEUED").asInt())
        .isEqualTo(2);
    tick();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> done("upgrades", "show", good).path("state").asText().equals("PLANNED"));
    send(
        EventType.EDITION_STAGE_REPORTED,
        EditionStageReportedBuilder.builder()
            .deviceId("srv-c1")
            .requestId(good)
            .stage(EditionStage.OBSERVED)
            .succeeded(true)
            .edition("ServerStandard")
            .build());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> done("upgrades", "show", good).path("state").asText().equals("FAILED"));

    assertThat(
            done("campaigns", "pause", "autumn", "--comment", "look", "--wait", "30")
                .path("state")
                .asText())
        .isEqualTo("PAUSED");
    assertThat(done("campaigns", "resume", "autumn", "--wait", "30").path("state").asText())
        .isEqualTo("RUNNING");
    assertThat(done("campaigns", "cancel", "autumn", "--wait", "30").path("state").asText())
        .isEqualTo("CANCELLED");
    tick();

    Typed followed = plain("campaigns", "show", "autumn", "--follow", "--for", "60");
    assertThat(followed.exitCode()).isEqualTo(Exit.NO);
    assertThat(followed.out())
        .contains("autumn: CANCELLED")
        .contains("FAILED")
        .contains("VERIFY_FAILED 1")
        .contains("wave 2: FAILED 1");
    assertThat(done("upgrades", "list", "--campaign", "autumn").path("items")).hasSize(2);
    assertThat(done("upgrades", "show", late).path("reason").asText())
        .isEqualTo("CAMPAIGN_CANCELLED");
    Typed ended = run("campaigns", "resume", "autumn", "--wait", "30");
    assertThat(ended.exitCode()).isEqualTo(Exit.NO);
    assertThat(ended.json().at("/error/code").asText()).isEqualTo("CAMPAIGN_ENDED");
    assertThat(run("campaigns", "create", "x", "--window", "now").exitCode()).isEqualTo(Exit.USAGE);
  }

  @Test
  @DisplayName("S4-21 images on the command line: an unknown source is a warning")
  void images() {
    JsonNode registered =
        done(
            "images",
            "register",
            "usb",
            "--product",
            "windows-11",
            "--edition",
            "Professional",
            "--language",
            "en-US",
            "--kind",
            "VOLUME",
            "--source",
            "a stick",
            "--wait",
            "30");
    assertThat(registered.at("/warnings/0/reason").asText()).isEqualTo("SOURCE_UNKNOWN");
    assertThat(done("images", "list").path("items").findValuesAsText("imageId"))
        .contains("pro-ja", "usb");
    assertThat(done("images", "show", "usb").path("sourceUnknown").asBoolean()).isTrue();
    assertThat(run("images", "show", "nobody").json().at("/error/code").asText())
        .isEqualTo("IMAGE_UNKNOWN");
  }

  @Test
  @DisplayName(
      "S4-24 overrides on the command line: refused without a second approver, then listed")
  void overrides() {
    Typed alone = run(override("sato"));
    assertThat(alone.exitCode()).isEqualTo(Exit.NO);
    assertThat(alone.json().at("/error/code").asText()).isEqualTo("SECOND_APPROVER_REQUIRED");

    done(override("tanaka"));

    JsonNode listed = done("reimage", "overrides", "list", "--device", "pc-o").path("items");
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).path("approvedBy").asText()).isEqualTo("tanaka");
    assertThat(listed.get(0).path("expired").asBoolean()).isFalse();
    assertThat(done("reimage", "overrides", "show", "o-1").path("document").asText())
        .isEqualTo("LEGAL-204");
    JsonNode decided = done(reimage("pc-o", "nobody"));
    assertThat(decided.path("decision").asText()).isEqualTo("CONDITIONAL");
    assertThat(
            done("reimage", "show", decided.path("requestId").asText()).path("overrideId").asText())
        .isEqualTo("o-1");
    assertThat(done("reimage", "list", "--device", "pc-o").path("items")).hasSize(1);
  }

  private static String[] override(String approver) {
    return new String[] {
      "reimage",
      "overrides",
      "record",
      "o-1",
      "--device",
      "pc-o",
      "--document",
      "LEGAL-204",
      "--requested-by",
      "sato",
      "--approved-by",
      approver,
      "--valid-until",
      "2999-12-31",
      "--wait",
      "30"
    };
  }

  @Test
  @DisplayName("S4-19 a table of 100,000 devices goes through one preflight and comes back as one")
  void largeTable() throws IOException {
    int devices = 100_000;
    Path table = data.resolve("fleet.csv");
    try (PrintWriter rows =
        new PrintWriter(Files.newBufferedWriter(table, StandardCharsets.UTF_8))) {
      rows.println("deviceId,oem.product,oem.edition,oem.language,maker,model");
      for (int i = 0; i < devices; i++) {
        rows.printf(
            "pc-%06d,windows-11,%s,ja-JP,Example Computers,Book %d%n",
            i, i % 10 == 0 ? "Core" : "Professional", i % 7);
      }
    }
    Path report = data.resolve("report.csv");
    long from = System.nanoTime();
    Typed foreseen =
        run(
            "request",
            "reimage",
            "--dry-run",
            "--from",
            table.toString(),
            "--image",
            "pro-ja",
            "--agreement",
            "ea",
            "--report",
            report.toString());
    System.out.printf(
        "preflight of %d devices from a table to a table: %d ms%n",
        devices, (System.nanoTime() - from) / 1_000_000);

    assertThat(foreseen.exitCode()).isEqualTo(Exit.NO);
    JsonNode said = foreseen.json();
    assertThat(said.at("/outcomes/PERMITTED").asInt()).isEqualTo(devices * 9 / 10);
    assertThat(said.at("/outcomes/NOT_PERMITTED").asInt()).isEqualTo(devices / 10);
    JsonNode pool = said.at("/pools/0");
    int free = pool.path("available").asInt() - pool.path("promised").asInt();
    assertThat(said.path("shortfall").asInt()).isEqualTo(devices * 9 / 10 - free);
    try (var lines = Files.lines(report)) {
      assertThat(lines.count()).isEqualTo(devices + 1L);
    }
    // The service has not run out of anything.
    assertThat(dryReimage("after").json().at("/outcomes/PERMITTED").asInt()).isOne();
    assertThat(stack.service("edition").restarts()).isZero();
  }
}
