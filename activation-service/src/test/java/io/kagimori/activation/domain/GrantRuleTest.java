package io.kagimori.activation.domain;

import static io.kagimori.activation.Samples.LEASE;
import static io.kagimori.activation.Samples.NOON;
import static io.kagimori.activation.Samples.license;
import static io.kagimori.activation.Samples.mak;
import static io.kagimori.activation.Samples.report;
import static io.kagimori.activation.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What key-service accepted is granted with the commands that carry it out. */
class GrantRuleTest {
  private static final String SLMGR = "cscript //Nologo %windir%\\system32\\slmgr.vbs ";
  private static final String INSTALLATION = "012345".repeat(9);
  private static final String CONFIRMATION = "654321".repeat(8);

  private final World world = new World();

  @Test
  @DisplayName("A refusal of key-service is passed on as it is")
  void passesRefusalsOn() {
    KeyVerdict refused = mak("pc-1").refused("EDITION_MISMATCH", "0xC004F050", Map.of("a", 1));

    ActivationResult result = world.ask(refused);

    assertThat(result.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(result.reason()).isEqualTo("EDITION_MISMATCH");
    assertThat(result.code()).isEqualTo("0xC004F050");
    assertThat(result.detail()).containsEntry("a", 1).containsEntry("site", "tokyo");
    assertThat(result.steps()).isEmpty();
    assertThat(result.decidedAt()).isEqualTo(NOON);
    assertThat(world.activation(refused).state()).isEqualTo(ActivationState.REFUSED);
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyKind.class,
      names = {"MAK", "RETAIL", "OEM"})
  @DisplayName("S1-15 re-activation runbook: /upk, /ipk, /ato, /dlv in this order")
  void runbook(KeyKind kind) {
    KeyVerdict asked = mak("pc-1").key(kind, "mak-1").accepted();

    ActivationResult result = world.ask(asked);

    assertThat(result.verdict()).isEqualTo(Verdict.GRANTED);
    assertThat(result.channel()).isEqualTo(Channel.MAK);
    assertThat(result.steps())
        .containsExactly(
            SLMGR + "/upk", SLMGR + "/ipk {key:mak-1}", SLMGR + "/ato", SLMGR + "/dlv");
    assertThat(result.leaseUntil()).isEqualTo(NOON.plus(LEASE));
    assertThat(result.expiresAt()).isNull();
    assertThat(result.detail()).containsEntry("keyKind", kind);
    assertThat(world.activation(asked).dueAt()).isEqualTo(result.leaseUntil());
  }

  @Test
  @DisplayName(
      "S1-23 an evaluation version is to be converted first, with the command that does it")
  void evaluation() {
    ActivationResult result =
        world.ask(
            mak("pc-1").product("windows-server-2022").edition("ServerStandardEval").accepted());

    assertThat(result.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(result.reason()).isEqualTo("EVAL_CONVERSION_REQUIRED");
    assertThat(result.steps().get(0))
        .startsWith("DISM /Online /Set-Edition:ServerStandard /ProductKey:{key:setup-key-")
        .endsWith("/AcceptEula");
  }

  @Test
  @DisplayName("An add-on key leaves the base key in place and names its license")
  void addOn() {
    ActivationResult result =
        world.ask(mak("pc-1").key(KeyKind.ESU_MAK, "esu-1").addOn("77db037b").accepted());

    assertThat(result.steps())
        .containsExactly(
            SLMGR + "/ipk {key:esu-1}", SLMGR + "/ato 77db037b", SLMGR + "/dlv 77db037b");
  }

  @Test
  @DisplayName("A seat that is reused is told")
  void seatReused() {
    assertThat(world.ask(mak("pc-1").seatReused().accepted()).detail())
        .containsEntry("seatReused", true);
    assertThat(world.ask(mak("pc-2").accepted()).detail()).doesNotContainKey("seatReused");
  }

  @Test
  @DisplayName("S1-27 telephone activation: awaits a confirmation ID for the installation ID")
  void telephone() {
    KeyVerdict asked = mak("pc-1").byTelephone().installation(INSTALLATION).accepted();

    ActivationResult result = world.ask(asked);

    assertThat(result.verdict()).isEqualTo(Verdict.GRANTED);
    assertThat(result.detail()).containsEntry("installationId", INSTALLATION);
    assertThat(world.activation(asked).state()).isEqualTo(ActivationState.AWAITING_CONFIRMATION_ID);
    assertThat(result.steps())
        .containsSubsequence(SLMGR + "/dti", SLMGR + "/atp <confirmation id>");
  }

  @Test
  @DisplayName("S4-23 save the activation: a stored confirmation ID is applied again")
  void reappliesConfirmationId() {
    KeyVerdict first = mak("pc-1").byTelephone().installation(INSTALLATION).accepted();
    world.ask(first);
    world.hear(
        step(first, ActivationStage.CONFIRMATION_ID).confirmationId(CONFIRMATION).said(), NOON);

    ActivationResult again =
        world.ask(mak("pc-1").installation(INSTALLATION).seatReused().accepted());
    ActivationResult otherHardware =
        world.ask(mak("pc-1").installation("9" + INSTALLATION.substring(1)).accepted());

    assertThat(again.steps())
        .containsExactly(
            SLMGR + "/upk",
            SLMGR + "/ipk {key:mak-2019}",
            SLMGR + "/atp " + CONFIRMATION,
            SLMGR + "/dlv");
    assertThat(again.detail())
        .containsEntry("confirmationIdReused", true)
        .containsEntry("seatReused", true);
    assertThat(otherHardware.steps()).contains(SLMGR + "/ato");
  }

  @ParameterizedTest(name = "{0} rearms left")
  @CsvSource({"1,0", "3,2"})
  @DisplayName("S1-19 rearm is limited: allowed while rearms are left, and one less afterwards")
  void rearmAllowed(int before, int after) {
    world.report(report("pc-1", NOON, license("RETAIL", "AAAAA", 5, null, before, null)), NOON);

    ActivationResult result = world.ask(mak("pc-1").rearm().accepted());

    assertThat(result.verdict()).isEqualTo(Verdict.GRANTED);
    assertThat(result.steps().get(0)).isEqualTo(SLMGR + "/rearm");
    assertThat(result.steps()).hasSize(2);
    assertThat(result.detail()).containsEntry("rearmCount", after);
    assertThat(result.warnings()).isEmpty();
    assertThat(world.device("pc-1").rearmCount()).isEqualTo(after);
  }

  @Test
  @DisplayName("S1-19 rearm is limited: none left is REARM_EXHAUSTED, also within one batch")
  void rearmExhausted() {
    world.report(report("pc-1", NOON, license("RETAIL", "AAAAA", 5, null, 1, null)), NOON);
    world.ask(mak("pc-1").rearm().accepted());

    ActivationResult result = world.ask(mak("pc-1").rearm().accepted());

    assertThat(result.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(result.reason()).isEqualTo("REARM_EXHAUSTED");
    assertThat(result.code()).isEqualTo("0xC004D307");
    assertThat(world.device("pc-1").rearmCount()).isZero();
  }

  @Test
  @DisplayName("S1-19 rearm is limited: an unknown count is granted with a warning")
  void rearmUnknown() {
    ActivationResult result = world.ask(mak("pc-1").rearm().accepted());

    assertThat(result.verdict()).isEqualTo(Verdict.GRANTED);
    assertThat(result.warnings()).extracting(Warning::reason).contains("REARM_COUNT_UNKNOWN");
  }

  @ParameterizedTest
  @CsvSource({
    "windows-server-2019, sppsvc",
    "windows-server-2008-r2, sppsvc",
    "windows-server-2008, slsvc",
    "windows-vista, slsvc"
  })
  @DisplayName("S2-17 host activation: key, activation online or by slui 4, restart of the service")
  void hostSteps(String product, String service) {
    ActivationResult online =
        world.ask(mak("kms-1").product(product).key(KeyKind.CSVLK, "host-1").accepted());
    ActivationResult byPhone =
        world.ask(
            mak("kms-1").product(product).key(KeyKind.CSVLK, "host-1").byTelephone().accepted());

    String restart = "net stop " + service + " && net start " + service;
    assertThat(online.steps())
        .containsExactly(SLMGR + "/ipk {key:host-1}", SLMGR + "/ato", restart);
    assertThat(byPhone.steps()).containsExactly(SLMGR + "/ipk {key:host-1}", "slui 4", restart);
  }

  @Test
  @DisplayName("S2-17 host activation: confirmed makes the host activated")
  void hostActivated() {
    KeyVerdict asked = mak("kms-1").key(KeyKind.CSVLK, "host-1").accepted();
    world.ask(asked);
    assertThat(world.batch.host("kms-1").orElseThrow().activated()).isFalse();

    ActivationResult result =
        world.hear(step(asked, ActivationStage.ATO).said(), NOON).orElseThrow();

    assertThat(result.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(result.detail()).containsEntry("hostState", "HOST_ACTIVATED");
    assertThat(world.batch.host("kms-1").orElseThrow().activated()).isTrue();
    assertThat(world.device("kms-1").license().channel()).isEqualTo(LicenseChannel.KMS_HOST);
  }

  @Test
  @DisplayName("A host that is activated already stays so while its key is renewed")
  void hostStaysActivated() {
    world.hostReported("kms-1", true, NOON);

    world.ask(mak("kms-1").key(KeyKind.CSVLK, "host-2").accepted());

    assertThat(world.batch.host("kms-1").orElseThrow().activated()).isTrue();
  }

  @Test
  @DisplayName("now is the record time and nothing else")
  void recordTime() {
    ActivationResult result = world.ask(mak("pc-1").accepted(), NOON.plus(Duration.ofDays(400)));

    assertThat(result.decidedAt()).isEqualTo(NOON.plus(Duration.ofDays(400)));
  }

  @Test
  @DisplayName("Warnings of key-service travel on and show on the device")
  void keyWarnings() {
    KeyVerdict plain = mak("pc-1").accepted();
    Warning media = new Warning("PROVENANCE_UNKNOWN", Map.of("mediaSource", "bazaar"));
    KeyVerdict warned =
        new KeyVerdict(
            plain.requestId(),
            plain.deviceId(),
            plain.verdict(),
            null,
            null,
            null,
            List.of(media),
            plain.keyId(),
            plain.partialKey(),
            plain.keyKind(),
            false,
            plain.leaseUntil(),
            null,
            plain.receivedAt(),
            plain.request(),
            plain.decidedAt());

    assertThat(world.ask(warned).warnings()).containsExactly(media);
    assertThat(world.device("pc-1").warnings()).containsExactly(media);
  }
}
