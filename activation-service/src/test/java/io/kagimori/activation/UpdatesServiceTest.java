package io.kagimori.activation;

import static io.kagimori.activation.Samples.mak;
import static io.kagimori.activation.Samples.step;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.local.EventProbe;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Updates that are missing, and the activation that is asked for again when they are there. */
@QuarkusTest
@TestProfile(ServiceTest.SmallSweeps.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "activation"))
class UpdatesServiceTest extends ServiceTest {
  @Test
  @DisplayName(
      "S1-25 updates first: after the missing update the activation is asked for by itself")
  void retriedAfterUpdates() {
    KeyVerdict asked =
        granted(mak(name("pc")).product("windows-7").edition("Professional").addOn("esu-1"));
    listed(today.plusSeconds(1), List.of("KB4474419"));
    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get(API + "/devices/" + name("pc"))
                    .then()
                    .body("lastReportAt", equalTo(today.plusSeconds(1).toString())));
    said(step(asked, ActivationStage.ATO).failed("0xC004F050"), today.plusSeconds(2));
    result(asked, Verdict.FAILED);

    try (EventProbe requests = new EventProbe(brokers, Topics.ACTIVATION_REQUESTS)) {
      listed(today.plusSeconds(3), List.of("KB4474419", "KB4490628", "KB4538483"));
      ActivationRequested again =
          requests.await(EventType.ACTIVATION_REQUESTED, name("pc"), ActivationRequested.class);

      assertThat(again).isEqualTo(asked.request());
    }
    given()
        .get(API + "/devices/" + name("pc"))
        .then()
        .body("history.note", hasItem("RETRIED_AFTER_UPDATES"));
  }

  @Test
  @DisplayName(
      "S1-25 updates first: a base license is asked for again after patch and restart, once")
  void retriedAfterPatchAndRestart() {
    KeyVerdict asked = granted(mak(name("pc")));
    Instant started = today.minusSeconds(9_000);
    inspected(today.plusSeconds(1), List.of("KB4480056"), started);
    seenAt(today.plusSeconds(1));
    said(step(asked, ActivationStage.ATO).failed("0xC004F050"), today.plusSeconds(2));
    assertThat(result(asked, Verdict.FAILED).detail().get("causes").toString())
        .startsWith("[{cause=PREREQ_UPDATES")
        .contains("UPDATES_LACKING", Samples.CUMULATIVE_UPDATE);
    given()
        .get(API + "/devices/" + name("pc") + "/checklist")
        .then()
        .body("steps.find { it.step == 'UPDATES' }.state", equalTo("TROUBLE"));

    List<String> patched = List.of("KB4480056", Samples.CUMULATIVE_UPDATE);
    try (EventProbe requests = new EventProbe(brokers, Topics.ACTIVATION_REQUESTS)) {
      inspected(today.plusSeconds(10), patched, started);
      seenAt(today.plusSeconds(10));
      given()
          .get(API + "/devices/" + name("pc"))
          .then()
          .body("history.note", not(hasItem("RETRIED_AFTER_UPDATES")));
      inspected(today.plusSeconds(30), patched, today.plusSeconds(20));
      assertThat(
              requests.await(EventType.ACTIVATION_REQUESTED, name("pc"), ActivationRequested.class))
          .isEqualTo(asked.request());

      inspected(today.plusSeconds(40), patched, today.plusSeconds(20));
      inspected(today.plusSeconds(50), patched, today.plusSeconds(45));
      seenAt(today.plusSeconds(50));
      // Whatever those reports asked for would stand before this one on the same partition.
      probe.send(
          EventType.ACTIVATION_REQUESTED,
          today,
          mak(name("pc")).product("marker").accepted().request());
      assertThat(
              requests.await(2, record -> EventProbe.key(record).equals(name("pc"))).stream()
                  .map(record -> EventJson.read(record.value(), ActivationRequested.class))
                  .map(ActivationRequested::product))
          .containsExactly(Samples.SERVER, "marker");
    }
    given()
        .get(API + "/devices/" + name("pc"))
        .then()
        .body("history.findAll { it.note == 'RETRIED_AFTER_UPDATES' }.size()", equalTo(1))
        .body("trouble.failures[0].retriedAt", equalTo(today.plusSeconds(30).toString()));
  }

  private void seenAt(Instant collectedAt) {
    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get(API + "/devices/" + name("pc"))
                    .then()
                    .body("lastReportAt", equalTo(collectedAt.toString())));
  }

  private void inspected(Instant at, List<String> updates, Instant bootedAt) {
    probe.send(
        EventType.DEVICE_REPORTED,
        at,
        DeviceReportedBuilder.builder()
            .deviceId(name("pc"))
            .collectedAt(at)
            .source("SYSTEMINFO")
            .osBuild("17763")
            .language("ja")
            .updates(updates)
            .osName("Microsoft Windows Server 2019 Standard")
            .bootedAt(bootedAt)
            .build());
  }

  private void listed(Instant at, List<String> updates) {
    probe.send(
        EventType.DEVICE_REPORTED,
        at,
        DeviceReportedBuilder.builder()
            .deviceId(name("pc"))
            .collectedAt(at)
            .source("CIM")
            .updates(updates)
            .build());
  }
}
