package io.kagimori.activation;

import static io.kagimori.activation.Samples.kmsClient;
import static io.kagimori.activation.Samples.license;
import static io.kagimori.activation.Samples.mak;
import static io.kagimori.activation.Samples.report;
import static io.kagimori.activation.Samples.step;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.ClockTicked;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyDecision;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.KmsHostReported;
import io.kagimori.contracts.event.KmsRequestLogged;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import io.kagimori.local.EventProbe;
import io.kagimori.local.StackResource;
import io.kagimori.stream.Ticker;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** activation-service on a real broker and a real database. */
@QuarkusTest
@TestProfile(ActivationServiceTest.SmallSweeps.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "activation"))
class ActivationServiceTest {
  /** REST shows counts and alerts of today, so the tests live today. */
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private static final Instant LEASE_OVER = NOW.plus(Samples.LEASE).plusSeconds(60);
  private static final String API = "/api/v1";

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String brokers;

  @Inject DataSource database;

  private EventProbe probe;
  private String run;

  /** A sweep takes few rows, so that it has to go on. */
  public static final class SmallSweeps implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("kagimori.sweep.max", "3");
    }
  }

  @BeforeEach
  void open() {
    probe =
        new EventProbe(
            brokers,
            Topics.ACTIVATION_RESULTS,
            Topics.ACTIVATION_TICKS,
            Topics.deadLetter(Topics.KEY_VERDICTS),
            Topics.deadLetter(Topics.ACTIVATION_OUTCOMES));
    run = UUID.randomUUID().toString().substring(0, 8) + "-";
  }

  @AfterEach
  void close() {
    probe.close();
  }

  private String name(String device) {
    return run + device;
  }

  private KeyVerdict sent(KeyVerdict asked) {
    EventType type =
        asked.verdict() == KeyDecision.ACCEPTED ? EventType.KEY_ACCEPTED : EventType.KEY_REFUSED;
    UUID id =
        EventIds.answer(UUID.fromString(asked.requestId()), "key-service", asked.verdict().name());
    probe.send(type, id, asked.receivedAt(), asked);
    return asked;
  }

  private KeyVerdict granted(Samples.Asked asked) {
    KeyVerdict verdict = sent(asked.at(NOW).accepted());
    assertThat(result(verdict, Verdict.GRANTED).verdict()).isEqualTo(Verdict.GRANTED);
    return verdict;
  }

  private UUID said(Samples.Step step, Instant at) {
    ActivationAttempted said = step.said();
    return probe.send(EventType.ACTIVATION_ATTEMPTED, at, said);
  }

  private ActivationResult result(KeyVerdict of, Verdict verdict) {
    return results(1, r -> r.requestId().equals(of.requestId()) && r.verdict() == verdict).get(0);
  }

  private List<ActivationResult> results(int count, Predicate<ActivationResult> fits) {
    return probe
        .await(count, r -> r.topic().equals(Topics.ACTIVATION_RESULTS) && fits.test(read(r)))
        .stream()
        .map(ActivationServiceTest::read)
        .filter(fits)
        .toList();
  }

  private static ActivationResult read(ConsumerRecord<byte[], byte[]> record) {
    return EventJson.read(record.value(), ActivationResult.class);
  }

  private void tick(Instant at) {
    probe.send(Ticker.tick("activation-service", at, 0).toRecord());
  }

  @Test
  @DisplayName("S1-15 a MAK from the grant over its steps to permanent, and REST shows it")
  void makLifeCycle() {
    KeyVerdict asked = sent(mak(name("pc")).at(NOW).accepted());
    ActivationResult granted = result(asked, Verdict.GRANTED);
    said(step(asked, ActivationStage.UPK).failed("0xC004F014"), NOW.plusSeconds(1));
    said(step(asked, ActivationStage.IPK), NOW.plusSeconds(2));
    said(step(asked, ActivationStage.ATO).printed("0x0", "done"), NOW.plusSeconds(3));

    ActivationResult confirmed = result(asked, Verdict.CONFIRMED);

    assertThat(granted.steps()).hasSize(4);
    assertThat((List<?>) confirmed.detail().get("stages")).hasSize(3);
    given()
        .get(API + "/activations/" + asked.requestId())
        .then()
        .statusCode(200)
        .body("state", equalTo("CONFIRMED"))
        .body("verdict", equalTo("CONFIRMED"))
        .body("keyId", equalTo(Samples.KEY))
        .body("stages.stage", contains("UPK", "IPK", "ATO"))
        .body("stages.succeeded", contains(false, true, true));
    given()
        .get(API + "/devices/" + name("pc"))
        .then()
        .statusCode(200)
        .body("channel", equalTo("MAK"))
        .body("licenseStatus", equalTo(1))
        .body("licenseStatusName", equalTo("Licensed"))
        .body("expiry.kind", equalTo("PERMANENT"))
        .body("expiry.at", nullValue())
        .body("site", equalTo("tokyo"))
        .body("history.note", contains("CONFIRMED", "IPK KEY_INSTALLED"));
  }

  @Test
  @DisplayName("Silence expires each lease once, sweep after sweep; a late success is told as late")
  void leasesExpire() {
    KeyVerdict last = null;
    for (int i = 0; i < 8; i++) {
      last = granted(mak(name("pc-" + i)));
    }
    tick(LEASE_OVER);

    List<ActivationResult> expired =
        results(8, r -> r.deviceId().startsWith(run) && r.verdict() == Verdict.EXPIRED);
    said(step(last, ActivationStage.ATO), LEASE_OVER.plusSeconds(60));
    ActivationResult late = result(last, Verdict.CONFIRMED);

    assertThat(expired)
        .hasSize(8)
        .allSatisfy(r -> assertThat(r.reason()).isEqualTo("LEASE_EXPIRED"))
        .extracting(ActivationResult::deviceId)
        .doesNotHaveDuplicates();
    assertThat(late.warnings()).extracting(Warning::reason).containsExactly("LATE_OUTCOME");
    assertThat(
            probe.await(
                2,
                r ->
                    r.topic().equals(Topics.ACTIVATION_TICKS)
                        && EventJson.read(r.value(), ClockTicked.class).part() > 0))
        .hasSizeGreaterThanOrEqualTo(2);
  }

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
    assertThat(granted.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(180)));
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

  private KeyVerdict client(String device, String host, String cmid) {
    return kmsClient(name(device), cmid).kms(host, null, run + cmid).at(NOW).accepted();
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

  private ActivationResult resultOf(KeyVerdict asked) {
    sent(asked);
    return results(1, r -> r.requestId().equals(asked.requestId())).get(0);
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
        .flatExtracting(r -> r.warnings() == null ? List.of() : r.warnings())
        .extracting(w -> ((Warning) w).reason())
        .contains("SPLIT_ACROSS_HOSTS");
  }

  @Test
  @DisplayName("S2-17 host activation and S2-18 host ready: refused before, granted after")
  void hostActivation() {
    String host = name("kms");
    for (int i = 0; i < 25; i++) {
      probe.send(
          EventType.KMS_REQUEST_LOGGED,
          NOW,
          new KmsRequestLogged(host, run + "l-" + i, "pc", 25, "0x0", 1, 100L, NOW));
    }
    KeyVerdict key = granted(mak(host).key(KeyKind.CSVLK, "host-key"));
    ActivationResult before = resultOf(client("pc-1", host, "c-1"));
    said(step(key, ActivationStage.ATO), NOW);
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
        NOW.plusSeconds(9),
        new KmsHostReported(host, 1700, false, 26, "HHHHH", true, "LOW", 120L, 10_080L, "6.1"));

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
        new DeviceReported.Kms("cm", null, "kms1.example.com", "dns.example.com", null, 1L, 2L);
    DeviceReported.Kms cleared = new DeviceReported.Kms("cm", null, null, null, null, 1L, 2L);
    String pc = name("pc");
    probe.send(
        EventType.DEVICE_REPORTED,
        NOW,
        report(pc, NOW, license("VOLUME_MAK", "AAAAA", 1, 0L, null)));
    probe.send(
        EventType.DEVICE_REPORTED,
        NOW.plusSeconds(1),
        report(pc, NOW.plusSeconds(1), license("VOLUME_KMSCLIENT", "J464C", 1, 30L, registered)));

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
        NOW.plusSeconds(2),
        report(pc, NOW.plusSeconds(2), license("VOLUME_KMSCLIENT", "J464C", 1, 30L, cleared)));
    Awaitility.await()
        .untilAsserted(
            () -> given().get(API + "/devices/" + pc).then().body("kms.origin", equalTo("DNS")));
  }

  @Test
  @DisplayName("S4-23 save the activation: the confirmation ID of an earlier poll is applied again")
  void confirmationIdIsKept() {
    String installation = "7".repeat(54);
    String digits = "246802".repeat(8);
    KeyVerdict first = granted(mak(name("pc")).byTelephone().installation(installation));
    said(step(first, ActivationStage.CONFIRMATION_ID).confirmationId(digits), NOW);
    result(first, Verdict.CONFIRMED);

    ActivationResult again =
        resultOf(mak(name("pc")).installation(installation).seatReused().at(NOW).accepted());

    assertThat(again.steps()).anySatisfy(s -> assertThat(s).endsWith("/atp " + digits));
    assertThat(again.steps()).noneSatisfy(s -> assertThat(s).endsWith("/ato"));
  }

  @Test
  @DisplayName("S1-03 an unknown code is kept verbatim and counted")
  void unknownCodeIsCounted() {
    KeyVerdict asked = granted(mak(name("pc")));
    said(step(asked, ActivationStage.ATO).failed("0x0BADF00D"), NOW);

    assertThat(result(asked, Verdict.FAILED).code()).isEqualTo("0x0BADF00D");
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(not(containsString("kagimori_unknown_codes_total 0.0")))
        .body(containsString("kagimori_unknown_codes_total"));
  }

  @Test
  @DisplayName("A poisoned neighbour goes to the dead letters, and the others are answered")
  void poisonedNeighbours() {
    KeyVerdict one = sent(mak(name("one")).at(NOW).accepted());
    poison(name("bad"), "{\"deviceId\":");
    poison(name("bad"), "{\"deviceId\":\"" + name("bad") + "\"}");
    poison(name("bad"), "{\"deviceId\":\"somebody-else\",\"requestId\":\"x\"}");
    KeyVerdict two = sent(mak(name("two")).at(NOW).accepted());

    result(one, Verdict.GRANTED);
    result(two, Verdict.GRANTED);
    List<String> reasons =
        probe
            .await(
                3,
                r ->
                    r.topic().equals(Topics.deadLetter(Topics.KEY_VERDICTS))
                        && EventProbe.key(r).equals(name("bad")))
            .stream()
            .map(
                r ->
                    new String(
                        r.headers().lastHeader("dlq-reason").value(), StandardCharsets.UTF_8))
            .toList();
    assertThat(reasons).containsExactly("INVALID_JSON", "INVALID_EVENT", "INVALID_EVENT");
  }

  private void poison(String key, String value) {
    ProducerRecord<byte[], byte[]> like =
        Answer.of(EventType.KEY_ACCEPTED, EventIds.request(), "t", NOW, mak(key).accepted())
            .toRecord();
    probe.send(
        new ProducerRecord<>(
            Topics.KEY_VERDICTS,
            null,
            NOW.toEpochMilli(),
            key.getBytes(StandardCharsets.UTF_8),
            value.getBytes(StandardCharsets.UTF_8),
            like.headers()));
  }

  @Test
  @DisplayName("An outcome nobody asked for is answered UNKNOWN_REQUEST and kept on the device")
  void unknownRequest() {
    KeyVerdict nobody = mak(name("pc")).request("not-a-uuid").accepted();
    said(step(nobody, ActivationStage.ATO), NOW);

    ActivationResult answer = results(1, r -> r.deviceId().equals(name("pc"))).get(0);

    assertThat(answer.reason()).isEqualTo("UNKNOWN_REQUEST");
    given()
        .get(API + "/devices/" + name("pc"))
        .then()
        .statusCode(200)
        .body("history", hasSize(1))
        .body("history[0].note", equalTo("ATO UNKNOWN_REQUEST"));
  }

  @Test
  @DisplayName("Everything once more from offset zero: no row changes, every answer byte-equal")
  void redeliveryFromTheBeginning() throws Exception {
    String host = name("kms");
    KeyVerdict one = granted(mak(name("one")));
    said(step(one, ActivationStage.ATO), NOW);
    result(one, Verdict.CONFIRMED);
    KeyVerdict two = granted(mak(name("two")));
    for (int i = 0; i < 26; i++) {
      sent(client("k-" + i, host, "k-" + i));
    }
    results(26, r -> r.deviceId().startsWith(name("k-")));
    tick(LEASE_OVER.plusSeconds(120));
    result(two, Verdict.EXPIRED);
    probe.send(
        EventType.DEVICE_REPORTED,
        NOW,
        report(name("three"), NOW, license("VOLUME_MAK", "AAAAA", 1, 0L, null)));
    Awaitility.await()
        .untilAsserted(() -> given().get(API + "/devices/" + name("three")).then().statusCode(200));
    Replay replay = new Replay(brokers, database);
    Map<String, String> rows = replay.settledRows();

    Map<String, Integer> first = replay.answers();
    replay.sendEverythingAgain(probe);

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(replay.answers())
                    .allSatisfy(
                        (id, times) -> assertThat(times).isGreaterThan(first.getOrDefault(id, 0))));
    assertThat(replay.answers().keySet()).isEqualTo(first.keySet());
    assertThat(replay.settledRows()).isEqualTo(rows);
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
