package io.kagimori.esu;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EsuEnrolmentRequested;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuUpdateReported;
import io.kagimori.contracts.event.EsuUpdateStage;
import io.kagimori.contracts.event.EsuVerdict;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Initiator;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.esu.domain.EnrolmentRule;
import io.kagimori.esu.domain.World;
import io.kagimori.esu.domain.World.Ask;
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
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Enrolments from the request to the end of the year, on a real broker and a real database. */
@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "esu"))
class EsuServiceTest {
  private static final String API = "/api/v1";
  private static final Instant YEAR_1 = Instant.parse("2025-12-01T12:00:00Z");

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String brokers;

  private EventProbe probe;
  private String run;

  @BeforeEach
  void open() {
    probe =
        new EventProbe(
            brokers,
            Topics.ESU_RESULTS,
            Topics.ACTIVATION_REQUESTS,
            Topics.deadLetter(Topics.ESU_REQUESTS));
    run = UUID.randomUUID().toString().substring(0, 8) + "-";
  }

  @AfterEach
  void close() {
    probe.close();
  }

  private UUID ask(Ask ask, Instant at) {
    return probe.send(EventType.ESU_ENROLMENT_REQUESTED, at, ask.event());
  }

  private List<EsuResult> results(int count, Predicate<EsuResult> fits) {
    return probe
        .await(
            count,
            r ->
                r.topic().equals(Topics.ESU_RESULTS)
                    && !EventProbe.isType(r, EventType.ESU_YEAR_TURNING)
                    && fits.test(read(r)))
        .stream()
        .map(EsuServiceTest::read)
        .toList();
  }

  private static EsuResult read(ConsumerRecord<byte[], byte[]> record) {
    return EventJson.read(record.value(), EsuResult.class);
  }

  private EsuResult result(String device, EsuVerdict verdict) {
    return results(1, r -> r.deviceId().equals(device) && r.verdict() == verdict).get(0);
  }

  /** activation-service's part, played by the test. */
  private void activation(UUID enrolment, String device, Verdict verdict, Instant at) {
    String id = EnrolmentRule.activationRequestId(enrolment).toString();
    probe.send(
        EventType.of(verdict),
        at,
        new ActivationResult(
            id,
            device,
            "windows-10",
            "Enterprise",
            Channel.MAK,
            verdict,
            null,
            null,
            null,
            null,
            "esu-key",
            "AAAAA",
            verdict == Verdict.GRANTED ? List.of("slmgr /ipk {key:esu-key}") : null,
            null,
            null,
            null,
            World.WIN10_Y1,
            Initiator.ESU,
            at));
  }

  private UUID covered(String device, Instant at) {
    UUID id = ask(Ask.windows10().device(device).site(run + "site"), at);
    probe.await(EventType.ACTIVATION_REQUESTED, device, ActivationRequested.class);
    activation(id, device, Verdict.GRANTED, at);
    activation(id, device, Verdict.CONFIRMED, at);
    result(device, EsuVerdict.ENTITLED);
    return id;
  }

  @Test
  @DisplayName("ready with its own database, and an unknown address is answered with a problem")
  void ready() {
    given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    given().get("/api/v1/nowhere").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
  }

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
        .body("code", equalTo("VERSION_NOT_ELIGIBLE"));
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
    return new EsuUpdateReported(
        device, "windows-10", "Enterprise", "KB5068781", stage, code, null, null, null, null);
  }

  @Test
  @DisplayName("S3-17 a report that shows the add-on licensed entitles without any enrolment")
  void reported() {
    String device = run + "pc";
    probe.send(
        EventType.DEVICE_REPORTED,
        YEAR_1,
        new DeviceReported(
            device,
            YEAR_1,
            "SLMGR",
            "Enterprise",
            "19045.6456",
            null,
            List.of(
                new DeviceReported.License(
                    "Client-ESU-Year1",
                    null,
                    World.WIN10_Y1,
                    null,
                    "AAAAA",
                    1,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null)),
            null,
            null));
    EsuResult entitled = result(device, EsuVerdict.ENTITLED);
    assertThat(entitled.product()).isEqualTo("windows-10");
    assertThat(entitled.evidence()).containsEntry("source", "REPORT");
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
