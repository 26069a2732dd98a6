package io.kagimori.key;

import static io.kagimori.key.domain.Given.result;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.kagimori.contracts.Topics;
import io.kagimori.contracts.cloudevents.CloudEventHeaders;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationRequestedBuilder;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyDecision;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.local.EventProbe;
import io.kagimori.local.StackResource;
import io.kagimori.stream.Ticker;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** key-service on a real broker and a real database. */
@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "key"))
class KeyServiceTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String SERVER = "windows-server-2019";

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String brokers;

  private EventProbe probe;
  private String run;

  @BeforeEach
  void open() {
    probe =
        new EventProbe(
            brokers,
            Topics.KEY_VERDICTS,
            Topics.KEY_FACTS,
            Topics.deadLetter(Topics.ACTIVATION_REQUESTS));
    run = UUID.randomUUID().toString().substring(0, 8);
  }

  @AfterEach
  void close() {
    probe.close();
  }

  @Test
  @DisplayName(
      "S1-10 the last seat goes once, then the pool is exhausted and names who would serve")
  void exhausted() {
    String key = register("MAK", 1);
    String other = register("MAK", 5);
    ask(key, "one", null);
    ask(key, "two", null);

    KeyVerdict one = verdict(EventType.KEY_ACCEPTED, "one");
    KeyVerdict two = verdict(EventType.KEY_REFUSED, "two");

    assertThat(one.verdict()).isEqualTo(KeyDecision.ACCEPTED);
    assertThat(one.leaseUntil()).isEqualTo(NOON.plusSeconds(24 * 3600));
    assertThat(two.reason()).isEqualTo("MAK_EXHAUSTED");
    assertThat(two.code()).isEqualTo("0xC004C020");
    assertThat(two.detail()).containsEntry("purchased", 1).containsEntry("reserved", 1);
    assertThat(two.detail().get("otherPools").toString()).contains(other);
    given().get("/api/v1/keys/" + key).then().body("available", equalTo(0), "reserved", equalTo(1));
  }

  @Test
  @DisplayName("S0-07 a key says which editions it covers and whether DISM takes it")
  void takenByDism() {
    given()
        .get("/api/v1/keys/" + register("MAK", 1))
        .then()
        .body("products[0].product", equalTo(SERVER), "takenByDism", equalTo(false));
    given()
        .get("/api/v1/setup-keys?product=" + SERVER + "&edition=ServerStandard")
        .then()
        .body("items[0].covers.size()", equalTo(1), "items[0].takenByDism", equalTo(true));
  }

  @Test
  @DisplayName("S4-23 the same installation shares its seat, and a confirmed one is saved")
  void seatReused() {
    String key = register("MAK", 3);
    ask(key, "pc", "0".repeat(54));
    KeyVerdict first = verdict(EventType.KEY_ACCEPTED, "pc");
    settle(first, Verdict.CONFIRMED);
    awaitFact(key, state -> state.consumed() == 1);

    UUID again = ask(key, "pc", "0".repeat(54));
    KeyVerdict second = verdictOf(again);

    assertThat(second.seatReused()).isTrue();
    awaitFact(key, state -> state.consumed() == 1 && state.available() == 2 && state.saved() == 1);
  }

  @Test
  @DisplayName("a redelivered request gets the same bytes under the same id, and changes nothing")
  void redelivered() {
    String key = register("MAK", 5);
    UUID id = EventIds.request();
    ActivationRequested request = request(key, "pc", null);
    probe.send(EventType.ACTIVATION_REQUESTED, id, NOON, request);
    probe.send(EventType.ACTIVATION_REQUESTED, id, NOON, request);

    List<ConsumerRecord<byte[], byte[]>> answers =
        probe.await(2, r -> EventProbe.key(r).equals(device("pc")));

    assertThat(EventProbe.id(answers.get(0))).isEqualTo(EventProbe.id(answers.get(1)));
    assertThat(answers.get(0).value()).isEqualTo(answers.get(1).value());
    given().get("/api/v1/keys/" + key).then().body("available", equalTo(4), "reserved", equalTo(1));
  }

  @Test
  @DisplayName("an id used again for something else is a dead letter and changes nothing")
  void idReused() {
    String key = register("MAK", 5);
    UUID id = EventIds.request();
    probe.send(EventType.ACTIVATION_REQUESTED, id, NOON, request(key, "pc", null));
    probe.send(EventType.ACTIVATION_REQUESTED, id, NOON, request(key, "pc", "1".repeat(54)));

    ConsumerRecord<byte[], byte[]> letter =
        probe
            .await(1, r -> r.topic().endsWith(".dlq") && EventProbe.key(r).equals(device("pc")))
            .get(0);

    assertThat(CloudEventHeaders.text(letter.headers(), "dlq-reason")).isEqualTo("ID_REUSED");
    given().get("/api/v1/keys/" + key).then().body("available", equalTo(4));
  }

  @Test
  @DisplayName("a failed activation gives the seat back; a late success takes one again")
  void settled() {
    String key = register("MAK", 1);
    ask(key, "pc", null);
    KeyVerdict granted = verdict(EventType.KEY_ACCEPTED, "pc");
    settle(granted, Verdict.EXPIRED);
    // Version 1, the registration, looks the same.
    awaitFact(key, state -> state.available() == 1 && state.reserved() == 0 && state.version() > 1);
    ask(key, "rival", null);
    verdict(EventType.KEY_ACCEPTED, "rival");
    settle(granted, Verdict.CONFIRMED);

    awaitFact(key, s -> s.consumed() == 1 && s.reserved() == 1 && s.overdrawn() == 1);
    given()
        .get("/api/v1/keys/" + key + "/ledger")
        .then()
        .body(
            "items.from",
            equalTo(List.of("PURCHASED", "AVAILABLE", "RESERVED", "AVAILABLE", "OVERDRAWN")));
  }

  @Test
  @DisplayName("SX-03 a registered key is never shown again")
  void masked() {
    String productKey = syntheticKey();
    ValidatableResponse registered = post(key("k-" + run, "MAK", productKey, 3));
    registered.statusCode(201).body(not(containsString(productKey)));
    registered.body("partialKey", equalTo(productKey.substring(24)));
    given()
        .get(registered.extract().header("Location"))
        .then()
        .statusCode(200)
        .body("keyId", equalTo("k-" + run))
        .body(not(containsString(productKey)));
  }

  @Test
  @DisplayName("S1-37 a key that the portal does not list is refused")
  void notInAgreement() {
    given()
        .contentType(ContentType.JSON)
        .header("Prefer", "wait=30")
        .body(Map.of("agreementId", "a-" + run, "program", "EA", "portalKeys", List.of("BBBBB")))
        .post("/api/v1/agreements")
        .then()
        .statusCode(201);
    Map<String, Object> key = key("k-" + run, "MAK", syntheticKey(), 3);
    key.put("agreementId", "a-" + run);
    post(key).statusCode(422).body("code", equalTo("KEY_NOT_IN_AGREEMENT"));
  }

  @Test
  @DisplayName("a tick publishes what was written lately once more, the same bytes, newest last")
  void factsAgain() {
    String key = register("MAK", 5);
    ask(key, "pc", null);
    awaitFact(key, state -> state.reserved() == 1);
    probe.send(Ticker.tick("key-service", Instant.now(), 7).toRecord());

    List<ConsumerRecord<byte[], byte[]>> facts =
        probe.await(3, r -> r.topic().equals(Topics.KEY_FACTS) && EventProbe.key(r).equals(key));

    assertThat(EventProbe.id(facts.get(2))).isEqualTo(EventProbe.id(facts.get(1)));
    assertThat(facts.get(2).value()).isEqualTo(facts.get(1).value());
    assertThat(EventJson.read(facts.get(2).value(), KeyState.class).reserved()).isOne();
  }

  @Test
  @DisplayName("bad input is answered with a problem that names the field")
  void problems() {
    post(key("k-" + run, "MAK", "BBBBB-BBBBB-BBBBB-BBBBB", 3))
        .statusCode(422)
        .contentType("application/problem+json")
        .body("code", equalTo("KEY_FORMAT_INVALID"), "field", equalTo("productKey"));
    post(key("k-" + run, "NONSENSE", syntheticKey(), 3))
        .statusCode(400)
        .body("code", equalTo("INVALID_FIELD"), "field", equalTo("kind"));
    post(key("", "MAK", syntheticKey(), 3)).statusCode(400).body("field", equalTo("keyId"));
    given().get("/api/v1/keys/none").then().statusCode(404).body("code", equalTo("KEY_UNKNOWN"));
    given().get("/api/v1/nowhere").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
    given()
        .contentType(ContentType.JSON)
        .body("{")
        .post("/api/v1/keys")
        .then()
        .statusCode(400)
        .body("code", equalTo("INVALID_JSON"));
  }

  @Test
  @DisplayName("S2-07 the setup keys of the guide resolve by their last five characters")
  void setupKeys() {
    for (String partial : List.of("RWV8P", "RHXCM", "92PFJ", "8V336")) {
      given()
          .get("/api/v1/setup-keys?partialKey=" + partial)
          .then()
          .statusCode(200)
          .body("items[0].partialKey", equalTo(partial));
    }
    given()
        .get("/api/v1/setup-keys?partialKey=ZZZZZ")
        .then()
        .statusCode(404)
        .body("code", equalTo("UNKNOWN_PARTIAL"));
  }

  @Test
  @DisplayName("S4-15 one key for the batch: the plan shows the shortfall before the roll-out")
  void plan() {
    String key = register("MAK", 150);
    given()
        .get("/api/v1/keys/" + key + "/plan?activations=200")
        .then()
        .body(
            "needed", equalTo(200),
            "available", equalTo(150),
            "shortfall", equalTo(50),
            "sufficient", equalTo(false));
  }

  private String register(String kind, int purchased) {
    String keyId = "k-" + run + "-" + UUID.randomUUID().toString().substring(0, 8);
    post(key(keyId, kind, syntheticKey(), purchased)).statusCode(201);
    return keyId;
  }

  private static ValidatableResponse post(Map<String, Object> key) {
    return given()
        .contentType(ContentType.JSON)
        .header("Prefer", "wait=30")
        .body(key)
        .post("/api/v1/keys")
        .then();
  }

  private Map<String, Object> key(String keyId, String kind, String productKey, int purchased) {
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("keyId", keyId);
    key.put("kind", kind);
    key.put("productKey", productKey);
    key.put("products", List.of(Map.of("product", SERVER, "editions", List.of("ServerStandard"))));
    key.put("purchased", purchased);
    key.put("site", run);
    return key;
  }

  private UUID ask(String key, String device, String installationId) {
    return probe.send(EventType.ACTIVATION_REQUESTED, NOON, request(key, device, installationId));
  }

  private ActivationRequested request(String key, String device, String installationId) {
    return ActivationRequestedBuilder.builder()
        .deviceId(device(device))
        .product(SERVER)
        .edition("serverstandard")
        .channel(Channel.MAK)
        .keyId(key)
        .site(run)
        .installationId(installationId)
        .build();
  }

  private String device(String name) {
    return run + "-" + name;
  }

  private KeyVerdict verdict(EventType type, String device) {
    return probe.await(type, device(device), KeyVerdict.class);
  }

  private KeyVerdict verdictOf(UUID request) {
    String id = EventIds.answer(request, "key-service", "ACCEPTED").toString();
    return EventJson.read(
        probe.await(1, r -> id.equals(EventProbe.id(r))).get(0).value(), KeyVerdict.class);
  }

  private void settle(KeyVerdict granted, Verdict verdict) {
    probe.send(EventType.of(verdict), NOON, result(granted, verdict));
  }

  private void awaitFact(String key, Predicate<KeyState> fits) {
    probe.await(
        1,
        r ->
            r.topic().equals(Topics.KEY_FACTS)
                && EventProbe.key(r).equals(key)
                && fits.test(EventJson.read(r.value(), KeyState.class)));
  }

  private static String syntheticKey() {
    String alphabet = "BCDFGHJKMPQRTVWXY2346789";
    Random random = new Random();
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      key.append(i > 0 && i % 5 == 0 ? "-" : "").append(alphabet.charAt(random.nextInt(24)));
    }
    return key.toString();
  }
}
