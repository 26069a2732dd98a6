package io.kagimori.esu;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.EsuCoverageImported;
import io.kagimori.contracts.event.EsuEnrolmentRequested;
import io.kagimori.contracts.event.EsuImportSource;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuUpdateReported;
import io.kagimori.contracts.event.EsuUpdateReportedBuilder;
import io.kagimori.contracts.event.EsuUpdateStage;
import io.kagimori.contracts.event.EsuVerdict;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Initiator;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.esu.domain.Ask;
import io.kagimori.esu.domain.EnrolmentRule;
import io.kagimori.esu.domain.World;
import io.kagimori.local.EventProbe;
import io.kagimori.local.StackResource;
import io.kagimori.stream.Ticker;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Enrolments from the request to the end of the year, on a real broker and a real database. */
@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "esu"))
class EsuServiceTest extends ServiceTest {
  @Test
  @DisplayName(
      "S3-09 from the request over the activation to coverage, and REST shows it on any day")
  void fromRequestToCoverage() {
    String device = run + "pc";
    UUID id = ask(Ask.windows10().device(device), YEAR_1);
    ActivationRequested activation =
        probe.await(EventType.ACTIVATION_REQUESTED, device, ActivationRequested.class);
    assertThat(activation.initiator()).isEqualTo(Initiator.ESU);
    assertThat(activation.activationId()).isEqualTo(World.WIN10_Y1);

    activation(id, device, Verdict.GRANTED, YEAR_1);
    EsuResult accepted = result(device, EsuVerdict.ACCEPTED);
    assertThat(accepted.requestId()).isEqualTo(id.toString());
    given()
        .get(API + "/enrolments/" + id)
        .then()
        .statusCode(200)
        .body("state", equalTo("ACCEPTED"))
        .body("result.steps", hasSize(1));
    for (String state : List.of("ACCEPTED", "REQUESTED", "ENTITLED")) {
      given()
          .queryParam("deviceId", device)
          .queryParam("state", state)
          .get(API + "/enrolments")
          .then()
          .statusCode(200)
          .body("items", hasSize(state.equals("ACCEPTED") ? 1 : 0));
    }
    activation(id, device, Verdict.CONFIRMED, YEAR_1);
    EsuResult entitled = result(device, EsuVerdict.ENTITLED);
    assertThat(entitled.program()).isEqualTo("windows-10-esu");
    assertThat(entitled.year()).isEqualTo(1);

    given()
        .get(API + "/enrolments/" + id)
        .then()
        .statusCode(200)
        .body("state", equalTo("ENTITLED"))
        .body("result.verdict", equalTo("ENTITLED"));
    for (var day :
        Map.of(
                "2025-11-30",
                "ELIGIBLE",
                "2025-12-01",
                "COVERED",
                "2026-10-13",
                "COVERED",
                "2026-10-14",
                "LAPSED")
            .entrySet()) {
      given()
          .queryParam("asOf", day.getKey())
          .get(API + "/coverage/" + device)
          .then()
          .statusCode(200)
          .body("state", equalTo(day.getValue()));
    }
  }

  @Test
  @DisplayName("S3-27 everything once more: the same answers under the same ids, one record")
  void redelivery() {
    String device = run + "pc";
    UUID id = covered(device, YEAR_1);
    EsuEnrolmentRequested same = Ask.windows10().device(device).site(run + "site").event();
    probe.send(EventType.ESU_ENROLMENT_REQUESTED, id, YEAR_1, same);

    List<ConsumerRecord<byte[], byte[]>> asked =
        probe.await(
            2,
            r -> r.topic().equals(Topics.ACTIVATION_REQUESTS) && EventProbe.key(r).equals(device));
    assertThat(asked)
        .extracting(EventProbe::id)
        .containsOnly(EnrolmentRule.activationRequestId(id).toString());
    assertThat(asked.get(0).value()).isEqualTo(asked.get(1).value());
    assertThat(results(1, r -> r.deviceId().equals(device) && r.verdict() == EsuVerdict.ENTITLED))
        .hasSize(1);
  }

  @Test
  @DisplayName("The same id with other content is a dead letter and changes nothing")
  void reusedId() {
    String device = run + "pc";
    UUID id = covered(device, YEAR_1);
    probe.send(
        EventType.ESU_ENROLMENT_REQUESTED,
        id,
        YEAR_1,
        Ask.windows10().device(device).edition("Education").event());
    assertThat(
            probe.await(
                1,
                r ->
                    r.topic().equals(Topics.deadLetter(Topics.ESU_REQUESTS))
                        && EventProbe.key(r).equals(device)))
        .hasSize(1);
  }

  @Test
  @DisplayName(
      "S3-20 a failed update is diagnosed, proposed again with coverage, and closed by success")
  void updates() {
    String device = run + "pc";
    EsuUpdateReported failed = update(device, EsuUpdateStage.REVERTED, "80070661");
    probe.send(EventType.ESU_UPDATE_REPORTED, YEAR_1, failed);
    assertThat(result(device, EsuVerdict.DIAGNOSED).reason()).isEqualTo("ESU_NOT_ACTIVATED");
    given()
        .queryParam("failing", true)
        .queryParam("limit", 1000)
        .get(API + "/coverage")
        .then()
        .body("items.deviceId", hasItem(device));

    covered(device, YEAR_1.plusSeconds(60));
    assertThat(results(2, r -> r.deviceId().equals(device) && r.verdict() == EsuVerdict.DIAGNOSED))
        .extracting(EsuResult::reason)
        .contains("RETRY_PROPOSED");
    probe.send(
        EventType.ESU_UPDATE_REPORTED,
        YEAR_1.plusSeconds(120),
        update(device, EsuUpdateStage.INSTALLED, null));
    assertThat(
            results(3, r -> r.deviceId().equals(device) && r.verdict() == EsuVerdict.DIAGNOSED)
                .getLast()
                .evidence())
        .containsEntry("incidentClosed", true);
  }

  private static EsuUpdateReported update(String device, EsuUpdateStage stage, String code) {
    return EsuUpdateReportedBuilder.builder()
        .deviceId(device)
        .product("windows-10")
        .edition("Enterprise")
        .kb("KB5068781")
        .stage(stage)
        .code(code)
        .build();
  }

  @Test
  @DisplayName("S3-17 a report that shows the add-on licensed entitles without any enrolment")
  void reported() {
    String device = run + "pc";
    probe.send(
        EventType.DEVICE_REPORTED,
        YEAR_1,
        World.licenseReport(
            device, YEAR_1, "Enterprise", "19045.6456", World.WIN10_Y1, 1, "AAAAA"));
    EsuResult entitled = result(device, EsuVerdict.ENTITLED);
    assertThat(entitled.product()).isEqualTo("windows-10");
    assertThat(entitled.evidence()).containsEntry("source", "REPORT");
  }

  @Test
  @DisplayName("S3-18 over REST a discrepancy is found, and shown with the ages of both")
  void discrepancy() {
    String device = run + "pc";
    Instant told = Instant.parse("2020-09-01T00:00:00Z");
    probe.send(
        EventType.ESU_COVERAGE_IMPORTED,
        told,
        new EsuCoverageImported(
            device,
            EsuImportSource.ESU_VALUE,
            World.WIN7_Y1,
            null,
            "windows-7",
            null,
            null,
            run + "site",
            null,
            told));
    result(device, EsuVerdict.ENTITLED);
    Instant later = Instant.parse("2020-09-20T00:00:00Z");
    probe.send(
        EventType.DEVICE_REPORTED,
        later,
        World.licenseReport(device, later, "Enterprise", null, World.WIN7_Y1, 0, null));
    result(device, EsuVerdict.LAPSED);

    given()
        .queryParam("asOf", "2020-09-28")
        .get(API + "/coverage/" + device)
        .then()
        .statusCode(200)
        .body("disputed", equalTo(true))
        .body("reasons.reason", hasItem("DISCREPANCY"))
        .body("sources.find { it.source == 'ESU_VALUE' }.covered", equalTo(true))
        .body("sources.find { it.source == 'ESU_VALUE' }.ageDays", equalTo(27))
        .body("sources.find { it.source == 'REPORT' }.covered", equalTo(false))
        .body("sources.find { it.source == 'REPORT' }.ageDays", equalTo(8));
    for (boolean disputed : new boolean[] {true, false}) {
      given()
          .queryParam("asOf", "2020-09-28")
          .queryParam("site", run + "site")
          .queryParam("discrepancy", disputed)
          .get(API + "/coverage")
          .then()
          .body("items.deviceId", equalTo(disputed ? List.of(device) : List.of()));
    }
  }

  @Test
  @DisplayName(
      "S3-13 ticks across the boundary: each lapses once, and the year was warned of before")
  void yearTurn() {
    String site = run + "site";
    List<String> devices = List.of(run + "a", run + "b", run + "c");
    devices.forEach(device -> covered(device, YEAR_1));
    tick(Instant.parse("2026-10-07T00:00:00Z"));
    tick(Instant.parse("2026-10-14T00:00:00Z"));
    tick(Instant.parse("2026-10-14T00:01:00Z"));

    List<EsuResult> lapsed =
        results(3, r -> site.equals(r.site()) && r.verdict() == EsuVerdict.LAPSED);
    assertThat(lapsed).extracting(EsuResult::deviceId).containsExactlyInAnyOrderElementsOf(devices);
    assertThat(lapsed).allSatisfy(r -> assertThat(r.reason()).isEqualTo("YEAR_ENDED"));
    assertThat(probe.await(1, r -> EventProbe.isType(r, EventType.ESU_YEAR_TURNING))).isNotEmpty();
    given()
        .queryParam("asOf", "2026-10-14")
        .queryParam("site", site)
        .get(API + "/coverage/summary")
        .then()
        .statusCode(200)
        .body("devices", equalTo(3))
        .body("groups", hasSize(1))
        .body("groups[0].state", equalTo("LAPSED"))
        .body("groups[0].year", equalTo(2));
  }

  private void tick(Instant at) {
    probe.send(Ticker.tick("esu-service", at, 0).toRecord());
  }
}
