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
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.ClockTicked;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import io.kagimori.local.EventProbe;
import io.kagimori.local.Replay;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Activations from the grant to their end, on a real broker and a real database. */
@QuarkusTest
@TestProfile(ServiceTest.SmallSweeps.class)
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "activation"))
class ActivationServiceTest extends ServiceTest {
  @Test
  @DisplayName("S1-15 a MAK from the grant over its steps to permanent, and REST shows it")
  void makLifeCycle() {
    KeyVerdict asked = sent(mak(name("pc")).at(today).accepted());
    ActivationResult granted = result(asked, Verdict.GRANTED);
    said(step(asked, ActivationStage.UPK).failed("0xC004F014"), today.plusSeconds(1));
    said(step(asked, ActivationStage.IPK), today.plusSeconds(2));
    said(step(asked, ActivationStage.ATO).printed("0x0", "done"), today.plusSeconds(3));

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
    tick(leaseOver);

    List<ActivationResult> expired =
        results(8, r -> r.deviceId().startsWith(run) && r.verdict() == Verdict.EXPIRED);
    said(step(last, ActivationStage.ATO), leaseOver.plusSeconds(60));
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
  @DisplayName("S4-23 save the activation: the confirmation ID of an earlier poll is applied again")
  void confirmationIdIsKept() {
    String installation = "7".repeat(54);
    String digits = "246802".repeat(8);
    KeyVerdict first = granted(mak(name("pc")).byTelephone().installation(installation));
    said(step(first, ActivationStage.CONFIRMATION_ID).confirmationId(digits), today);
    result(first, Verdict.CONFIRMED);

    ActivationResult again =
        resultOf(mak(name("pc")).installation(installation).seatReused().at(today).accepted());

    assertThat(again.steps()).anySatisfy(s -> assertThat(s).endsWith("/atp " + digits));
    assertThat(again.steps()).noneSatisfy(s -> assertThat(s).endsWith("/ato"));
  }

  @Test
  @DisplayName("A second verdict on one request, as after a restored backup, replaces the first")
  void secondVerdict() {
    KeyVerdict first = granted(mak(name("pc")));

    KeyVerdict second =
        sent(
            mak(name("pc"))
                .request(first.requestId())
                .at(today)
                .refused("KEY_BLOCKED", null, null));

    assertThat(result(second, Verdict.REFUSED).reason()).isEqualTo("KEY_BLOCKED");
    given().get(API + "/activations/" + first.requestId()).then().body("state", equalTo("REFUSED"));
  }

  @Test
  @DisplayName("S1-03 an unknown code is kept verbatim and counted")
  void unknownCodeIsCounted() {
    KeyVerdict asked = granted(mak(name("pc")));
    said(step(asked, ActivationStage.ATO).failed("0x0BADF00D"), today);

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
    KeyVerdict one = sent(mak(name("one")).at(today).accepted());
    poison(name("bad"), "{\"deviceId\":");
    poison(name("bad"), "{\"deviceId\":\"" + name("bad") + "\"}");
    poison(name("bad"), "{\"deviceId\":\"somebody-else\",\"requestId\":\"x\"}");
    KeyVerdict two = sent(mak(name("two")).at(today).accepted());

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
        Answer.of(EventType.KEY_ACCEPTED, EventIds.request(), "t", today, mak(key).accepted())
            .toRecord();
    probe.send(
        new ProducerRecord<>(
            Topics.KEY_VERDICTS,
            null,
            today.toEpochMilli(),
            key.getBytes(StandardCharsets.UTF_8),
            value.getBytes(StandardCharsets.UTF_8),
            like.headers()));
  }

  @Test
  @DisplayName("An outcome nobody asked for is answered UNKNOWN_REQUEST and kept on the device")
  void unknownRequest() {
    KeyVerdict nobody = mak(name("pc")).request("not-a-uuid").accepted();
    said(step(nobody, ActivationStage.ATO), today);

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
    said(step(one, ActivationStage.ATO), today);
    result(one, Verdict.CONFIRMED);
    KeyVerdict two = granted(mak(name("two")));
    for (int i = 0; i < 26; i++) {
      sent(client("k-" + i, host, "k-" + i));
    }
    results(26, r -> r.deviceId().startsWith(name("k-")));
    tick(leaseOver.plusSeconds(120));
    result(two, Verdict.EXPIRED);
    probe.send(
        EventType.DEVICE_REPORTED,
        today,
        report(name("three"), today, license("VOLUME_MAK", "AAAAA", 1, 0L, null)));
    Awaitility.await()
        .untilAsserted(() -> given().get(API + "/devices/" + name("three")).then().statusCode(200));
    Replay replay = new Replay(brokers, database);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(60))
        .until(replay::isSettled);
    Map<String, String> rows = replay.rows();
    assertThat(rows).containsKeys("outcome");

    Map<String, Integer> first = replay.published(Topics.ACTIVATION_RESULTS);
    replay.sendAgain(
        probe,
        List.of(
            Topics.KEY_VERDICTS,
            Topics.ACTIVATION_OUTCOMES,
            Topics.DEVICE_REPORTS,
            Topics.KMS_EVENTS,
            Topics.ACTIVATION_TICKS));

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(replay.published(Topics.ACTIVATION_RESULTS))
                    .allSatisfy(
                        (id, times) -> assertThat(times).isGreaterThan(first.getOrDefault(id, 0))));
    assertThat(replay.published(Topics.ACTIVATION_RESULTS).keySet()).isEqualTo(first.keySet());
    Awaitility.await()
        .pollInterval(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(60))
        .until(replay::isSettled);
    assertThat(replay.rows()).isEqualTo(rows);
  }
}
