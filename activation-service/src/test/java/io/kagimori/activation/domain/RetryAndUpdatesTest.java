package io.kagimori.activation.domain;

import static io.kagimori.activation.Samples.NOON;
import static io.kagimori.activation.Samples.license;
import static io.kagimori.activation.Samples.mak;
import static io.kagimori.activation.Samples.report;
import static io.kagimori.activation.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.diagnosis.Evidence;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.KeyVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is tried again, and what has to be there before. */
class RetryAndUpdatesTest {
  private static final List<String> ALL = List.of("KB4474419", "kb4490628", "4538483", "KB1");
  private final World world = new World();

  private static DeviceReported updates(Instant at, List<String> numbers) {
    return new DeviceReported("pc", at, "CIM", null, null, null, null, numbers, null);
  }

  private KeyVerdict addOn() {
    return mak("pc").product("windows-7").edition("Professional").addOn("esu-1").accepted();
  }

  private ActivationResult fails(KeyVerdict asked, String code) {
    return world
        .hear(step(asked, ActivationStage.ATO).failed(code).said(), NOON.plusSeconds(60))
        .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> firstCause(ActivationResult result) {
    return ((List<Map<String, Object>>) result.detail().get("causes")).get(0);
  }

  @Test
  @DisplayName("S1-25 updates first: an add-on license that lacks them fails by PREREQ_UPDATES")
  void missing() {
    world.report(updates(NOON, List.of("KB4474419", "KB1")), NOON);
    KeyVerdict asked = addOn();
    world.ask(asked);

    Map<String, Object> cause = firstCause(fails(asked, "0xC004F050"));

    assertThat(cause).containsEntry("cause", "PREREQ_UPDATES");
    assertThat(cause.get("evidence").toString())
        .contains("UPDATES_LACKING", "KB4490628 / KB4570673", "KB4538483")
        .doesNotContain("KB4474419");
  }

  @Test
  @DisplayName("S1-25 updates first: once they are there the activation is asked for again, once")
  void retried() {
    world.report(updates(NOON, List.of("KB4474419")), NOON);
    KeyVerdict asked = addOn();
    world.ask(asked);
    fails(asked, "0xC004F050");
    ReportRule rule = new ReportRule(Catalogue.get());
    Device before = world.device("pc");
    Activation failed = world.activation(asked);
    Instant later = NOON.plus(Duration.ofHours(1));

    world.report(updates(later, List.of("KB4474419", "KB4490628")), later);
    assertThat(rule.retry(before, world.device("pc"), failed)).isEmpty();
    before = world.device("pc");
    world.report(updates(later.plusSeconds(9), ALL), later.plusSeconds(9));
    assertThat(rule.retry(before, world.device("pc"), failed)).contains(asked.request());
    before = world.device("pc");
    world.report(updates(later.plusSeconds(99), ALL), later.plusSeconds(99));
    assertThat(rule.retry(before, world.device("pc"), failed)).isEmpty();
  }

  @Test
  @DisplayName("S1-25 a base license needs no update that the catalogue knows, and is not blamed")
  void baseLicense() {
    world.report(updates(NOON, List.of("KB1")), NOON);
    KeyVerdict asked = mak("pc").accepted();
    world.ask(asked);

    assertThat(fails(asked, "0xC004F050").detail().get("causes").toString())
        .doesNotContain("UPDATES_LACKING");
  }

  @Test
  @DisplayName("S1-14 transient outage: the wait doubles with each failure, and devices are spread")
  void backOff() {
    long first = Retries.afterSeconds(1, new UUID(1, 1));
    assertThat(first).isBetween(96L, 144L);
    assertThat(Retries.afterSeconds(1, new UUID(1, 1))).isEqualTo(first);
    for (int failures = 1; failures < 40; failures++) {
      double middle = Math.min(14_400, 120 * Math.pow(2, Math.min(failures - 1, 16)));
      for (int i = 0; i < 50; i++) {
        assertThat((double) Retries.afterSeconds(failures, UUID.randomUUID()))
            .isBetween(middle * 0.8 - 1, middle * 1.2 + 1);
      }
    }
    assertThat(
            java.util.stream.LongStream.range(0, 400)
                .map(i -> Retries.afterSeconds(3, new UUID(i * 31, i)))
                .distinct()
                .count())
        .isGreaterThan(100);
  }

  @Test
  @DisplayName("S1-14 transient outage: what may pass says when to try again, what cannot does not")
  void retryTold() {
    KeyVerdict asked = mak("pc").accepted();
    world.ask(asked);

    assertThat(fails(asked, "0x80072EE2").detail().get("retryAfterSeconds"))
        .isInstanceOfSatisfying(Long.class, seconds -> assertThat(seconds).isBetween(96L, 144L));
    KeyVerdict other = mak("pc-2").accepted();
    world.ask(other);
    assertThat(fails(other, "0xC004C020").detail())
        .containsEntry("retry", false)
        .doesNotContainKey("retryAfterSeconds");
  }

  private static KeyState key(long available, boolean blocked, Instant expiresAt) {
    return new KeyState(
        "mak-2019",
        3,
        KeyKind.MAK,
        "W8XYZ",
        List.of(new KeyProduct("windows-server-2019", List.of("ServerStandard"))),
        null,
        null,
        expiresAt,
        blocked,
        10,
        available,
        1,
        9 - available,
        0,
        0,
        null,
        NOON);
  }

  @Test
  @DisplayName("S1-31 what key-service says of the key is evidence: registered, blocked, expired")
  void keyFacts() {
    KeyVerdict asked = mak("pc").accepted();
    world.ask(asked);
    world.batch.loaded(key(0, false, null));
    assertThat(fails(asked, "0xC004F050").detail().get("causes").toString())
        .contains("KEY_REGISTERED")
        .doesNotContain("POOL_EMPTY");

    KeyVerdict second = mak("pc-2").accepted();
    world.ask(second);
    world.batch.loaded(key(5, true, NOON));
    Map<String, Object> cause = firstCause(fails(second, "0xC004F050"));
    assertThat(fails(second, "0xC004F050").detail().get("causes").toString())
        .contains("KEY_BLOCKED_HERE", "KEY_TERM_OVER");
    assertThat(cause.get("cause")).isIn("KEY_BLOCKED", "KEY_EXPIRED");
    Evidence.Key refused = KeyFact.evidence(key(0, false, null), asked.request(), false, NOON);
    assertThat(refused.available()).isZero();
  }

  @Test
  @DisplayName("S2-39 KMS client set-up keyless: volume media without a key raise no alarm")
  void keyless() {
    world.report(report("pc", NOON, license("VOLUME_KMSCLIENT", null, 2, 43_200L, null)), NOON);
    Device device = world.device("pc");

    assertThat(device.license().channel()).isEqualTo(LicenseChannel.KMS);
    assertThat(
            new io.kagimori.contracts.diagnosis.Diagnosis(Catalogue.get())
                .findings(
                    new FailureEvidence(Catalogue.get())
                        .of(device, world.batch.surroundings(), NOON)))
        .extracting(io.kagimori.contracts.diagnosis.Finding::finding)
        .doesNotContain(io.kagimori.contracts.catalogue.FindingKind.NO_PARTIAL_KEY);
  }

  @Test
  @DisplayName("S2-12 channel of configuration: a host fixed by group policy is recorded so")
  void configuredBy() {
    DeviceReported.Kms kms =
        new DeviceReported.Kms(
            "c", null, "kms1.example.com", null, 1688, null, null, "GROUP_POLICY");
    world.report(report("pc", NOON, license("VOLUME_KMSCLIENT", "J464C", 1, 9L, kms)), NOON);

    assertThat(world.device("pc").kms().configuredBy()).isEqualTo("GROUP_POLICY");
    assertThat(world.history("pc"))
        .extracting(DeviceHistory::note)
        .contains("KMS_CONFIGURED GROUP_POLICY");
    DeviceReported.Kms silent =
        new DeviceReported.Kms("c", null, "kms1.example.com", null, 1688, null, null);
    Instant later = NOON.plusSeconds(60);
    world.report(report("pc", later, license("VOLUME_KMSCLIENT", "J464C", 1, 9L, silent)), later);
    assertThat(world.device("pc").kms().configuredBy()).isEqualTo("GROUP_POLICY");
  }

  @Test
  @DisplayName("S2-38 manual activation by script or wizard: the same answer but for the initiator")
  void initiator() {
    KeyVerdict byAgent = mak("pc").request("0196f0c4-7a10-7029-8a5b-5eed00000099").accepted();
    ActivationResult agent = world.ask(byAgent);
    KeyVerdict byOperator =
        mak("pc")
            .request("0196f0c4-7a10-7029-8a5b-5eed00000099")
            .by(io.kagimori.contracts.event.Initiator.OPERATOR)
            .accepted();
    ActivationResult operator = new World().ask(byOperator);

    assertThat(operator).usingRecursiveComparison().ignoringFields("initiator").isEqualTo(agent);
    assertThat(List.of(agent.initiator(), operator.initiator())).doesNotHaveDuplicates();
  }
}
