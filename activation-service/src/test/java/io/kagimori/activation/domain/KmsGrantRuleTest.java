package io.kagimori.activation.domain;

import static io.kagimori.activation.Samples.HOST;
import static io.kagimori.activation.Samples.NOON;
import static io.kagimori.activation.Samples.SERVER;
import static io.kagimori.activation.Samples.kmsClient;
import static io.kagimori.activation.Samples.license;
import static io.kagimori.activation.Samples.mak;
import static io.kagimori.activation.Samples.report;
import static io.kagimori.activation.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.activation.Samples;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedKmsBuilder;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guards of a KMS request in the design's order, and the count behind them. */
class KmsGrantRuleTest {
  private static final String SLMGR = "cscript //Nologo %windir%\\system32\\slmgr.vbs ";

  private final World world = new World();

  private void clients(int count, Instant now) {
    for (int i = 1; i <= count; i++) {
      world.ask(kmsClient("filler-" + i, "cmid-" + i).accepted(), now);
    }
  }

  private ActivationResult ask(String device) {
    return world.ask(kmsClient(device, "cmid-of-" + device).accepted(), NOON);
  }

  @Test
  @DisplayName("S2-27 threshold: 24 is one too few, 25 activates")
  void clientThreshold() {
    clients(23, NOON);

    ActivationResult refused = ask("pc-24");
    ActivationResult granted = ask("pc-25");

    assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(refused.reason()).isEqualTo("BELOW_THRESHOLD");
    assertThat(refused.code()).isEqualTo("0xC004F038");
    assertThat(refused.detail())
        .containsEntry("count", 24)
        .containsEntry("required", 25)
        .containsEntry("missing", 1);
    assertThat(refused.expiresAt()).isNull();
    assertThat(granted.verdict()).isEqualTo(Verdict.GRANTED);
    assertThat(granted.detail()).containsEntry("count", 25);
    assertThat(granted.expiresAt()).isEqualTo(NOON.plus(Duration.ofDays(180)));
    assertThat(granted.leaseUntil()).isNull();
  }

  @Test
  @DisplayName("S2-27 threshold: server systems need 5, and clients count with them")
  void serverThreshold() {
    clients(3, NOON);

    ActivationResult refused = world.ask(kmsClient("srv-4", "s4").product(SERVER).accepted(), NOON);
    ActivationResult granted = world.ask(kmsClient("srv-5", "s5").product(SERVER).accepted(), NOON);
    ActivationResult client = ask("pc-6");

    assertThat(refused.detail()).containsEntry("required", 5).containsEntry("missing", 1);
    assertThat(granted.verdict()).isEqualTo(Verdict.GRANTED);
    assertThat(client.reason()).isEqualTo("BELOW_THRESHOLD");
    assertThat(client.detail()).containsEntry("count", 6);
  }

  @Test
  @DisplayName("S2-28 threshold self-heals: a refused client succeeds on its next poll")
  void selfHeals() {
    clients(24, NOON);
    assertThat(world.activation(kmsClientAgain("filler-1")).state())
        .isEqualTo(ActivationState.REFUSED);
    ask("pc-25");

    ActivationResult again =
        world.ask(kmsClient("filler-1", "cmid-1").accepted(), NOON.plus(Duration.ofHours(2)));

    assertThat(again.verdict()).isEqualTo(Verdict.GRANTED);
  }

  private KeyVerdict kmsClientAgain(String device) {
    KeyVerdict asked = kmsClient(device, "cmid-1").accepted();
    world.ask(asked, NOON);
    return asked;
  }

  @Test
  @DisplayName("The count forgets a client 30 days after its last contact, and not before")
  void retention() {
    clients(24, NOON);
    Instant lastDay = NOON.plus(Duration.ofDays(30));

    ActivationResult onTheDay = world.ask(kmsClient("pc-x", "x").accepted(), lastDay);
    ActivationResult dayAfter =
        world.ask(kmsClient("pc-y", "y").accepted(), lastDay.plusSeconds(1));

    assertThat(onTheDay.verdict()).isEqualTo(Verdict.GRANTED);
    assertThat(dayAfter.detail()).containsEntry("count", 2);
  }

  @ParameterizedTest(name = "{0} of {1} shows {2}")
  @CsvSource({"60, windows-10, 50", "60, windows-server-2019, 10", "40, windows-10, 40"})
  @DisplayName("The count shown is at most twice the requirement")
  void ceiling(int clients, String product, int shown) {
    clients(clients - 1, NOON);

    ActivationResult granted =
        world.ask(kmsClient("last", "last").product(product).accepted(), NOON);

    assertThat(granted.detail()).containsEntry("count", shown);
  }

  @ParameterizedTest(name = "{0} port {1} -> {2}")
  @CsvSource({
    "kms1.example.com, , granted",
    "kms1.example.com:1700, , granted",
    "KMS1.Example.com., 1688, granted",
    "192.0.2.7, , granted",
    "192.0.2.7:1688, , granted",
    "2001:db8::1, , granted",
    "[2001:db8::1]:1700, , granted",
    "KMS1, , granted",
    "KMS1:1688, , granted",
    "kms1.example.com:0, , PORT_INVALID",
    "kms1.example.com:70000, , PORT_INVALID",
    "kms1.example.com, 0, PORT_INVALID",
    "kms1.example.com, 70000, PORT_INVALID",
    "192.0.2.7:0, , PORT_INVALID",
    "KMS1:70000, , PORT_INVALID",
    "kms 1, , HOST_INVALID"
  })
  @DisplayName("S2-04 register host: every form with and without port, a bad port is refused")
  void hostForms(String host, Integer port, String expected) {
    for (int i = 0; i < 5; i++) {
      world.ask(
          kmsClient("filler-" + i, "c" + i).product(SERVER).kms(host, port, "c" + i).accepted());
    }

    ActivationResult result =
        world.ask(kmsClient("pc", "c").product(SERVER).kms(host, port, "c").accepted());

    if (expected.equals("granted")) {
      assertThat(result.verdict()).isEqualTo(Verdict.GRANTED);
    } else {
      assertThat(result.verdict()).isEqualTo(Verdict.REFUSED);
      assertThat(result.reason()).isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "{0} s -> {1}")
  @CsvSource({
    "0, granted",
    "14400, granted",
    "-14400, granted",
    "14401, CLOCK_SKEW",
    "-14401, CLOCK_SKEW",
    ", granted"
  })
  @DisplayName("S1-13 clocks may differ by 4 hours; beyond that the difference and NTP are told")
  void clockSkew(Long ahead, String expected) {
    clients(30, NOON);
    Samples.Asked asked = kmsClient("pc", "c");
    if (ahead != null) {
      asked.requestedAt(NOON.plusSeconds(ahead));
    }

    ActivationResult result = world.ask(asked.accepted(), NOON.plusSeconds(90));

    assertThat(Optional.ofNullable(result.reason()).orElse("granted")).isEqualTo(expected);
    if (result.reason() != null) {
      assertThat(result.code()).isEqualTo("0xC004F06C");
      assertThat(result.detail()).containsEntry("differenceSeconds", Math.abs(ahead));
      assertThat(result.steps()).contains("w32tm /resync");
    }
  }

  @Test
  @DisplayName("S2-18 host ready: clients are refused until the host is activated")
  void hostNotActivated() {
    clients(30, NOON);
    KeyVerdict host = mak(HOST).key(KeyKind.CSVLK, "host-1").accepted();
    world.ask(host);

    ActivationResult before = ask("pc-1");
    world.hear(step(host, ActivationStage.ATO).said(), NOON);
    ActivationResult after = ask("pc-1");

    assertThat(before.reason()).isEqualTo("HOST_NOT_ACTIVATED");
    assertThat(before.code()).isEqualTo("0xC004F041");
    assertThat(after.verdict()).isEqualTo(Verdict.GRANTED);
  }

  @Test
  @DisplayName("A host that nobody registered is not held against its clients")
  void unregisteredHost() {
    clients(24, NOON);

    assertThat(ask("pc-25").verdict()).isEqualTo(Verdict.GRANTED);
  }

  @Test
  @DisplayName("Guards in order: port, clock, host, threshold; a refused request counts")
  void guardOrder() {
    world.hostReported(HOST, false, NOON);
    Instant skewed = NOON.minus(Duration.ofHours(5));
    List<String> reasons = new ArrayList<>();

    reasons.add(
        world.ask(kmsClient("a", "a").kms(HOST, 0, "a").requestedAt(skewed).accepted()).reason());
    reasons.add(world.ask(kmsClient("a", "a").requestedAt(skewed).accepted()).reason());
    reasons.add(world.ask(kmsClient("b", "b").accepted()).reason());
    world.hostReported(HOST, true, NOON);
    ActivationResult last = world.ask(kmsClient("c", "c").accepted());
    reasons.add(last.reason());

    assertThat(reasons)
        .containsExactly("PORT_INVALID", "CLOCK_SKEW", "HOST_NOT_ACTIVATED", "BELOW_THRESHOLD");
    assertThat(last.detail()).containsEntry("count", 3);
  }

  @Test
  @DisplayName("S2-13 sysprep generalise check: clones count once and are listed")
  void duplicateCmid() {
    ActivationResult last = null;
    for (int i = 1; i <= 30; i++) {
      last = world.ask(kmsClient(String.format("clone-%02d", i), "SAME").accepted(), NOON);
    }

    assertThat(last.reason()).isEqualTo("BELOW_THRESHOLD");
    assertThat(last.detail()).containsEntry("count", 1);
    Warning warning = last.warnings().get(0);
    assertThat(warning.reason()).isEqualTo("DUPLICATE_CMID");
    assertThat(warning.detail()).containsEntry("total", 30L);
    assertThat((List<?>) warning.detail().get("devices")).hasSize(30).first().isEqualTo("clone-01");
  }

  @Test
  @DisplayName("S2-13 sysprep generalise check: at most 100 devices are listed, all are counted")
  void duplicateCmidListIsCapped() {
    ActivationResult last = null;
    for (int i = 1; i <= 130; i++) {
      last = world.ask(kmsClient("clone-" + i, "same").accepted(), NOON);
    }

    assertThat(last.warnings().get(0).detail()).containsEntry("total", 130L);
    assertThat((List<?>) last.warnings().get(0).detail().get("devices")).hasSize(100);
  }

  @Test
  @DisplayName("One device that asks again, or a clone long gone, is no duplicate")
  void noDuplicate() {
    world.ask(kmsClient("pc-1", "c").accepted(), NOON.minus(Duration.ofDays(31)));
    world.ask(kmsClient("pc-2", "c").accepted(), NOON);

    assertThat(world.ask(kmsClient("pc-2", "c").accepted(), NOON).warnings()).isEmpty();
  }

  @Test
  @DisplayName("S2-30 split count: hosts that would reach the threshold together are listed")
  void splitAcrossHosts() {
    for (int i = 0; i < 24; i++) {
      String host = i < 12 ? "kms-a" : "kms-b";
      world.ask(kmsClient("pc-" + i, "c" + i).kms(host, null, "c" + i).accepted());
    }
    ActivationResult last =
        world.ask(kmsClient("pc-25", "c25").kms("kms-a", null, "c25").accepted());

    assertThat(last.reason()).isEqualTo("BELOW_THRESHOLD");
    assertThat(last.warnings()).extracting(Warning::reason).containsExactly("SPLIT_ACROSS_HOSTS");
    assertThat(last.warnings().get(0).detail().get("hosts"))
        .isEqualTo(
            List.of(
                new KmsContacts.HostCount("kms-a", 13), new KmsContacts.HostCount("kms-b", 12)));
  }

  @Test
  @DisplayName("S2-30 split count: the same clients on two hosts do not add up")
  void sameClientsOnTwoHosts() {
    ActivationResult last = null;
    for (int i = 0; i < 20; i++) {
      world.ask(kmsClient("pc-" + i, "c" + i).kms("kms-a", null, "c" + i).accepted());
      last = world.ask(kmsClient("pc-" + i, "c" + i).kms("kms-b", null, "c" + i).accepted());
    }

    assertThat(last.reason()).isEqualTo("BELOW_THRESHOLD");
    assertThat(last.warnings()).isEmpty();
  }

  @Test
  @DisplayName("Only a client that is registered directly gets its host registered again")
  void skmsOnlyWhenRegistered() {
    clients(24, NOON);
    DeviceReported.Kms registered =
        DeviceReportedKmsBuilder.builder().cmid("c").registeredHost(HOST).port(1700).build();
    world.report(
        report("pc-reg", NOON, license("VOLUME_KMSCLIENT", "2YT43", 5, null, registered)), NOON);

    ActivationResult direct = world.ask(kmsClient("pc-reg", "c").kms(HOST, 1700, "c").accepted());
    ActivationResult discovered = ask("pc-dns");

    assertThat(direct.steps())
        .containsExactly(
            SLMGR + "/skms " + HOST + ":1700",
            SLMGR + "/ipk {key:" + Samples.SETUP_KEY + "}",
            SLMGR + "/ato");
    assertThat(discovered.steps())
        .containsExactly(SLMGR + "/ipk {key:" + Samples.SETUP_KEY + "}", SLMGR + "/ato");
  }

  @Test
  @DisplayName("What a sound neighbour never sends is refused and stops nobody")
  void oddities() {
    KeyVerdict noCmid = kmsClient("pc", null).accepted();
    KeyVerdict noHost = kmsClient("pc", "c").kms(null, null, "c").accepted();
    KeyVerdict noKey = mak("pc").key(null, null).accepted();
    KeyVerdict noProduct = mak("pc").product(null).key(KeyKind.CSVLK, "host").accepted();

    assertThat(world.ask(noCmid).reason()).isEqualTo("CMID_MISSING");
    assertThat(world.ask(noHost).reason()).isEqualTo("HOST_INVALID");
    assertThat(world.ask(noKey).reason()).isEqualTo("NO_KEY");
    assertThat(world.ask(noProduct).verdict()).isEqualTo(Verdict.GRANTED);
  }
}
