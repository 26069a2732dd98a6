package io.kagimori.edition;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.CampaignState;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.EditionCampaignChanged;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Initiator;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.local.EventProbe;
import io.kagimori.local.Replay;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** edition-service on a real broker and a real database. */
@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "edition"))
class EditionServiceTest extends ServiceTest {

  @Test
  @DisplayName("ready with its own database, and an unknown address is answered with a problem")
  void ready() {
    given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    given().get(API + "/nowhere").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
  }

  @Test
  @DisplayName("S0-11 the whole story: planned, stages, verified, activation asked for, completed")
  void story() {
    UUID id = asked(upgrade("srv", null, null, null));
    assertThat(result(id, EditionState.PLANNED).steps().get(0)).contains("/Set-Edition:");
    stage(id, "srv", EditionStage.KEY_INSTALLED, null, today.plusSeconds(60));
    stage(id, "srv", EditionStage.REBOOTING, null, today.plusSeconds(120));
    stage(id, "srv", EditionStage.OBSERVED, "ServerEnterprise", today.plusSeconds(300));
    String activation = result(id, EditionState.ACTIVATION_REQUESTED).activationRequestId();
    ConsumerRecord<byte[], byte[]> asked =
        probe
            .await(
                1,
                r ->
                    r.topic().equals(Topics.ACTIVATION_REQUESTS)
                        && EventProbe.key(r).equals(name("srv")))
            .get(0);
    assertThat(EventProbe.id(asked)).isEqualTo(activation);
    assertThat(EventJson.read(asked.value(), ActivationRequested.class).initiator())
        .isEqualTo(Initiator.EDITION);

    DeviceReported news = probe.await(EventType.DEVICE_REPORTED, name("srv"), DeviceReported.class);
    assertThat(news.source()).isEqualTo("EDITION_CHANGE");
    assertThat(news.edition()).isEqualTo("ServerEnterprise");

    activated(activation, "srv", Verdict.CONFIRMED, null);

    result(id, EditionState.COMPLETED);
    given()
        .get(API + "/upgrades/" + id)
        .then()
        .statusCode(200)
        .body("state", equalTo("COMPLETED"))
        .body("stages.stage", equalTo(List.of("KEY_INSTALLED", "REBOOTING", "OBSERVED")))
        .body("stages.seconds", equalTo(List.of(60, 60, 180)))
        .body("activationRequestId", equalTo(activation));
  }

  @Test
  @DisplayName("S0-20 the activation fails: NEEDS_ACTIVATION, and another one completes it later")
  void partialFailure() {
    UUID id = asked(upgrade("partial", null, null, null));
    result(id, EditionState.PLANNED);
    stage(id, "partial", EditionStage.OBSERVED, "ServerEnterprise", today.plusSeconds(60));
    String activation = result(id, EditionState.ACTIVATION_REQUESTED).activationRequestId();
    activated(activation, "partial", Verdict.REFUSED, "NO_KEY");
    assertThat(result(id, EditionState.NEEDS_ACTIVATION).reason()).isEqualTo("NO_KEY");

    activated(UUID.randomUUID().toString(), "partial", Verdict.CONFIRMED, null);

    result(id, EditionState.COMPLETED);
  }

  @Test
  @DisplayName(
      "S0-26 the same request twice is one upgrade with one answer; other content is set aside")
  void redelivery() {
    EditionUpgradeRequested asked = upgrade("twice", null, null, null);
    UUID id = asked(asked);
    result(id, EditionState.PLANNED);
    probe.send(EventType.EDITION_UPGRADE_REQUESTED, id, today, asked);
    List<ConsumerRecord<byte[], byte[]>> both =
        probe.await(
            2,
            r ->
                EventProbe.isType(r, EventType.EDITION_PLANNED)
                    && EventProbe.key(r).equals(name("twice")));
    assertThat(EventProbe.id(both.get(0))).isEqualTo(EventProbe.id(both.get(1)));
    assertThat(both.get(0).value()).isEqualTo(both.get(1).value());

    probe.send(
        EventType.EDITION_UPGRADE_REQUESTED, id, today, upgrade("twice", "nobody", null, null));
    ConsumerRecord<byte[], byte[]> letter =
        probe
            .await(1, r -> r.topic().endsWith(".dlq") && EventProbe.key(r).equals(name("twice")))
            .get(0);
    assertThat(CloudEventHeaders.text(letter.headers(), "dlq-reason")).isEqualTo("ID_REUSED");
  }

  @Test
  @DisplayName("S0-26 over REST the same id with other content is a conflict and changes nothing")
  void reusedId() {
    UUID id = UUID.randomUUID();
    post(id, upgrade("again-id", null, null, null)).statusCode(201);
    post(id, upgrade("again-id", null, null, null))
        .statusCode(201)
        .body("requestId", equalTo(id.toString()));
    post(id, upgrade("again-id", "setup-key-other", null, null))
        .statusCode(409)
        .body("code", equalTo("ID_REUSED"))
        .body("field", equalTo("Idempotency-Key"));
    given().get(API + "/upgrades/" + id).then().statusCode(200).body("state", equalTo("PLANNED"));
  }

  private static ValidatableResponse post(UUID id, EditionUpgradeRequested asked) {
    return given()
        .contentType(ContentType.JSON)
        .header("Prefer", "wait=20")
        .header("Idempotency-Key", id)
        .body(EventJson.bytes(asked))
        .post(API + "/upgrades")
        .then();
  }

  @Test
  @DisplayName("S0-13 ticks find the stalled and end them")
  void ticks() {
    UUID id = asked(upgrade("slow", null, null, null));
    result(id, EditionState.PLANNED);
    stage(id, "slow", EditionStage.KEY_INSTALLED, null, today.plusSeconds(60));
    result(id, EditionState.KEY_INSTALLED);
    tick(today.plus(Duration.ofMinutes(40)));
    assertThat(result(id, EditionState.STALLED).reason()).isEqualTo("STALLED");
    tick(today.plus(Duration.ofHours(30)));
    assertThat(result(id, EditionState.FAILED).reason()).isEqualTo("STALLED");
  }

  @Test
  @DisplayName("S0-05 over REST a MAK is refused with a ready plan, which then works")
  void blockedKey() {
    String mak = name("mak");
    key(mak, R2, 5);
    String plan =
        given()
            .contentType(ContentType.JSON)
            .header("Prefer", "wait=20")
            .body(EventJson.bytes(upgrade("rest", mak, null, null)))
            .post(API + "/upgrades")
            .then()
            .statusCode(422)
            .body("code", equalTo("BLOCKED_KEY_TYPE"))
            .body("result.steps", notNullValue())
            .extract()
            .path("result.detail.plan.keyId");
    String location =
        given()
            .contentType(ContentType.JSON)
            .header("Prefer", "wait=20")
            .body(EventJson.bytes(upgrade("rest", plan, null, null)))
            .post(API + "/upgrades")
            .then()
            .statusCode(201)
            .body("verdict", equalTo("PLANNED"))
            .extract()
            .header("Location");
    given().get(location).then().statusCode(200).body("state", equalTo("PLANNED"));
    given()
        .contentType(ContentType.JSON)
        .header("Prefer", "wait=20")
        .body(EventJson.bytes(upgrade("rest", null, null, null)))
        .post(API + "/upgrades")
        .then()
        .statusCode(409)
        .body("code", equalTo("CHANGE_RUNNING"));
  }

  @Test
  @DisplayName("Bad bodies are answered with the field, unknown ids with 404, no wait with 202")
  void badInput() {
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("deviceId", "x", "product", R2))
        .post(API + "/upgrades")
        .then()
        .statusCode(400)
        .body("code", equalTo("INVALID_FIELD"))
        .body("field", equalTo("toEdition"));
    given().get(API + "/upgrades/" + UUID.randomUUID()).then().statusCode(404);
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("devices", List.of(Map.of("deviceId", "x"))))
        .urlEncodingEnabled(false)
        .post(API + "/reimages:preflight")
        .then()
        .statusCode(400)
        .body("field", equalTo("devices[0].imageId"));
    given()
        .contentType(ContentType.JSON)
        .body("{\"devices\":[null]}")
        .urlEncodingEnabled(false)
        .post(API + "/upgrades:preflight")
        .then()
        .statusCode(400)
        .body("field", equalTo("devices[0]"));
    given()
        .contentType(ContentType.JSON)
        .body(EventJson.bytes(upgrade("later", null, null, null)))
        .post(API + "/upgrades")
        .then()
        .statusCode(202)
        .header("Location", notNullValue());
  }

  @Test
  @DisplayName("S0-30 a campaign: waves by tick, funnel, failures by reason, pause, cancel")
  void campaign() {
    String campaign = name("camp");
    given()
        .contentType(ContentType.JSON)
        .header("Prefer", "wait=20")
        .body(Map.of("campaignId", campaign, "pauseFailuresMin", 1, "pauseFailurePercent", 10))
        .post(API + "/campaigns")
        .then()
        .statusCode(201)
        .body("state", equalTo("RUNNING"));
    UUID first = asked(upgrade("c1", null, campaign, 1));
    UUID second = asked(upgrade("c2", null, campaign, 2));
    result(first, EditionState.QUEUED);
    result(second, EditionState.QUEUED);
    tick(today.plus(Duration.ofMinutes(1)));
    result(first, EditionState.PLANNED);
    stage(first, "c1", EditionStage.OBSERVED, "ServerStandard", today.plusSeconds(90));
    assertThat(result(first, EditionState.FAILED).reason()).isEqualTo("VERIFY_FAILED");
    tick(today.plus(Duration.ofMinutes(2)));
    probe.await(
        1,
        r ->
            EventProbe.isType(r, EventType.EDITION_CAMPAIGN_CHANGED)
                && EventProbe.key(r).equals(campaign)
                && EventJson.read(r.value(), EditionCampaignChanged.class).state()
                    == CampaignState.PAUSED);
    given()
        .get(API + "/campaigns/" + campaign)
        .then()
        .statusCode(200)
        .body("state", equalTo("PAUSED"))
        .body("figures.funnel.FAILED", equalTo(1))
        .body("figures.funnel.QUEUED", equalTo(1))
        .body("figures.reasons.VERIFY_FAILED", equalTo(1));
    given()
        .contentType(ContentType.JSON)
        .header("Prefer", "wait=20")
        .body(Map.of())
        .post(API + "/campaigns/" + campaign + "/cancel")
        .then()
        .statusCode(201)
        .body("state", equalTo("CANCELLED"));
    tick(today.plus(Duration.ofMinutes(3)));
    assertThat(result(second, EditionState.FAILED).reason()).isEqualTo("CAMPAIGN_CANCELLED");
  }

  @Test
  @DisplayName("S0-30 the median duration is that of the completed ones, the middle of them")
  void medianDuration() {
    String campaign = name("median");
    given()
        .contentType(ContentType.JSON)
        .header("Prefer", "wait=20")
        .body(Map.of("campaignId", campaign))
        .post(API + "/campaigns")
        .then()
        .statusCode(201);
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(asked(upgrade("m" + i, null, campaign, 1)));
      result(ids.get(i), EditionState.QUEUED);
    }
    given()
        .get(API + "/campaigns/" + campaign)
        .then()
        .statusCode(200)
        .body("figures.medianSeconds", nullValue());
    // A minute of its own: two ticks of one minute are one.
    tick(today.plus(Duration.ofMinutes(11)));
    // 100, 200 and 700 seconds and two that do not count: a failure and one still running.
    int[] seconds = {100, 700, 200};
    for (int i = 0; i < 4; i++) {
      result(ids.get(i), EditionState.PLANNED);
      String edition = i == 3 ? "ServerStandard" : "ServerEnterprise";
      stage(ids.get(i), "m" + i, EditionStage.OBSERVED, edition, today.plusSeconds(90));
    }
    for (int i = 0; i < 3; i++) {
      String activation =
          result(ids.get(i), EditionState.ACTIVATION_REQUESTED).activationRequestId();
      activated(activation, "m" + i, Verdict.CONFIRMED, null, today.plusSeconds(seconds[i]));
      result(ids.get(i), EditionState.COMPLETED);
    }
    result(ids.get(3), EditionState.FAILED);
    given()
        .get(API + "/campaigns/" + campaign)
        .then()
        .statusCode(200)
        .body("figures.funnel", equalTo(Map.of("COMPLETED", 3, "FAILED", 1, "PLANNED", 1)))
        .body("figures.reasons", equalTo(Map.of("VERIFY_FAILED", 1)))
        .body("figures.medianSeconds", equalTo(200.0f));
  }

  @Test
  @DisplayName("Everything delivered again gives the same rows and the same bytes")
  void replay() throws Exception {
    UUID id = asked(upgrade("again", null, null, null));
    result(id, EditionState.PLANNED);
    stage(id, "again", EditionStage.OBSERVED, "ServerEnterprise", today.plusSeconds(60));
    String activation = result(id, EditionState.ACTIVATION_REQUESTED).activationRequestId();
    activated(activation, "again", Verdict.CONFIRMED, null);
    result(id, EditionState.COMPLETED);
    Replay replay = new Replay(brokers, database);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(60))
        .until(replay::isSettled);
    Map<String, String> rows = replay.rows();
    assertThat(rows).containsKeys("outcome");
    Map<String, Integer> first = replay.published(Topics.EDITION_RESULTS);

    replay.sendAgain(
        probe,
        List.of(
            Topics.EDITION_REQUESTS,
            Topics.EDITION_OUTCOMES,
            Topics.DEVICE_REPORTS,
            Topics.ACTIVATION_RESULTS,
            Topics.KEY_FACTS,
            Topics.AGREEMENT_FACTS,
            Topics.EDITION_TICKS));

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(replay.published(Topics.EDITION_RESULTS))
                    .allSatisfy(
                        (event, times) ->
                            assertThat(times).isGreaterThan(first.getOrDefault(event, 0))));
    assertThat(replay.published(Topics.EDITION_RESULTS).keySet()).isEqualTo(first.keySet());
    Awaitility.await()
        .pollInterval(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(60))
        .until(replay::isSettled);
    assertThat(replay.rows()).isEqualTo(rows);
  }
}
