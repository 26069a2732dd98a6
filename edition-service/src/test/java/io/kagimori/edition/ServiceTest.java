package io.kagimori.edition;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ActivationResultBuilder;
import io.kagimori.contracts.event.AgreementProgram;
import io.kagimori.contracts.event.AgreementState;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionReimageRequestedBuilder;
import io.kagimori.contracts.event.EditionResult;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionStageReportedBuilder;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.EditionUpgradeRequestedBuilder;
import io.kagimori.contracts.event.EditionVerdict;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Initiator;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.local.EventProbe;
import io.kagimori.stream.Ticker;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of edition-service on a real broker and a real database share. */
abstract class ServiceTest {
  static final String API = "/api/v1";
  static final String R2 = "windows-server-2008-r2";
  static final String W11 = "windows-11";

  private static final List<EventType> STATES =
      Arrays.stream(EditionVerdict.values()).map(EventType::of).toList();

  final Instant today = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String brokers;

  @Inject DataSource database;

  EventProbe probe;
  String run;

  @BeforeEach
  void open() {
    probe =
        new EventProbe(
            brokers,
            Topics.EDITION_RESULTS,
            Topics.ACTIVATION_REQUESTS,
            Topics.EDITION_TICKS,
            Topics.DEVICE_REPORTS,
            Topics.deadLetter(Topics.EDITION_REQUESTS),
            Topics.deadLetter(Topics.EDITION_OUTCOMES));
    run = UUID.randomUUID().toString().substring(0, 8) + "-";
  }

  @AfterEach
  void close() {
    probe.close();
  }

  String name(String what) {
    return run + what;
  }

  EditionUpgradeRequested upgrade(String device, String keyId, String campaign, Integer wave) {
    return EditionUpgradeRequestedBuilder.builder()
        .deviceId(name(device))
        .product(R2)
        .fromEdition("ServerStandard")
        .toEdition("ServerEnterprise")
        .keyId(keyId)
        .preflightConfirmed(true)
        .campaignId(campaign)
        .wave(wave)
        .build();
  }

  UUID asked(EditionUpgradeRequested upgrade) {
    return probe.send(EventType.EDITION_UPGRADE_REQUESTED, today, upgrade);
  }

  EditionReimageRequested reimage(String device, String image, String agreement) {
    return EditionReimageRequestedBuilder.builder()
        .deviceId(name(device))
        .imageId(image)
        .agreementId(agreement)
        .oem(new EditionReimageRequested.Oem(W11, "Professional", "ja-JP"))
        .maker("Example")
        .model("Book 7")
        .build();
  }

  void stage(UUID request, String device, EditionStage stage, String edition, Instant at) {
    probe.send(
        EventType.EDITION_STAGE_REPORTED,
        at,
        EditionStageReportedBuilder.builder()
            .deviceId(name(device))
            .requestId(request.toString())
            .stage(stage)
            .succeeded(true)
            .edition(edition)
            .build());
  }

  EditionResult result(UUID request, EditionState state) {
    return probe
        .await(
            1,
            r ->
                r.topic().equals(Topics.EDITION_RESULTS)
                    && STATES.stream().anyMatch(type -> EventProbe.isType(r, type))
                    && isResult(r.value(), request, state))
        .stream()
        .map(r -> EventJson.read(r.value(), EditionResult.class))
        .filter(r -> r.requestId().equals(request.toString()) && r.state() == state)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isResult(byte[] body, UUID request, EditionState state) {
    EditionResult read = EventJson.read(body, EditionResult.class);
    return request.toString().equals(read.requestId()) && read.state() == state;
  }

  void activated(String activation, String device, Verdict verdict, String reason) {
    activated(activation, device, verdict, reason, today.plusSeconds(600));
  }

  void activated(String activation, String device, Verdict verdict, String reason, Instant at) {
    probe.send(
        EventType.of(verdict),
        at,
        ActivationResultBuilder.builder()
            .requestId(activation)
            .deviceId(name(device))
            .product(R2)
            .edition("ServerEnterprise")
            .channel(Channel.MAK)
            .verdict(verdict)
            .reason(reason)
            .initiator(Initiator.EDITION)
            .decidedAt(today)
            .build());
  }

  void tick(Instant at) {
    probe.send(Ticker.tick("edition-service", at, 0).toRecord());
  }

  /** Publishes a key's fact and waits until the service knows it. */
  void key(String keyId, String product, long available) {
    probe.send(
        EventType.KEY_STATE,
        today,
        new KeyState(
            keyId,
            1,
            KeyKind.MAK,
            "7RQ2K",
            List.of(new KeyProduct(product, List.of("*"))),
            null,
            null,
            null,
            false,
            available,
            available,
            0,
            0,
            0,
            0,
            null,
            today));
    awaitRows("select count(*) from key_fact where key_id = ?", keyId, 1);
  }

  /** Publishes an agreement's fact and waits until the service knows it. */
  void agreement(String id, AgreementProgram program, long orders) {
    probe.send(
        EventType.AGREEMENT_STATE,
        today,
        new AgreementState(id, 1, program, orders, null, null, null, today));
    awaitRows("select count(*) from agreement_fact where agreement_id = ?", id, 1);
  }

  void awaitRows(String sql, String name, int rows) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> org.assertj.core.api.Assertions.assertThat(count(sql, name)).isEqualTo(rows));
  }

  int count(String sql, String name) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** Registers an image over REST. */
  void image(String id, String keyId) {
    given()
        .contentType(ContentType.JSON)
        .header("Prefer", "wait=20")
        .body(
            Map.of(
                "imageId",
                id,
                "product",
                W11,
                "edition",
                "Professional",
                "language",
                "ja-JP",
                "kind",
                "VOLUME",
                "source",
                "VLSC",
                "keyId",
                keyId))
        .post(API + "/images")
        .then()
        .statusCode(201);
    given().get(API + "/images/" + id).then().statusCode(200).body("revision", equalTo(1));
  }
}
