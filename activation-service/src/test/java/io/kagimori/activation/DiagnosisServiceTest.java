package io.kagimori.activation;

import static io.kagimori.activation.Samples.mak;
import static io.kagimori.activation.Samples.step;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Causes, incidents and disputed facts, from the records to REST. */
@QuarkusTest
@TestProfile(ServiceTest.SmallSweeps.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "activation"))
class DiagnosisServiceTest extends ServiceTest {

  private List<Map<String, Object>> incidents(String kind) {
    return given()
        .get(API + "/incidents?limit=1000")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .<Map<String, Object>>getList("items")
        .stream()
        .filter(incident -> kind.equals(incident.get("code")))
        .toList();
  }

  @Test
  @DisplayName("S1-31 a failure shows its ranked causes in the result, at its request and device")
  void causesEverywhere() {
    KeyVerdict asked = granted(mak(name("pc")));
    said(step(asked, ActivationStage.ATO).failed("-1073418160"), today);

    ActivationResult failed = result(asked, Verdict.FAILED);

    assertThat(failed.detail().get("causes").toString()).contains("KEY_MISTYPED", "slmgr /ipk");
    given()
        .get(API + "/activations/" + asked.requestId())
        .then()
        .statusCode(200)
        .body("detail.causes[0].cause", equalTo("KEY_MISTYPED"))
        .body("detail.causes[0].rank", equalTo(1));
    given()
        .get(API + "/devices/" + name("pc") + "/diagnosis?lang=ja")
        .then()
        .statusCode(200)
        .body("lang", equalTo("ja"))
        .body("trouble.state", equalTo("FAILING"))
        .body("causes[0].cause", equalTo("KEY_MISTYPED"))
        .body("causes[0].title", equalTo("プロダクト キーの入力誤り"))
        .body("causes[0].evidence[0].finding", equalTo("CODE"))
        .body("causes[0].steps.command", hasItem("slmgr /ato"));
    given().get(API + "/devices/" + name("nobody") + "/diagnosis").then().statusCode(404);
  }

  @Test
  @DisplayName("S1-36 devices failing alike are one incident with its members, closed by tick")
  void incident() {
    String code = "0xBAD" + run;
    List<KeyVerdict> asked = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      asked.add(granted(mak(name("pc-" + i))));
    }
    for (KeyVerdict each : asked) {
      said(step(each, ActivationStage.ATO).failed(code), today);
    }
    asked.forEach(each -> result(each, Verdict.FAILED));

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(incidents(code))
                    .singleElement()
                    .satisfies(i -> assertThat(i).containsEntry("devices", 12)));
    String id = (String) incidents(code).get(0).get("incidentId");
    given()
        .get(API + "/incidents/" + id + "?limit=5")
        .then()
        .statusCode(200)
        .body("state", equalTo("OPEN"))
        .body("reason", equalTo("UNKNOWN_CODE"))
        .body("members.items", hasSize(5))
        .body("shared.factor", hasItems("KEY", "SITE", "CODE"))
        .body("members.items[0].factors.SITE", equalTo("tokyo"));
    given().get(API + "/incidents?state=WRONG").then().statusCode(400);
    given().get(API + "/incidents/none").then().statusCode(404);
    given()
        .get(API + "/unknown-codes?limit=1000")
        .then()
        .statusCode(200)
        .body("items.find { it.code == '" + code + "' }.count", equalTo(12));

    tick(today.plus(Duration.ofMinutes(31)));

    Awaitility.await()
        .untilAsserted(() -> assertThat(incidents(code).get(0)).containsEntry("state", "CLOSED"));
  }

  @Test
  @DisplayName("S1-14 when every device works again, the incident and each trouble are RECOVERED")
  void recovery() {
    String code = "0xBAD" + run;
    List<KeyVerdict> asked = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      asked.add(granted(mak(name("pc-" + i))));
    }
    asked.forEach(each -> said(step(each, ActivationStage.ATO).failed(code), today));
    asked.forEach(each -> result(each, Verdict.FAILED));
    asked.forEach(each -> said(step(each, ActivationStage.ATO), today.plusSeconds(60)));
    asked.forEach(each -> result(each, Verdict.CONFIRMED));

    Awaitility.await()
        .untilAsserted(
            () -> assertThat(incidents(code).get(0)).containsEntry("state", "RECOVERED"));
    given()
        .get(API + "/devices/" + name("pc-0"))
        .then()
        .body("trouble.state", equalTo("RECOVERED"))
        .body("trouble.failures.code", contains(code));
  }

  @Test
  @DisplayName("S1-22 sources that disagree are EVIDENCE_CONFLICT with the age of both")
  void conflict() {
    report("DISM", today.minusSeconds(7200), "ServerStandard");
    report("SYSTEMINFO", today.minusSeconds(3600), "ServerDatacenter");

    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get(API + "/devices/" + name("pc"))
                    .then()
                    .statusCode(200)
                    .body("edition", equalTo("ServerStandard"))
                    .body("conflicts[0].code", equalTo("EVIDENCE_CONFLICT"))
                    .body("conflicts[0].statements.source", contains("SYSTEMINFO", "DISM"))
                    .body("conflicts[0].statements.ageMinutes", hasSize(2)));
  }

  private void report(String source, Instant at, String edition) {
    probe.send(
        EventType.DEVICE_REPORTED,
        today,
        DeviceReportedBuilder.builder()
            .deviceId(name("pc"))
            .collectedAt(at)
            .source(source)
            .edition(edition)
            .build());
  }
}
