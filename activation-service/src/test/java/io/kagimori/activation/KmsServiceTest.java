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
import static org.hamcrest.Matchers.notNullValue;

import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedKmsBuilder;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.KmsHostReportedBuilder;
import io.kagimori.contracts.event.KmsRequestLogged;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** KMS hosts, reports and REST, on a real broker and a real database. */
@QuarkusTest
@TestProfile(ServiceTest.SmallSweeps.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "activation"))
class KmsServiceTest extends ServiceTest {
  @Test
  @DisplayName("S2-27 threshold: 24 clients are refused, the 25th is not, S2-28 and they heal")
  void kmsThreshold() {
    String host = name("kms").toLowerCase(java.util.Locale.ROOT);
    KeyVerdict first = null;
    for (int i = 1; i <= 24; i++) {
      KeyVerdict asked = sent(client("pc-" + i, host, "c-" + i));
      first = first == null ? asked : first;
    }
    List<ActivationResult> refused =
        results(24, r -> r.deviceId().startsWith(run) && r.verdict() == Verdict.REFUSED);
    KeyVerdict last = sent(client("pc-25", host, "c-25"));
    ActivationResult granted = result(last, Verdict.GRANTED);
    KeyVerdict again = sent(client("pc-1", host, "c-1"));

    assertThat(refused)
        .allSatisfy(r -> assertThat(r.reason()).isEqualTo("BELOW_THRESHOLD"))
        .extracting(r -> r.detail().get("missing"))
        .contains(1, 24)
        .doesNotHaveDuplicates();
    assertThat(granted.detail()).containsEntry("count", 25);
    assertThat(granted.expiresAt()).isEqualTo(today.plus(Duration.ofDays(180)));
    assertThat(result(again, Verdict.GRANTED).detail()).containsEntry("count", 25);
    given()
        .get(API + "/kms-hosts/" + host)
        .then()
        .statusCode(200)
        .body("count", equalTo(25))
        .body("atCeiling", equalTo(false))
        .body("requiredClients", equalTo(25))
        .body("state", equalTo("HOST_UNREGISTERED"));
    assertThat(first).isNotNull();
  }

  @Test
  @DisplayName("S2-13 sysprep generalise check: clones of many polls are listed and counted once")
  void clones() {
    String host = name("kms");
    for (int i = 1; i <= 130; i++) {
      sent(client("clone-" + i, host, "same"));
    }
    results(130, r -> r.deviceId().startsWith(run));
    ActivationResult one = resultOf(client("clone-one-more", host, "same"));

    assertThat(one.reason()).isEqualTo("BELOW_THRESHOLD");
    assertThat(one.detail()).containsEntry("count", 1);
    Map<String, Object> warning = one.warnings().get(0).detail();
    assertThat(warning).containsEntry("total", 131);
    assertThat((List<?>) warning.get("devices")).hasSize(100);
  }

  @Test
  @DisplayName("S2-30 split count: clients of other polls on other hosts are seen")
  void splitAcrossHosts() {
    for (int i = 0; i < 13; i++) {
      sent(client("a-" + i, name("kms-a"), "a-" + i));
    }
    results(13, r -> r.deviceId().startsWith(run));
    for (int i = 0; i < 12; i++) {
      sent(client("b-" + i, name("kms-b"), "b-" + i));
    }
    List<ActivationResult> b = results(12, r -> r.deviceId().startsWith(name("b-")));

    assertThat(b)
        .flatMap(r -> r.warnings() == null ? List.<Warning>of() : r.warnings())
        .extracting(Warning::reason)
        .contains("SPLIT_ACROSS_HOSTS");
  }

  @Test
  @DisplayName("S2-17 host activation and S2-18 host ready: refused before, granted after")
  void hostActivation() {
    String host = name("kms");
    for (int i = 0; i < 25; i++) {
      probe.send(
          EventType.KMS_REQUEST_LOGGED,
          today,
          new KmsRequestLogged(host, run + "l-" + i, "pc", 25, "0x0", 1, 100L, today));
    }
    KeyVerdict key = granted(mak(host).key(KeyKind.CSVLK, "host-key"));
    ActivationResult before = resultOf(client("pc-1", host, "c-1"));
    said(step(key, ActivationStage.ATO), today);
    result(key, Verdict.CONFIRMED);
    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get(API + "/kms-hosts/" + host)
                    .then()
                    .body("state", equalTo("HOST_ACTIVATED"))
                    .body("count", equalTo(26)));
    ActivationResult after = resultOf(client("pc-1", host, "c-1"));
    probe.send(
        EventType.KMS_HOST_REPORTED,
        today.plusSeconds(9),
        KmsHostReportedBuilder.builder()
            .host(host)
            .port(1700)
            .activated(false)
            .currentCount(26)
            .partialKey("HHHHH")
            .dnsPublishing(true)
            .priority("LOW")
            .activationIntervalMinutes(120L)
            .renewalIntervalMinutes(10_080L)
            .serviceVersion("6.1")
            .build());

    assertThat(before.reason()).isEqualTo("HOST_NOT_ACTIVATED");
    assertThat(after.verdict()).isEqualTo(Verdict.GRANTED);
    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get(API + "/kms-hosts/" + host)
                    .then()
                    .body("state", equalTo("HOST_NOT_ACTIVATED"))
                    .body("port", equalTo(1700))
                    .body("reported.priority", equalTo("LOW")));
  }

  @Test
  @DisplayName("S2-03 direct registration wins, S2-05 back to discovery, S2-06 MAK to KMS, by REST")
  void reports() {
    DeviceReported.Kms registered =
        DeviceReportedKmsBuilder.builder()
            .cmid("cm")
            .registeredHost("kms1.example.com")
            .discoveredHost("dns.example.com")
            .activationIntervalMinutes(1L)
            .renewalIntervalMinutes(2L)
            .build();
    DeviceReported.Kms cleared =
        DeviceReportedKmsBuilder.builder()
            .cmid("cm")
            .activationIntervalMinutes(1L)
            .renewalIntervalMinutes(2L)
            .build();
    String pc = name("pc");
    probe.send(
        EventType.DEVICE_REPORTED,
        today,
        report(pc, today, license("VOLUME_MAK", "AAAAA", 1, 0L, null)));
    probe.send(
        EventType.DEVICE_REPORTED,
        today.plusSeconds(1),
        report(pc, today.plusSeconds(1), license("VOLUME_KMSCLIENT", "J464C", 1, 30L, registered)));

    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get(API + "/devices/" + pc)
                    .then()
                    .statusCode(200)
                    .body("channel", equalTo("KMS"))
                    .body("kms.origin", equalTo("REGISTERED"))
                    .body("kms.host", equalTo("kms1.example.com"))
                    .body("alert", equalTo("EXPIRING_30D"))
                    .body("history.channel", contains("KMS", "MAK")));

    probe.send(
        EventType.DEVICE_REPORTED,
        today.plusSeconds(2),
        report(pc, today.plusSeconds(2), license("VOLUME_KMSCLIENT", "J464C", 1, 30L, cleared)));
    Awaitility.await()
        .untilAsserted(
            () -> given().get(API + "/devices/" + pc).then().body("kms.origin", equalTo("DNS")));
  }

  @Test
  @DisplayName("Lists come in pages, filtered; what is not there is a problem with a code")
  void rest() {
    for (int i = 0; i < 3; i++) {
      granted(mak(name("pc-" + i)).product("windows-server-2022"));
    }
    String after = name("pc-");

    String next =
        given()
            .queryParam("product", "windows-server-2022")
            .queryParam("site", "tokyo")
            .queryParam("limit", 2)
            .queryParam("after", after)
            .get(API + "/devices")
            .then()
            .statusCode(200)
            .body("items.deviceId", contains(name("pc-0"), name("pc-1")))
            .body("next", notNullValue())
            .extract()
            .path("next");
    assertThat(next).isEqualTo(name("pc-1"));
    given()
        .get(API + "/devices?state=7")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("INVALID_FIELD"))
        .body("field", equalTo("state"));
    given().get(API + "/devices?state=licensed&limit=1").then().statusCode(200);
    given().get(API + "/devices?limit=0").then().statusCode(400).body("field", equalTo("limit"));
    given()
        .get(API + "/devices/nobody")
        .then()
        .statusCode(404)
        .body("code", equalTo("DEVICE_UNKNOWN"));
    given()
        .get(API + "/activations/nothing")
        .then()
        .statusCode(404)
        .body("code", equalTo("UNKNOWN_REQUEST"));
    given()
        .get(API + "/kms-hosts/none")
        .then()
        .statusCode(404)
        .body("code", equalTo("KMS_HOST_UNKNOWN"));
    given()
        .get(API + "/nowhere")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("NOT_FOUND"));
    given().get(API + "/kms-hosts").then().statusCode(200).body("items", notNullValue());
    given().get("/q/openapi").then().statusCode(200).body(containsString("/kms-hosts/{host}"));
    given().get("/q/health/ready").then().statusCode(200);
  }
}
