package io.kagimori.activation;

import static io.kagimori.activation.Samples.license;
import static io.kagimori.activation.Samples.mak;
import static io.kagimori.activation.Samples.report;
import static io.kagimori.activation.Samples.step;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;

import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What people do about a device: look for it, repair it, ship it, hand it on. */
@QuarkusTest
@TestProfile(ServiceTest.SmallSweeps.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "activation"))
class DeviceCareServiceTest extends ServiceTest {
  private KeyVerdict failing(String id, String code, String message) {
    KeyVerdict asked = granted(mak(name(id)));
    said(step(asked, ActivationStage.ATO).failed(code).printed(code, message), today);
    result(asked, Verdict.FAILED);
    return asked;
  }

  @Test
  @DisplayName("S2-26 pre-shipment check: marked to ship and not licensed is NOT_READY_TO_SHIP")
  void shipping() {
    device("pc", license("VOLUME_MAK", "AAAAA", 5, null, null), "NETWORK");
    known("pc");
    UUID request = EventIds.request();

    for (int i = 0; i < 2; i++) {
      given()
          .contentType(ContentType.JSON)
          .header("Idempotency-Key", request)
          .header("Prefer", "wait=10")
          .body(Map.of("ship", true))
          .post(API + "/devices/" + name("pc") + "/shipping")
          .then()
          .statusCode(201)
          .body("shipping.state", equalTo("NOT_READY_TO_SHIP"));
    }
    given()
        .queryParam("shipping", "not_ready")
        .queryParam("site", run + "site")
        .get(API + "/devices")
        .then()
        .statusCode(200)
        .body("items.deviceId", contains(name("pc")));
    device("pc", license("VOLUME_MAK", "AAAAA", 1, null, null), "NETWORK");
    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get(API + "/devices/" + name("pc"))
                    .then()
                    .body("shipping.state", equalTo("READY_TO_SHIP"))
                    .body("history.findAll { it.note == 'MARKED_TO_SHIP' }.size()", equalTo(1)));
    given()
        .queryParam("shipping", "maybe")
        .get(API + "/devices")
        .then()
        .statusCode(400)
        .body("field", equalTo("shipping"));
    given()
        .contentType(ContentType.JSON)
        .body("{}")
        .post(API + "/devices/" + name("pc") + "/shipping")
        .then()
        .statusCode(400)
        .body("field", equalTo("ship"));
  }

  @Test
  @DisplayName("S2-15 deployment method is filtered by, S1-28 rows show state, key, age; CSV too")
  void bulkStatus() {
    device("clone", license("VOLUME_MAK", "AAAAA", 1, null, null), "DISK_CLONE");
    device("net", license("VOLUME_KMSCLIENT", "J464C", 1, 30L, null), "NETWORK");
    known("clone");
    known("net");

    given()
        .queryParam("deployment", "DISK_CLONE")
        .queryParam("site", run + "site")
        .get(API + "/devices")
        .then()
        .statusCode(200)
        .body("items.deviceId", contains(name("clone")))
        .body("items[0].licenseStatusName", equalTo("Licensed"))
        .body("items[0].channel", equalTo("MAK"))
        .body("items[0].partialKey", equalTo("AAAAA"))
        .body("items[0].ageMinutes", greaterThanOrEqualTo(0));
    given()
        .queryParam("site", run + "site")
        .queryParam("image", "gold")
        .get(API + "/devices")
        .then()
        .body("items.deviceId", contains(name("clone"), name("net")));
    String csv =
        given()
            .queryParam("deployment", "NETWORK")
            .queryParam("site", run + "site")
            .get(API + "/exports/devices")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertThat(csv.lines()).hasSize(2);
    assertThat(csv).contains(name("net")).doesNotContain(name("clone"));
  }

  @Test
  @DisplayName("S1-21 remaining grace: minutes become days and the day it ends")
  void remaining() {
    DeviceReported.License thirty =
        license("VOLUME_KMSCLIENT", "J464C", 2, Duration.ofDays(30).toMinutes() + 61, null);
    probe.send(EventType.DEVICE_REPORTED, today, report(name("pc"), today, thirty));
    known("pc");

    given()
        .get(API + "/devices/" + name("pc"))
        .then()
        .body("expiry.kind", equalTo("DATE"))
        .body("expiry.daysLeft", equalTo(30))
        .body("expiry.at", equalTo(today.plus(Duration.ofDays(30)).plusSeconds(3660).toString()));
  }

  @Test
  @DisplayName("S1-30 find the problem machine: failures grouped by cause, and the devices of one")
  void failures() {
    failing("pc-1", "0xC004C003", "blocked");
    failing("pc-2", "0xC004C003", "blocked");

    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .queryParam("lang", "ja")
                    .get(API + "/failures")
                    .then()
                    .statusCode(200)
                    .body("items.find { it.code == '0xC004C003' }.devices", greaterThanOrEqualTo(2))
                    .body("items.find { it.code == '0xC004C003' }.reason", equalTo("KEY_BLOCKED")));
    given()
        .queryParam("reason", "key_blocked")
        .queryParam("after", run)
        .queryParam("limit", 2)
        .get(API + "/devices")
        .then()
        .statusCode(200)
        .body("items.deviceId", contains(name("pc-1"), name("pc-2")));
    given()
        .queryParam("cause", "KEY_BLOCKED")
        .queryParam("after", run)
        .queryParam("limit", 2)
        .get(API + "/devices")
        .then()
        .body("items.deviceId", contains(name("pc-1"), name("pc-2")));
  }

  @Test
  @DisplayName("S1-32 support bundle: licenses, errors, timeline, environment, and no product key")
  void bundle() throws IOException {
    String key = syntheticKey();
    device("pc", license("VOLUME_MAK", "AAAAA", 5, null, null), "NETWORK");
    failing("pc", "0xC004F050", "slmgr /ipk " + key + " was refused");

    byte[] archive =
        given()
            .get(API + "/devices/" + name("pc") + "/bundle")
            .then()
            .statusCode(200)
            .contentType("application/zip")
            .extract()
            .asByteArray();
    Map<String, String> files = unzipped(archive);

    assertThat(files)
        .containsOnlyKeys(
            "summary-en.txt",
            "summary-ja.txt",
            "licenses.json",
            "errors.json",
            "timeline.json",
            "environment.json",
            "diagnosis-en.json",
            "diagnosis-ja.json",
            "checklist.json",
            "activation.json");
    assertThat(files.values())
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContain(key)
                    .doesNotContain(key.replace("-", ""))
                    .doesNotContain(key.substring(0, 11)));
    assertThat(files.get("timeline.json"))
        .contains("*****-*****-*****-*****-" + key.substring(24), "was refused");
    assertThat(files.get("errors.json")).contains("0xC004F050");
    assertThat(files.get("environment.json")).contains("windows-server-2019", "NETWORK");
    assertThat(files.get("summary-ja.txt")).contains("キーの末尾 5 文字");
    assertThat(files.get("summary-en.txt")).contains("0xC004F050", "Likely causes");
    given().get(API + "/devices/" + name("none") + "/bundle").then().statusCode(404);
  }

  private static Map<String, String> unzipped(byte[] archive) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  @Test
  @DisplayName("S1-34 five-step flow: evidence makes a step done or not, in both languages")
  void checklist() {
    failing("pc", "0xC004F050", "no");
    String path = API + "/devices/" + name("pc") + "/checklist";

    given()
        .get(path)
        .then()
        .statusCode(200)
        .body("steps.step", contains("COMMANDS", "KEY", "NETWORK", "EDITION", "UPDATES"))
        .body("steps.number", contains(1, 2, 3, 4, 5))
        .body("steps.state", contains("DONE", "OPEN", "OPEN", "OPEN", "OPEN"))
        .body("steps[0].evidence[0].finding", equalTo("COMMANDS_TRIED"))
        .body("done", equalTo(1));
    given().queryParam("lang", "ja").get(path).then().body("steps[4].title", containsString("修復"));
    device("pc", license("VOLUME_MAK", "AAAAA", 5, null, null), "NETWORK");
    repair("pc", "FILE_CHECK", false);
    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get(path)
                    .then()
                    .body("steps.state", contains("DONE", "OPEN", "OPEN", "DONE", "TROUBLE")));
    repair("pc", "IMAGE_REPAIR", true);
    given().get(path).then().body("steps[4].state", equalTo("DONE"));
  }

  private void repair(String id, String step, boolean succeeded) {
    given()
        .contentType(ContentType.JSON)
        .header("Prefer", "wait=10")
        .header("Idempotency-Key", EventIds.request())
        .body(Map.of("step", step, "succeeded", succeeded, "code", "0x800F081F"))
        .post(API + "/devices/" + name(id) + "/repairs")
        .then()
        .statusCode(201);
  }

  @Test
  @DisplayName("S1-26 corrupted license store: what came of each step of repair is recorded")
  void repairs() {
    failing("pc", "0xC004E002", "store");
    repair("pc", "FILE_CHECK", false);
    repair("pc", "IMAGE_REPAIR", false);
    repair("pc", "IN_PLACE_REPAIR", true);

    given()
        .get(API + "/devices/" + name("pc"))
        .then()
        .body("history.note", hasItem("REPAIR FILE_CHECK FAILED"))
        .body("history.note", hasItem("REPAIR IMAGE_REPAIR FAILED"))
        .body("history.note", hasItem("REPAIR IN_PLACE_REPAIR SUCCEEDED"));
    given()
        .get(API + "/devices/" + name("pc") + "/diagnosis")
        .then()
        .body(
            "causes.find { it.cause == 'STORE_CORRUPTED' }.steps.command", hasItem("sfc /scannow"));
    post(
            "/devices/" + name("pc") + "/repairs",
            EventIds.request(),
            Map.of("step", "MAGIC", "succeeded", true))
        .statusCode(400)
        .body("field", equalTo("step"));
  }

  @Test
  @DisplayName("S1-31 the state of the key that key-service published is part of the diagnosis")
  void keyFacts() {
    String keyId = run + "key";
    KeyState newest = key(keyId, 7, true);
    probe.send(EventType.KEY_STATE, today, newest);
    probe.send(EventType.KEY_STATE, today, key(keyId, 6, false));
    KeyVerdict asked = granted(mak(name("pc")).key(KeyKind.MAK, keyId));
    said(step(asked, ActivationStage.ATO).failed("0xC004F050"), today);
    result(asked, Verdict.FAILED);

    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get(API + "/devices/" + name("pc") + "/diagnosis")
                    .then()
                    .statusCode(200)
                    .body("causes[0].cause", equalTo("KEY_BLOCKED"))
                    .body("causes[0].evidence.finding", hasItem("KEY_BLOCKED_HERE")));
  }

  private KeyState key(String keyId, long version, boolean blocked) {
    return new KeyState(
        keyId,
        version,
        KeyKind.MAK,
        "W8XYZ",
        List.of(new KeyProduct("windows-server-2019", List.of("*"))),
        null,
        null,
        null,
        blocked,
        10,
        9,
        1,
        0,
        0,
        0,
        null,
        today);
  }
}
