package io.kagimori.activation;

import static io.kagimori.activation.Samples.license;
import static io.kagimori.activation.Samples.report;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedKmsBuilder;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KmsHostReported;
import io.kagimori.contracts.event.KmsHostReportedBuilder;
import io.kagimori.contracts.event.KmsRequestLogged;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** KMS hosts from the records to REST. */
@QuarkusTest
@TestProfile(ServiceTest.SmallSweeps.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "activation"))
class HostBoardServiceTest extends ServiceTest {

  private void reported(String host, Instant at, int port, KmsHostReported.Logged... events) {
    probe.send(
        EventType.KMS_HOST_REPORTED,
        at,
        KmsHostReportedBuilder.builder()
            .host(host)
            .port(port)
            .activated(true)
            .currentCount(50)
            .partialKey("D3VKC")
            .dnsPublishing(true)
            .priority("LOW")
            .activationIntervalMinutes(14L)
            .renewalIntervalMinutes(10_080L)
            .serviceVersion("6.0.6002")
            .collectedAt(at)
            .serviceName("slsvc")
            .serviceStartedAt(today.minusSeconds(3600))
            .configuredBy("SCRIPT")
            .requests(new KmsHostReported.Requests(120L, 7L, 2L, 100L, 10L, 1L, 0L, 7L))
            .events(List.of(events))
            .build());
  }

  private void registered(String device, String host, int port) {
    DeviceReported.Kms kms =
        DeviceReportedKmsBuilder.builder().cmid("c").registeredHost(host).port(port).build();
    probe.send(
        EventType.DEVICE_REPORTED,
        today,
        report(name(device), today, license("VOLUME_KMSCLIENT", "J464C", 1, 30L, kms)));
  }

  @Test
  @DisplayName("S2-41 host health board: count, requests, failures, port, publishing, last restart")
  void board() {
    String host = name("kms").toLowerCase(Locale.ROOT) + ".example.com";
    registered("on-old-port", host, 1688);
    registered("on-new-port", host, 1700);
    registered("by-short-name", host.substring(0, host.indexOf('.')), 1688);
    reported(host, today.minusSeconds(120), 1688);
    reported(
        host,
        today.minusSeconds(60),
        1700,
        new KmsHostReported.Logged(12_293, today.minusSeconds(90), "0x80072338", "example.com"));

    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get(API + "/kms-hosts/" + host)
                    .then()
                    .statusCode(200)
                    .body("port", equalTo(1700))
                    .body("requests.total", equalTo(120))
                    .body("requests.failed", equalTo(7))
                    .body("requests.licensed", equalTo(100))
                    .body("requests.notification", equalTo(7))
                    .body("reported.dnsPublishing", equalTo(true))
                    .body("reported.priority", equalTo("LOW"))
                    .body("keyUse.partialKey", equalTo("D3VKC"))
                    .body("keyUse.hosts", greaterThanOrEqualTo(1))
                    .body("keyUse.hostsAllowed", equalTo(6))
                    .body("service.startedAt", equalTo(today.minusSeconds(3600).toString()))
                    .body("changes.setting", contains("port"))
                    .body("changes[0].by", equalTo("SCRIPT"))
                    .body("evidenceAgeMinutes", greaterThanOrEqualTo(1))
                    .body("registered.total", equalTo(3))
                    .body("registered.otherPort", equalTo(2))
                    .body(
                        "findings.code",
                        containsInAnyOrder(
                            "CONFIG_PENDING_RESTART",
                            "DNS_PUBLISH_FAILED",
                            "CLIENTS_MUST_REREGISTER",
                            "INTERVAL_OUT_OF_RANGE"))
                    .body(
                        "findings.find { it.code == 'CONFIG_PENDING_RESTART' }.detail.command",
                        equalTo("net stop slsvc && net start slsvc")));
    given()
        .get(API + "/kms-hosts/" + host + "/must-reregister")
        .then()
        .statusCode(200)
        .body("items.deviceId", contains(name("by-short-name"), name("on-old-port")))
        .body("items[1].command", equalTo("slmgr /skms " + host + ":1700"));
    given().get(API + "/kms-hosts/none/must-reregister").then().statusCode(404);
  }

  @Test
  @DisplayName("S2-20 listening port: a client that discovers its host is on no list, it follows")
  void discoveringClients() {
    String host = name("kms").toLowerCase(Locale.ROOT);
    DeviceReported.Kms kms =
        DeviceReportedKmsBuilder.builder().cmid("c").discoveredHost(host).port(1688).build();
    probe.send(
        EventType.DEVICE_REPORTED,
        today,
        report(name("pc"), today, license("VOLUME_KMSCLIENT", "J464C", 1, 30L, kms)));
    registered("fixed", host, 1688);
    reported(host, today, 1700);

    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get(API + "/kms-hosts/" + host + "/must-reregister")
                    .then()
                    .statusCode(200)
                    .body("items.deviceId", contains(name("fixed"))));
    registered("fixed", host, 1700);
    probe.send(
        EventType.DEVICE_REPORTED,
        today.plusSeconds(1),
        report(
            name("fixed"),
            today.plusSeconds(1),
            license(
                "VOLUME_KMSCLIENT",
                "J464C",
                1,
                30L,
                DeviceReportedKmsBuilder.builder()
                    .cmid("c")
                    .registeredHost(host)
                    .port(1700)
                    .build())));
    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get(API + "/kms-hosts/" + host + "/must-reregister")
                    .then()
                    .body("items", empty()));
  }

  @Test
  @DisplayName("S2-29 count ceiling: 50 is shown as at ceiling and not as 50 clients")
  void ceiling() {
    String host = name("kms").toLowerCase(Locale.ROOT);
    reported(host, today, 1688);
    String small = name("small").toLowerCase(Locale.ROOT);
    probe.send(
        EventType.KMS_HOST_REPORTED,
        today,
        KmsHostReportedBuilder.builder()
            .host(small)
            .port(1688)
            .activated(true)
            .currentCount(49)
            .dnsPublishing(true)
            .build());

    Awaitility.await()
        .untilAsserted(
            () -> {
              given()
                  .get(API + "/kms-hosts/" + host)
                  .then()
                  .statusCode(200)
                  .body("atCeiling", equalTo(true))
                  .body("reported.currentCount", equalTo(50));
              given()
                  .get(API + "/kms-hosts/" + small)
                  .then()
                  .statusCode(200)
                  .body("atCeiling", equalTo(false));
            });
  }

  @Test
  @DisplayName("S2-40 event 12290: client, CMID, minimum, state and time left are recorded")
  void requests() {
    String host = name("kms").toLowerCase(Locale.ROOT);
    for (int i = 0; i < 3; i++) {
      probe.send(
          EventType.KMS_REQUEST_LOGGED,
          today.plusSeconds(i),
          new KmsRequestLogged(
              host,
              "CM-" + i % 2,
              "pc-" + i,
              25,
              i == 1 ? "0xC004F042" : "0x0",
              i,
              100L + i,
              today.plusSeconds(i - 60)));
    }

    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get(API + "/kms-hosts/" + host)
                    .then()
                    .statusCode(200)
                    .body("logged.total", equalTo(3))
                    .body("logged.failed", equalTo(1))
                    .body("count", equalTo(2)));
    given()
        .get(API + "/kms-hosts/" + host + "/requests")
        .then()
        .statusCode(200)
        .body("items", hasSize(2))
        .body("items.cmid", contains("cm-0", "cm-1"))
        .body("items[0].client", equalTo("pc-2"))
        .body("items[0].licenseStatus", equalTo(2))
        .body("items[0].remainingMinutes", equalTo(102))
        .body("items[1].result", equalTo("0xC004F042"))
        .body("items[1].required", equalTo(25));
    assertThat(host).isNotEmpty();
    given()
        .get(API + "/kms-hosts/" + host)
        .then()
        .body("findings.code", hasItem("BELOW_THRESHOLD"));
    given()
        .get(API + "/kms-hosts/" + host)
        .then()
        .body("findings.code", not(hasItem("CONFIG_PENDING_RESTART")));
  }
}
