package io.kagimori.esu;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.EsuCoverageImported;
import io.kagimori.contracts.event.EsuImportSource;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.esu.domain.World;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What REST says and takes in, on a real broker and a real database. */
@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "esu"))
class EsuApiTest extends ServiceTest {
  @Test
  @DisplayName("ready with its own database, and an unknown address is answered with a problem")
  void ready() {
    given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    given().get("/api/v1/nowhere").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
  }

  @Test
  @DisplayName("S3-23 over REST: refused with its reason as a problem, with Prefer: wait")
  void restRefusal() {
    given()
        .header("Prefer", "wait=20")
        .contentType("application/json")
        .body(
            Map.of(
                "deviceId",
                run + "pc",
                "product",
                "windows-10",
                "edition",
                "Enterprise",
                "version",
                "21H2",
                "year",
                1))
        .post(API + "/enrolments")
        .then()
        .statusCode(422)
        .header("Location", containsString("/api/v1/enrolments/"))
        .body("code", equalTo("VERSION_NOT_ELIGIBLE"))
        .body("detail", equalTo("Not enrolled: {\"required\":[\"22H2\"],\"version\":\"21H2\"}"));
    given()
        .contentType("application/json")
        .body(Map.of("deviceId", run + "pc", "product", "windows-10"))
        .post(API + "/enrolments")
        .then()
        .statusCode(400)
        .body("field", equalTo("edition"));
  }

  @Test
  @DisplayName("S3-24 over REST: the platform covers at once, again is a conflict")
  void restPlatform() {
    Map<String, Object> body =
        Map.of(
            "deviceId",
            run + "vm",
            "product",
            "windows-10",
            "edition",
            "Enterprise",
            "route",
            "PLATFORM",
            "platform",
            "AZURE_VM");
    given()
        .header("Prefer", "wait=20")
        .contentType("application/json")
        .body(body)
        .post(API + "/enrolments")
        .then()
        .statusCode(201)
        .body("state", equalTo("ENTITLED"))
        .header("Location", containsString("/api/v1/enrolments/"));
    given()
        .header("Prefer", "wait=20")
        .contentType("application/json")
        .body(body)
        .post(API + "/enrolments")
        .then()
        .statusCode(409)
        .body("code", equalTo("ALREADY_ENTITLED"));
    given()
        .get(API + "/coverage/" + run + "vm")
        .then()
        .body("state", equalTo("COVERED_BY_PLATFORM"))
        .body("platform", equalTo("AZURE_VM"));
  }

  @Test
  @DisplayName(
      "S3-16 S3-19 an import: dry run changes nothing, bad rows are told, the export shows it")
  void imports() {
    String csv =
        """
        Netbios_Name0,ESUValue0,Operating_System_Name_and0,Collection
        %1$swin7,%2$s,Microsoft Windows NT Workstation 6.1,All 7
        %1$snone,0,Microsoft Windows NT Workstation 6.1,All 7
        %1$sbad,11111111-2222-3333-4444-555555555555,Microsoft Windows NT Workstation 6.1,All 7
        ,0,Microsoft Windows NT Workstation 6.1,All 7
        """
            .formatted(run, World.WIN7_Y1);
    given()
        .contentType("text/csv")
        .body(csv)
        .queryParam("dryRun", true)
        .post(API + "/imports/configmgr")
        .then()
        .statusCode(200)
        .body("rows", equalTo(2))
        .body("covered", equalTo(1))
        .body("errors.code", equalTo(List.of("UNKNOWN_PROGRAM", "DEVICE_MISSING")))
        .body("errors.line", equalTo(List.of(4, 5)));
    given().get(API + "/coverage/" + run + "win7").then().statusCode(404);

    given()
        .contentType("text/csv")
        .body(csv)
        .post(API + "/imports/configmgr")
        .then()
        .statusCode(202);
    Awaitility.await()
        .untilAsserted(() -> given().get(API + "/coverage/" + run + "none").then().statusCode(200));
    given()
        .get(API + "/coverage/" + run + "win7")
        .then()
        .body("sources.source", equalTo(List.of()))
        .body("facts.product", equalTo("windows-7"));
    String export =
        given()
            .queryParam("collection", "All 7")
            .get(API + "/coverage/export")
            .then()
            .statusCode(200)
            .contentType(containsString("text/csv"))
            .body(not(containsString("-----")))
            .extract()
            .asString();
    assertThat(export).contains(run + "win7").contains(run + "none");
  }

  @Test
  @DisplayName("S3-16 an export that was saved in the Japanese code page names the same devices")
  void codePage() {
    given()
        .contentType("text/csv")
        .body("Name,ESUValue\n%s東京,0\n".formatted(run).getBytes(Charset.forName("windows-31j")))
        .post(API + "/imports/configmgr")
        .then()
        .statusCode(202);
    Awaitility.await()
        .untilAsserted(() -> given().get(API + "/coverage/" + run + "東京").then().statusCode(200));
  }

  @Test
  @DisplayName(
      "An id used again for another device is a conflict, and what no record carries is refused")
  void neverAnswered() {
    String id = UUID.randomUUID().toString();
    for (String device : List.of("one", "two")) {
      given()
          .header("Idempotency-Key", id)
          .header("Prefer", "wait=20")
          .contentType("application/json")
          .body(
              Map.of(
                  "deviceId",
                  run + device,
                  "product",
                  "windows-10",
                  "edition",
                  "Enterprise",
                  "route",
                  "PLATFORM",
                  "platform",
                  "AZURE_VM"))
          .post(API + "/enrolments")
          .then()
          .statusCode(device.equals("one") ? 201 : 409);
    }
    given()
        .contentType("application/json")
        .body(
            Map.of(
                "deviceId", run, "product", "windows-10", "edition", "Enterprise", "site", "a\0b"))
        .post(API + "/enrolments")
        .then()
        .statusCode(400)
        .body("field", equalTo("site"));
    given()
        .contentType("application/json")
        .body(
            """
            {"deviceId": "x", "product": "windows-10", "edition": "Enterprise", "updates": [null]}
            """)
        .post(API + "/enrolments")
        .then()
        .statusCode(400)
        .body("field", containsString("updates"));
    for (String query : List.of("site=%00", "after=%00", "year=two")) {
      given()
          .urlEncodingEnabled(false)
          .get(API + "/coverage?" + query)
          .then()
          .statusCode(400)
          .body("code", equalTo("INVALID_FIELD"));
    }
  }

  @Test
  @DisplayName("S3-15 a full key where its id belongs is refused and not said back")
  void fullKey() {
    String key = String.join("-", "BCDFG", "HJKMP", "QRTVW", "XY234", "6789B");
    given()
        .queryParam("year", 2)
        .queryParam("keyId", key)
        .get(API + "/programs/windows-10-esu/script")
        .then()
        .statusCode(422)
        .body("code", equalTo("FULL_KEY_REFUSED"))
        .body(not(containsString(key)));
    given()
        .contentType("application/json")
        .body(
            Map.of(
                "deviceId",
                run + "pc",
                "product",
                "windows-10",
                "edition",
                "Enterprise",
                "keyId",
                key))
        .post(API + "/enrolments")
        .then()
        .statusCode(422)
        .body("code", equalTo("FULL_KEY_REFUSED"))
        .body(not(containsString(key)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\"&calc&\"", "x'; calc #", "x\r\ncalc", "%PATH%", "\u2019"})
  @DisplayName("S3-14 a key's name that would end the quotes of a script is refused")
  void scriptName(String keyId) {
    given()
        .queryParam("year", 2)
        .queryParam("keyId", keyId)
        .get(API + "/programs/windows-10-esu/script")
        .then()
        .statusCode(400)
        .body("field", equalTo("keyId"));
  }

  @Test
  @DisplayName("S3-19 the summary counts by site and collection")
  void summary() {
    for (int i = 0; i < 3; i++) {
      probe.send(
          EventType.ESU_COVERAGE_IMPORTED,
          YEAR_1,
          new EsuCoverageImported(
              run + i,
              EsuImportSource.ESU_VALUE,
              null,
              null,
              "windows-10",
              null,
              null,
              run + "site",
              i == 0 ? run + "small" : run + "large",
              YEAR_1));
    }
    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .queryParam("site", run + "site")
                    .queryParam("asOf", "2025-12-02")
                    .get(API + "/coverage/summary")
                    .then()
                    .statusCode(200)
                    .body("groups.collection", equalTo(List.of(run + "large", run + "small")))
                    .body("groups.devices", equalTo(List.of(2, 1))));
  }

  @Test
  @DisplayName("S3-14 programs, scripts and a campaign with the pools that key-service told of")
  void programs() {
    given()
        .queryParam("activationId", World.WIN10_Y2)
        .get(API + "/programs")
        .then()
        .statusCode(200)
        .body("items.year", equalTo(List.of(2)))
        .body("items.confidence", equalTo(List.of("HIGH")));
    given()
        .queryParam("activationId", UUID.randomUUID().toString())
        .get(API + "/programs")
        .then()
        .statusCode(404)
        .body("code", equalTo("UNKNOWN_PROGRAM"));
    given()
        .queryParam("year", 2)
        .queryParam("format", "powershell")
        .get(API + "/programs/windows-10-esu/script")
        .then()
        .statusCode(200)
        .body("script", containsString(World.WIN10_Y2));
    probe.send(
        EventType.KEY_STATE,
        EventIds.request(),
        Instant.now(),
        new KeyState(
            run + "esu",
            3,
            KeyKind.ESU_MAK,
            "AAAAA",
            List.of(new KeyProduct("windows-server-2012", List.of("*"))),
            null,
            null,
            null,
            false,
            50,
            40,
            0,
            10,
            0,
            0,
            List.of(),
            Instant.now()));
    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .queryParam("product", "windows-server-2012")
                    .queryParam("year", 1)
                    .get(API + "/programs/windows-server-2012-2012-r2-esu/campaign")
                    .then()
                    .statusCode(200)
                    .body("available", equalTo(40)));
  }
}
