package io.kagimori.activation;

import static io.kagimori.activation.Samples.kmsClient;
import static io.kagimori.activation.Samples.report;
import static io.kagimori.activation.Samples.step;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.activation.domain.UpdateBaseline;
import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyDecision;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.local.EventProbe;
import io.kagimori.stream.Ticker;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of activation-service on a real broker and a real database share. */
abstract class ServiceTest {
  /** REST shows counts and alerts of today, so the tests live today. */
  final Instant today = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  final Instant leaseOver = today.plus(Samples.LEASE).plusSeconds(60);
  static final String API = "/api/v1";

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String brokers;

  @Inject DataSource database;

  EventProbe probe;
  String run;

  /** A sweep takes few rows, so that it has to go on; the organization wants an update. */
  public static final class SmallSweeps implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "kagimori.sweep.max",
          "3",
          UpdateBaseline.SETTING,
          Samples.SERVER + "=" + Samples.CUMULATIVE_UPDATE + "|17763.5458");
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

  String name(String device) {
    return run + device;
  }

  KeyVerdict sent(KeyVerdict asked) {
    EventType type =
        asked.verdict() == KeyDecision.ACCEPTED ? EventType.KEY_ACCEPTED : EventType.KEY_REFUSED;
    UUID id =
        EventIds.answer(UUID.fromString(asked.requestId()), "key-service", asked.verdict().name());
    probe.send(type, id, asked.receivedAt(), asked);
    return asked;
  }

  KeyVerdict granted(Samples.Asked asked) {
    KeyVerdict verdict = sent(asked.at(today).accepted());
    assertThat(result(verdict, Verdict.GRANTED).verdict()).isEqualTo(Verdict.GRANTED);
    return verdict;
  }

  UUID said(Samples.Step step, Instant at) {
    ActivationAttempted said = step.said();
    return probe.send(EventType.ACTIVATION_ATTEMPTED, at, said);
  }

  ActivationResult result(KeyVerdict of, Verdict verdict) {
    return results(1, r -> r.requestId().equals(of.requestId()) && r.verdict() == verdict).get(0);
  }

  List<ActivationResult> results(int count, Predicate<ActivationResult> fits) {
    return probe
        .await(count, r -> r.topic().equals(Topics.ACTIVATION_RESULTS) && fits.test(read(r)))
        .stream()
        .map(ServiceTest::read)
        .filter(fits)
        .toList();
  }

  static ActivationResult read(ConsumerRecord<byte[], byte[]> record) {
    return EventJson.read(record.value(), ActivationResult.class);
  }

  void tick(Instant at) {
    probe.send(Ticker.tick("activation-service", at, 0).toRecord());
  }

  KeyVerdict client(String device, String host, String cmid) {
    return kmsClient(name(device), cmid).kms(host, null, run + cmid).at(today).accepted();
  }

  ActivationResult resultOf(KeyVerdict asked) {
    sent(asked);
    return results(1, r -> r.requestId().equals(asked.requestId())).get(0);
  }

  static final String ALPHABET = "BCDFGHJKMPQRTVWXY2346789";

  static String syntheticKey() {
    Random random = new Random(41);
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < 29; i++) {
      key.append(i % 6 == 5 ? '-' : ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return key.toString();
  }

  void device(String id, DeviceReported.License license, String deployment) {
    DeviceReported said = report(name(id), today, license);
    probe.send(
        EventType.DEVICE_REPORTED,
        today,
        DeviceReportedBuilder.builder()
            .deviceId(name(id))
            .collectedAt(today)
            .source("CIM")
            .edition(said.edition())
            .osBuild(said.osBuild())
            .licenses(said.licenses())
            .product("windows-server-2019")
            .site(run + "site")
            .imageId("gold")
            .deployment(deployment)
            .build());
  }

  void known(String id) {
    Awaitility.await()
        .untilAsserted(() -> given().get(API + "/devices/" + name(id)).then().statusCode(200));
  }

  static ValidatableResponse post(String path, UUID request, Map<String, Object> body) {
    return given()
        .contentType(ContentType.JSON)
        .header("Idempotency-Key", request)
        .body(body)
        .post(API + path)
        .then();
  }
}
