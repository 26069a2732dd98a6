package io.kagimori.activation.domain;

import static io.kagimori.activation.Samples.NOON;
import static io.kagimori.activation.Samples.kmsClient;
import static io.kagimori.activation.Samples.mak;
import static io.kagimori.activation.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.activation.Samples;
import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent's report of a step means for the activation. */
class AttemptRuleTest {
  private static final Instant LATER = NOON.plus(Duration.ofHours(1));
  private static final String CONFIRMATION = "654321".repeat(8);

  private final World world = new World();
  private final KeyVerdict asked = mak("pc-1").accepted();

  @BeforeEach
  void granted() {
    world.ask(asked);
  }

  private ActivationResult hear(Samples.Step step) {
    return world.hear(step.said(), LATER).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0xC004F050", "c004f050", "0XC004F050", "3221549136", "-1073418160"})
  @DisplayName("S1-02 any spelling of the code gives the same canonical code")
  void anySpelling(String printed) {
    ActivationResult result = hear(step(asked, ActivationStage.ATO).failed(printed));

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.code()).isEqualTo("0xC004F050");
    assertThat(result.reason()).isEqualTo("ACTIVATION_FAILED");
    assertThat((List<?>) result.detail().get("causes")).isNotEmpty();
  }

  @Test
  @DisplayName("S1-03 an unknown code is recorded verbatim as UNKNOWN_CODE")
  void unknownCode() {
    ActivationAttempted said = step(asked, ActivationStage.ATO).failed("0xDEADBEEF ").said();

    ActivationResult result = world.hear(said, LATER).orElseThrow();

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.reason()).isEqualTo("UNKNOWN_CODE");
    assertThat(result.code()).isEqualTo("0xDEADBEEF ");
    assertThat(
            new AttemptRule(io.kagimori.contracts.catalogue.Catalogue.get(), UpdateBaseline.NONE)
                .isUnknownCode(said))
        .isTrue();
    assertThat(world.history("pc-1")).extracting(DeviceHistory::code).contains("0xDEADBEEF ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0xC004C020", "0xC004C021"})
  @DisplayName("S1-10 MAK exhausted: no automatic retry, the vendor is to be contacted")
  void makExhausted(String code) {
    ActivationResult result = hear(step(asked, ActivationStage.ATO).failed(code));

    assertThat(result.reason()).isEqualTo("MAK_EXHAUSTED");
    assertThat(result.detail())
        .containsEntry("retry", false)
        .containsEntry("action", "CONTACT_VENDOR");
  }

  @Test
  @DisplayName("S1-15 re-activation runbook: each step is recorded, the last ones confirm")
  void stepsInOrder() {
    assertThat(world.hear(step(asked, ActivationStage.UPK).said(), LATER)).isEmpty();
    assertThat(world.hear(step(asked, ActivationStage.IPK).said(), LATER)).isEmpty();
    ActivationResult ato = hear(step(asked, ActivationStage.ATO).printed("0x0", "activated"));
    ActivationResult dlv = hear(step(asked, ActivationStage.DLV).status(1));

    assertThat(ato.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(dlv.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(world.activation(asked).stages())
        .extracting(StageReport::stage)
        .containsExactly(
            ActivationStage.UPK, ActivationStage.IPK, ActivationStage.ATO, ActivationStage.DLV);
    assertThat((List<?>) ato.detail().get("stages")).hasSize(3);
    assertThat(world.device("pc-1").license().status()).isEqualTo(1);
  }

  @Test
  @DisplayName("S1-16 /upk may fail harmlessly: recorded, and the runbook goes on")
  void upkFailure() {
    assertThat(world.hear(step(asked, ActivationStage.UPK).failed("0xC004F014").said(), LATER))
        .isEmpty();
    assertThat(world.activation(asked).state()).isEqualTo(ActivationState.GRANTED);

    assertThat(hear(step(asked, ActivationStage.ATO)).verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(world.activation(asked).stages().get(0).code()).isEqualTo("0xC004F014");
  }

  @Test
  @DisplayName("S1-17 /ipk failure stops: FAILED, and /ato is not attempted")
  void ipkFailure() {
    ActivationResult result = hear(step(asked, ActivationStage.IPK).failed("0xC004F050"));

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.detail())
        .containsEntry("stage", ActivationStage.IPK)
        .containsEntry("notAttempted", List.of(ActivationStage.ATO));
    assertThat(result.steps()).isEmpty();
  }

  @Test
  @DisplayName("S1-27 telephone activation: a correct confirmation ID licenses")
  void confirmationId() {
    KeyVerdict byPhone = mak("pc-2").byTelephone().installation("1".repeat(54)).accepted();
    world.ask(byPhone);

    ActivationResult result =
        hear(
            step(byPhone, ActivationStage.CONFIRMATION_ID)
                .confirmationId("654321-654321 654321-654321-654321-654321-654321-654321"));

    assertThat(result.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(result.detail()).containsEntry("confirmationId", CONFIRMATION);
    assertThat(world.device("pc-2").license().status()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345", "65432A654321654321654321654321654321654321654321", "-"})
  @DisplayName("S1-27 telephone activation: a malformed confirmation ID is CID_INVALID")
  void malformedConfirmationId(String typed) {
    ActivationResult result =
        hear(step(asked, ActivationStage.CONFIRMATION_ID).confirmationId(typed));

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.reason()).isEqualTo("CID_INVALID");
    assertThat(result.code()).isEqualTo("0xC004F02C");
  }

  @Test
  @DisplayName("S1-27 telephone activation: a refused confirmation ID is CID_INVALID")
  void refusedConfirmationId() {
    ActivationResult result =
        hear(
            step(asked, ActivationStage.CONFIRMATION_ID)
                .confirmationId(CONFIRMATION)
                .failed("C004F02C"));

    assertThat(result.reason()).isEqualTo("CID_INVALID");
  }

  @Test
  @DisplayName("S2-09 result code on activation: code and text are stored, success or not")
  void codeAndText() {
    ActivationResult failed =
        hear(step(asked, ActivationStage.ATO).failed("0xC004F074").printed("0xC004F074", "応答なし"));
    ActivationResult confirmed =
        hear(step(asked, ActivationStage.ATO).printed("0x4004F040", "正常にライセンス認証されました。"));

    assertThat(failed.detail()).containsEntry("message", "応答なし");
    assertThat(confirmed.detail()).containsEntry("message", "正常にライセンス認証されました。");
    assertThat(world.activation(asked).stages())
        .extracting(StageReport::code)
        .containsExactly("0xC004F074", "0x4004F040");
  }

  @ParameterizedTest
  @CsvSource({"0xC004C008", "0xC004C020"})
  @DisplayName("S4-13 server OEM activation: a count lock offers the telephone")
  void oemCountLock(String code) {
    KeyVerdict oem = mak("oem-1").key(KeyKind.OEM, "oem-key").accepted();
    world.ask(oem);

    ActivationResult result = hear(step(oem, ActivationStage.ATO).failed(code));

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.reason()).isEqualTo("OEM_COUNT_LOCK");
    assertThat(result.steps()).hasSize(3).first().isEqualTo("slui 4");
    assertThat(result.steps().get(1)).endsWith("/dti");
    assertThat(result.steps().get(2)).contains("/atp ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-uuid", "00000000-0000-4000-8000-000000000000"})
  @DisplayName("An outcome for a request nobody made is evidence and answered UNKNOWN_REQUEST")
  void unknownRequest(String requestId) {
    KeyVerdict nobody = mak("pc-9").request(requestId).accepted();

    ActivationResult result = hear(step(nobody, ActivationStage.ATO));

    assertThat(result.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(result.reason()).isEqualTo("UNKNOWN_REQUEST");
    assertThat(result.requestId()).isEqualTo(requestId);
    assertThat(result.keyId()).isNull();
    assertThat(world.history("pc-9")).hasSize(1);
    assertThat(world.device("pc-9").license().status()).isNull();
  }

  @Test
  @DisplayName("An outcome for another device's request is answered UNKNOWN_REQUEST too")
  void otherDevice() {
    ActivationResult result =
        world.hear(step(asked, ActivationStage.ATO).by("thief"), LATER).orElseThrow();

    assertThat(result.reason()).isEqualTo("UNKNOWN_REQUEST");
    assertThat(result.deviceId()).isEqualTo("thief");
    assertThat(world.activation(asked).state()).isEqualTo(ActivationState.GRANTED);
  }

  @Test
  @DisplayName("S1-20 expiry query: a MAK is permanent once confirmed")
  void makIsPermanent() {
    ActivationResult result = hear(step(asked, ActivationStage.ATO));

    assertThat(result.expiresAt()).isNull();
    assertThat(world.device("pc-1").license().expiry()).isEqualTo(Expiry.PERMANENT);
  }

  @Test
  @DisplayName("S1-20 expiry query: a KMS client has a date, told or reckoned")
  void kmsHasADate() {
    for (int i = 0; i < 25; i++) {
      world.ask(kmsClient("f-" + i, "c" + i).accepted());
    }
    KeyVerdict kms = kmsClient("pc-2", "c").accepted();
    world.ask(kms);

    ActivationResult reckoned = hear(step(kms, ActivationStage.ATO));
    ActivationResult told = hear(step(kms, ActivationStage.DLV).status(1).remaining(43_200));

    assertThat(reckoned.expiresAt()).isEqualTo(LATER.plus(Duration.ofDays(180)));
    assertThat(told.expiresAt()).isEqualTo(LATER.plus(Duration.ofDays(30)));
    assertThat(world.device("pc-2").license().expiry()).isEqualTo(Expiry.at(told.expiresAt()));
  }

  @Test
  @DisplayName("A remaining time beyond the calendar does not stop the stream")
  void absurdRemainingTime() {
    for (int i = 0; i < 25; i++) {
      world.ask(kmsClient("f-" + i, "c" + i).accepted());
    }
    KeyVerdict kms = kmsClient("pc-2", "c").accepted();
    world.ask(kms);

    assertThat(hear(step(kms, ActivationStage.ATO).remaining(Long.MAX_VALUE)).verdict())
        .isEqualTo(Verdict.CONFIRMED);
  }

  @Test
  @DisplayName("A second success changes nothing and is confirmed again")
  void confirmedTwice() {
    ActivationResult first = hear(step(asked, ActivationStage.ATO));
    int lines = world.history("pc-1").size();
    ActivationResult second =
        world.hear(step(asked, ActivationStage.ATO).said(), LATER.plusSeconds(60)).orElseThrow();

    assertThat(second.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(second.decidedAt()).isEqualTo(first.decidedAt());
    assertThat(world.history("pc-1")).hasSize(lines);
  }

  @Test
  @DisplayName("A failure after the confirmation is history and not the present")
  void failureAfterConfirmation() {
    hear(step(asked, ActivationStage.ATO));

    assertThat(world.hear(step(asked, ActivationStage.ATO).failed("0xC004F200").said(), LATER))
        .isEmpty();

    assertThat(world.activation(asked).state()).isEqualTo(ActivationState.CONFIRMED);
    assertThat(world.device("pc-1").license().status()).isEqualTo(1);
    assertThat(world.history("pc-1")).extracting(DeviceHistory::code).contains("0xC004F200");
  }

  @Test
  @DisplayName("A success after the lease ran out is confirmed with LATE_OUTCOME, swept or not")
  void lateOutcome() {
    KeyVerdict other = mak("pc-2").accepted();
    world.ask(other);
    Instant late = NOON.plus(Samples.LEASE).plusSeconds(1);
    ActivationResult notSwept =
        world.hear(step(other, ActivationStage.ATO).said(), late).orElseThrow();
    assertThat(world.tick(late)).extracting(ActivationResult::deviceId).containsExactly("pc-1");
    ActivationResult swept =
        world.hear(step(asked, ActivationStage.ATO).said(), late).orElseThrow();

    for (ActivationResult result : List.of(notSwept, swept)) {
      assertThat(result.verdict()).isEqualTo(Verdict.CONFIRMED);
      assertThat(result.warnings()).extracting(Warning::reason).containsExactly("LATE_OUTCOME");
    }
  }

  @Test
  @DisplayName("A retry that succeeds after a failure is confirmed")
  void successAfterFailure() {
    hear(step(asked, ActivationStage.ATO).failed("0xC004F074"));

    ActivationResult result = hear(step(asked, ActivationStage.ATO));

    assertThat(result.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  @DisplayName("A refused request stays refused whatever the device reports")
  void afterRefusal() {
    KeyVerdict refused = mak("pc-3").refused("NO_KEY", "0xC004F014", Map.of());
    world.ask(refused);

    ActivationResult result = hear(step(refused, ActivationStage.ATO));

    assertThat(result.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(result.reason()).isEqualTo("NO_KEY");
    assertThat(world.history("pc-3")).hasSize(1);
  }

  @Test
  @DisplayName("/dlv confirms only what it shows as licensed")
  void dlvNotLicensed() {
    assertThat(world.hear(step(asked, ActivationStage.DLV).status(5).said(), LATER)).isEmpty();
    assertThat(world.activation(asked).state()).isEqualTo(ActivationState.GRANTED);
  }

  @Test
  @DisplayName("An add-on that is confirmed leaves the base license as it is")
  void addOn() {
    KeyVerdict addOn = mak("pc-1").key(KeyKind.ESU_MAK, "esu").addOn("sku").accepted();
    world.ask(addOn);

    assertThat(hear(step(addOn, ActivationStage.ATO)).verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(world.device("pc-1").license().status()).isNull();
    assertThat(world.history("pc-1")).extracting(DeviceHistory::note).contains("ADD_ON_CONFIRMED");
  }

  @Test
  @DisplayName("S2-06 MAK to KMS conversion: the setup key replaces the MAK, no seat is given back")
  void makToKms() {
    hear(step(asked, ActivationStage.ATO));
    for (int i = 0; i < 25; i++) {
      world.ask(kmsClient("f-" + i, "c" + i).accepted());
    }
    KeyVerdict kms = kmsClient("pc-1", "c").accepted();
    world.ask(kms);

    assertThat(world.hear(step(kms, ActivationStage.IPK).said(), LATER)).isEmpty();
    assertThat(world.device("pc-1").license().channel()).isEqualTo(LicenseChannel.KMS);
    assertThat(world.device("pc-1").license().keyId()).isEqualTo(Samples.SETUP_KEY);
    ActivationResult result = hear(step(kms, ActivationStage.ATO));

    assertThat(result.keyId()).isEqualTo(Samples.SETUP_KEY);
    assertThat(world.activation(asked).state()).isEqualTo(ActivationState.CONFIRMED);
    assertThat(world.history("pc-1"))
        .extracting(DeviceHistory::channel)
        .containsExactly(LicenseChannel.MAK, LicenseChannel.KMS, LicenseChannel.KMS);
  }

  @Test
  @DisplayName("No more than fifty stages are kept of one request")
  void stagesAreBounded() {
    for (int i = 0; i < 70; i++) {
      world.hear(step(asked, ActivationStage.UPK).failed("code " + i).said(), LATER);
    }

    assertThat(world.activation(asked).stages()).hasSize(50);
    assertThat(world.activation(asked).stages().get(49).code()).isEqualTo("code 69");
  }
}
