package io.kagimori.edition;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.AgreementProgram;
import io.kagimori.contracts.event.EditionResult;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.ReimageDecided;
import io.kagimori.contracts.event.ReimageDecision;
import io.kagimori.local.EventProbe;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Re-imaging on a real broker and a real database. */
@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "edition"))
class ReimageServiceTest extends ServiceTest {
  @Test
  @DisplayName("S4-01 a re-image is decided on facts of key-service, shown, and carried through")
  void reimageStory() {
    String mak = name("mak");
    key(mak, W11, 5);
    agreement(name("ea"), AgreementProgram.EA, 0);
    image(name("pro"), mak);
    UUID id =
        probe.send(
            EventType.EDITION_REIMAGE_REQUESTED, today, reimage("pc", name("pro"), name("ea")));
    ReimageDecided decided =
        probe.await(EventType.REIMAGE_DECIDED, name("pc"), ReimageDecided.class);
    assertThat(decided.decision()).isEqualTo(ReimageDecision.PERMITTED);
    given()
        .get(API + "/reimages/" + id)
        .then()
        .statusCode(200)
        .body("decision", equalTo("PERMITTED"))
        .body("rules.id", hasItem("PRG-EA"))
        .body("outdatedRules", equalTo(List.of()));

    stage(id, "pc", EditionStage.REIMAGED, null, today.plusSeconds(60));
    EditionResult asked = result(id, EditionState.ACTIVATION_REQUESTED);
    ConsumerRecord<byte[], byte[]> activation =
        probe
            .await(
                1,
                r ->
                    r.topic().equals(Topics.ACTIVATION_REQUESTS)
                        && EventProbe.key(r).equals(name("pc")))
            .get(0);
    assertThat(EventProbe.id(activation)).isEqualTo(asked.activationRequestId());
    assertThat(EventJson.read(activation.value(), ActivationRequested.class).keyId())
        .isEqualTo(mak);
  }

  @Test
  @DisplayName("S4-15 a device that was asked for twice is promised one seat")
  void onePromiseADevice() {
    String mak = name("mak");
    key(mak, W11, 5);
    agreement(name("ea"), AgreementProgram.EA, 0);
    image(name("pro"), mak);
    for (int i = 0; i < 2; i++) {
      given()
          .contentType(ContentType.JSON)
          .header("Prefer", "wait=20")
          .body(EventJson.bytes(reimage("twice", name("pro"), name("ea"))))
          .post(API + "/reimages")
          .then()
          .statusCode(201)
          .body("decision", equalTo("PERMITTED"));
    }
    given()
        .contentType(ContentType.JSON)
        .body(EventJson.bytes(Map.of("devices", List.of(reimage("new", name("pro"), name("ea"))))))
        .urlEncodingEnabled(false)
        .post(API + "/reimages:preflight")
        .then()
        .statusCode(200)
        .body("pools.available", equalTo(List.of(5)))
        .body("pools.promised", equalTo(List.of(1)))
        .body("shortfall", equalTo(0));
  }

  @Test
  @DisplayName("S4-20 a rule worded otherwise later: the old decision stands and says so")
  void outdatedRules() throws SQLException {
    agreement(name("ea"), AgreementProgram.EA, 0);
    image(name("pro"), name("mak"));
    UUID id =
        probe.send(
            EventType.EDITION_REIMAGE_REQUESTED, today, reimage("old", name("pro"), name("ea")));
    probe.await(EventType.REIMAGE_DECIDED, name("old"), ReimageDecided.class);
    // The decision as it would have been stored under another wording of the program's rule.
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "update device_change set document = regexp_replace(document::text,"
                    + " '(\"id\":\"PRG-EA\",\"version\":\")[0-9a-f]{8}', '\\100000000')::json"
                    + " where request_id = ?")) {
      statement.setObject(1, id);
      assertThat(statement.executeUpdate()).isOne();
    }

    given()
        .get(API + "/reimages/" + id)
        .then()
        .statusCode(200)
        .body("decision", equalTo("PERMITTED"))
        .body("outdatedRules", equalTo(List.of("PRG-EA")));
    UUID anew =
        probe.send(
            EventType.EDITION_REIMAGE_REQUESTED, today, reimage("old", name("pro"), name("ea")));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                given()
                    .get(API + "/reimages/" + anew)
                    .then()
                    .statusCode(200)
                    .body("outdatedRules", equalTo(List.of())));
  }

  @Test
  @DisplayName("S4-24 an override over REST: refused without a second approver, then it lifts a no")
  void override() {
    image(name("pro"), name("mak"));
    given()
        .contentType(ContentType.JSON)
        .header("Prefer", "wait=20")
        .body(
            Map.of(
                "overrideId",
                name("o"),
                "deviceId",
                name("pc"),
                "document",
                "DOC",
                "requestedBy",
                "a",
                "approvedBy",
                "a",
                "validUntil",
                today.plusSeconds(9_999).toString()))
        .post(API + "/reimage-overrides")
        .then()
        .statusCode(422)
        .body("code", equalTo("SECOND_APPROVER_REQUIRED"));
    given()
        .contentType(ContentType.JSON)
        .header("Prefer", "wait=20")
        .body(
            Map.of(
                "overrideId",
                name("o"),
                "deviceId",
                name("pc"),
                "document",
                "DOC",
                "requestedBy",
                "a",
                "approvedBy",
                "b",
                "validUntil",
                today.plusSeconds(9_999).toString()))
        .post(API + "/reimage-overrides")
        .then()
        .statusCode(201);
    given()
        .get(API + "/reimage-overrides/" + name("o"))
        .then()
        .statusCode(200)
        .body("approvedBy", equalTo("b"))
        .body("expired", equalTo(false));
    given()
        .queryParam("deviceId", name("pc"))
        .get(API + "/reimage-overrides")
        .then()
        .statusCode(200)
        .body("items.overrideId", equalTo(List.of(name("o"))));
    given()
        .contentType(ContentType.JSON)
        .header("Prefer", "wait=20")
        .body(EventJson.bytes(reimage("pc", name("pro"), "nobody")))
        .post(API + "/reimages")
        .then()
        .statusCode(201)
        .body("decision", equalTo("CONDITIONAL"))
        .body("reasons", equalTo(List.of("NO_AGREEMENT", "OVERRIDE_RECORDED")));
  }
}
