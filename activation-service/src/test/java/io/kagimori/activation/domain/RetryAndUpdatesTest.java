package io.kagimori.activation.domain;

import static io.kagimori.activation.Samples.NOON;
import static io.kagimori.activation.Samples.license;
import static io.kagimori.activation.Samples.mak;
import static io.kagimori.activation.Samples.report;
import static io.kagimori.activation.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.diagnosis.Evidence;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.DeviceReportedKmsBuilder;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.KeyVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried again, and what has to be there before. */
class RetryAndUpdatesTest {
  private static final List<String> ALL = List.of("KB4474419", "kb4490628", "4538483", "KB1");
  private final World world = new World();

  private static DeviceReported updates(Instant at, List<String> numbers) {
    return DeviceReportedBuilder.builder()
        .deviceId("pc")
        .collectedAt(at)
        .source("CIM")
        .updates(numbers)
        .build();
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
    Instant later = NOON.plus(Duration.ofHours(1));

    assertThat(world.report(updates(later, List.of("KB4474419", "KB4490628")), later)).isEmpty();
    later = later.plusSeconds(9);
    assertThat(world.report(updates(later, ALL), later)).contains(asked.request());
    later = later.plusSeconds(9);
    assertThat(world.report(updates(later, ALL), later)).isEmpty();
  }

  private static final String CUMULATIVE = "KB5034768";

  private static World wanting(String baseline) {
    return new World(UpdateBaseline.of(baseline));
  }

  private static DeviceReported info(
      Instant at, String build, List<String> numbers, Instant bootedAt) {
    return DeviceReportedBuilder.builder()
        .deviceId("pc")
        .collectedAt(at)
        .source("SYSTEMINFO")
        .osBuild(build)
        .updates(numbers)
        .bootedAt(bootedAt)
        .build();
  }

  private static Optional<ActivationRequested> reported(
      World world, Instant at, String build, List<String> numbers, Instant bootedAt) {
    return world.report(info(at, build, numbers, bootedAt), at);
  }

  private static ActivationResult failed(World world, KeyVerdict asked, String code) {
    return world
        .hear(step(asked, ActivationStage.ATO).failed(code).said(), NOON.plusSeconds(60))
        .orElseThrow();
  }

  @Test
  @DisplayName("S1-25 a base license that lacks the organization's baseline is PREREQ_UPDATES")
  void baseline() {
    World server = wanting("windows-server-2019=" + CUMULATIVE + "|17763.5458,KB4589208");
    reported(server, NOON, "17763", List.of("KB4480056", "KB4589208"), null);
    KeyVerdict asked = mak("pc").accepted();
    server.ask(asked);

    Map<String, Object> cause = firstCause(failed(server, asked, "0xC004F050"));

    assertThat(cause).containsEntry("cause", "PREREQ_UPDATES");
    assertThat(cause.get("evidence").toString())
        .contains("UPDATES_LACKING", CUMULATIVE + " / 17763.5458")
        .doesNotContain("KB4589208");
    assertThat(cause.get("steps").toString()).contains("Get-HotFix", "shutdown /r");
  }

  @Test
  @DisplayName("S1-25 a base license is asked for again after patch and restart, exactly once")
  void retriedOnBase() {
    World server = wanting("windows-server-2019=" + CUMULATIVE + "|17763.5458");
    reported(server, NOON, "17763", List.of("KB4480056"), NOON.minusSeconds(9_000));
    KeyVerdict asked = mak("pc").accepted();
    server.ask(asked);
    failed(server, asked, "0xC004F050");
    List<String> patched = List.of("KB4480056", CUMULATIVE);
    Instant restart = NOON.plusSeconds(3_600);

    // The restart alone, and the patch alone, are not enough.
    assertThat(reported(server, restart.minusSeconds(60), "17763", patched, NOON.minusSeconds(9)))
        .isEmpty();
    assertThat(reported(server, restart.plusSeconds(60), "17763", patched, restart))
        .contains(asked.request());
    assertThat(reported(server, restart.plusSeconds(90), "17763", patched, restart)).isEmpty();
    assertThat(server.device("pc").trouble().last().retriedAt()).isEqualTo(restart.plusSeconds(60));
    assertThat(server.history("pc")).extracting(DeviceHistory::note).contains("RETRIED");
  }

  @Test
  @DisplayName("S1-25 a restart without the missing update does not ask again; a build will do")
  void restartAlone() {
    World server = wanting("windows-server-2019=" + CUMULATIVE + "|17763.5458");
    reported(server, NOON.minusSeconds(9), "17763.1", List.of("KB4480056"), null);
    reported(server, NOON, "17763", List.of("KB4480056"), null);
    assertThat(server.device("pc").installed().osBuild()).isEqualTo("17763.1");
    KeyVerdict asked = mak("pc").accepted();
    server.ask(asked);
    failed(server, asked, "0xC004F050");
    Instant restart = NOON.plusSeconds(3_600);

    assertThat(reported(server, restart.plusSeconds(9), "17763.1", null, restart)).isEmpty();
    assertThat(reported(server, restart.plusSeconds(19), "10.0.17763.5458", null, restart))
        .contains(asked.request());
  }

  @Test
  @DisplayName("S1-25 where only the code spoke of updates, any update that came since will do")
  void noBaseline() {
    World server = new World();
    reported(server, NOON, "17763", List.of("KB4480056", "KB999999"), null);
    KeyVerdict asked = mak("pc").accepted();
    server.ask(asked);
    assertThat(firstCause(failed(server, asked, "0xC004B008")))
        .containsEntry("cause", "PREREQ_UPDATES");
    Instant later = NOON.plusSeconds(3_600);

    assertThat(reported(server, later, "17763", List.of("KB4480056"), null)).isEmpty();
    assertThat(reported(server, later.plusSeconds(9), "17763", List.of(CUMULATIVE), null))
        .contains(asked.request());
  }

  @Test
  @DisplayName("S1-25 a failure for another cause is not asked for again by an update")
  void otherCause() {
    World server = wanting("windows-server-2019=" + CUMULATIVE);
    reported(server, NOON, "17763", List.of(CUMULATIVE), null);
    KeyVerdict asked = mak("pc").accepted();
    server.ask(asked);
    assertThat(failed(server, asked, "0xC004F050").detail().get("causes").toString())
        .doesNotContain("UPDATES_LACKING");

    assertThat(reported(server, NOON.plusSeconds(99), "17763", List.of("KB5036896"), null))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"KB5034768", "=KB5034768", "windows-10=", "windows-10=KB1", "windows-10=17763.x"})
  @DisplayName("S1-25 a baseline that cannot be read is refused with the part that is wrong")
  void wrongBaseline(String text) {
    assertThatThrownBy(() -> UpdateBaseline.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'");
  }

  @Test
  @DisplayName("S1-25 without a baseline no base license is blamed for want of updates")
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
                    new FailureEvidence(Catalogue.get(), UpdateBaseline.NONE)
                        .of(device, world.batch.surroundings(), NOON)))
        .extracting(io.kagimori.contracts.diagnosis.Finding::finding)
        .doesNotContain(io.kagimori.contracts.catalogue.FindingKind.NO_PARTIAL_KEY);
  }

  @Test
  @DisplayName("S2-12 channel of configuration: a host fixed by group policy is recorded so")
  void configuredBy() {
    DeviceReported.Kms kms =
        DeviceReportedKmsBuilder.builder()
            .cmid("c")
            .registeredHost("kms1.example.com")
            .port(1688)
            .configuredBy("GROUP_POLICY")
            .build();
    world.report(report("pc", NOON, license("VOLUME_KMSCLIENT", "J464C", 1, 9L, kms)), NOON);

    assertThat(world.device("pc").kms().configuredBy()).isEqualTo("GROUP_POLICY");
    assertThat(world.history("pc"))
        .extracting(DeviceHistory::note)
        .contains("KMS_CONFIGURED GROUP_POLICY");
    DeviceReported.Kms silent =
        DeviceReportedKmsBuilder.builder()
            .cmid("c")
            .registeredHost("kms1.example.com")
            .port(1688)
            .build();
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
