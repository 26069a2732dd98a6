package io.kagimori.edition.domain;

import static io.kagimori.edition.domain.World.R2;
import static io.kagimori.edition.domain.World.upgrade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.EditionResult;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionStageReportedBuilder;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.EditionVerdict;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.Initiator;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeMachineTest {
  private final World world = new World().mak("mak-hq", R2, 10);
  private final String id = world.ask(upgrade()).requestId();

  private EditionState state() {
    return world.change(id).state();
  }

  private void verified() {
    world.through(
        id,
        EditionStage.KEY_INSTALLED,
        EditionStage.PACKAGES_REMOVED,
        EditionStage.PACKAGES_APPLIED,
        EditionStage.REBOOTING);
    world.later(Duration.ofMinutes(9)).observe(id, "serverenterprise");
  }

  private List<Event> fail(EditionStage stage, String code, String message) {
    return world.report(World.stage(world.change(id), stage, false, code, message, null));
  }

  @ParameterizedTest
  @DisplayName("S0-06 explain error 1605, by number or by text in Japanese or English")
  @CsvSource({
    "1605,",
    "0x645,",
    "0x80070645,",
    "-2147023291,",
    "2147944005,",
    ",指定したプロダクト キーは、このターゲット エディションに対して有効なキーではありません。",
    ",The specified product key is not valid for this target edition."
  })
  void error1605(String code, String message) {
    EditionResult result = World.last(fail(EditionStage.SET_EDITION, code, message));

    assertThat(result.verdict()).isEqualTo(EditionVerdict.FAILED);
    assertThat(result.reason()).isEqualTo("KEY_NOT_EDITION_SPECIFIC");
  }

  @ParameterizedTest
  @DisplayName("Other failures of the command keep their own reason")
  @CsvSource({
    "50, ONLINE_CHANGE_NOT_SUPPORTED",
    "740, ELEVATION_REQUIRED",
    "-2147024156, ELEVATION_REQUIRED",
    "-2147024809, DISM_OPTION_INVALID",
    "-2147024846, ONLINE_CHANGE_NOT_SUPPORTED",
    "1168, IMAGE_DAMAGED",
    "0x800F0904, SET_EDITION_FAILED",
    "987654, UNKNOWN_CODE"
  })
  void otherFailures(String code, String reason) {
    assertThat(World.last(fail(EditionStage.SET_EDITION, code, null)).reason()).isEqualTo(reason);
  }

  @Test
  @DisplayName("S0-24 a misspelt switch: error 87 says which option was meant")
  void misspeltSwitch() {
    EditionResult result =
        World.last(fail(EditionStage.SET_EDITION, "87", "unknown option: /ProduktKey"));

    assertThat(result.reason()).isEqualTo("DISM_OPTION_INVALID");
    assertThat(result.detail()).containsEntry("didYouMean", List.of("/ProductKey"));
  }

  @Test
  @DisplayName("S0-11 two-phase upgrade: every step is an event, finishing all is COMPLETED")
  void twoPhases() {
    verified();
    assertThat(state()).isEqualTo(EditionState.ACTIVATION_REQUESTED);
    ActivationRequested asked = world.said(ActivationRequested.class).get(0);
    assertThat(asked.initiator()).isEqualTo(Initiator.EDITION);
    assertThat(asked.edition()).isEqualTo("ServerEnterprise");
    world.activation(world.change(id), Verdict.GRANTED, null, Channel.MAK);
    EditionResult end =
        World.last(world.activation(world.change(id), Verdict.CONFIRMED, null, Channel.MAK));

    assertThat(end.verdict()).isEqualTo(EditionVerdict.COMPLETED);
    assertThat(end.activationRequestId()).isEqualTo(world.change(id).activationId().toString());
    assertThat(world.said(EditionResult.class))
        .extracting(EditionResult::state)
        .containsExactly(
            EditionState.PLANNED,
            EditionState.KEY_INSTALLED,
            EditionState.PACKAGES_REMOVED,
            EditionState.PACKAGES_APPLIED,
            EditionState.REBOOTING,
            EditionState.VERIFIED,
            EditionState.ACTIVATION_REQUESTED,
            EditionState.COMPLETED);
  }

  @Test
  @DisplayName("S0-12 progress is kept in order with durations, late stages too")
  void durations() {
    world.through(id, EditionStage.KEY_INSTALLED, EditionStage.PACKAGES_APPLIED);
    world.stage(id, EditionStage.PACKAGES_REMOVED);
    assertThat(state()).isEqualTo(EditionState.PACKAGES_APPLIED);
    world.through(id, EditionStage.REBOOTING);
    world.observe(id, "ServerEnterprise");
    EditionResult end =
        World.last(world.activation(world.change(id), Verdict.CONFIRMED, null, Channel.MAK));

    Map<?, ?> stages = (Map<?, ?>) end.detail().get("stageSeconds");
    assertThat(stages.keySet())
        .map(Object::toString)
        .containsExactly(
            "KEY_INSTALLED", "PACKAGES_REMOVED", "PACKAGES_APPLIED", "REBOOTING", "OBSERVED");
    assertThat(stages.get("KEY_INSTALLED")).isEqualTo(180L);
  }

  @Test
  @DisplayName("S0-13 a long wait is normal: 15 minutes run, beyond the limit it stalls, then ends")
  void longWait() {
    world.through(id, EditionStage.KEY_INSTALLED);
    world.later(Duration.ofMinutes(15)).tick();
    assertThat(state()).isEqualTo(EditionState.KEY_INSTALLED);
    EditionResult stalled = World.last(world.later(Duration.ofMinutes(16)).tick());
    assertThat(stalled.state()).isEqualTo(EditionState.STALLED);
    assertThat(stalled.detail()).containsEntry("lastState", "KEY_INSTALLED");

    world.stage(id, EditionStage.PACKAGES_REMOVED);
    assertThat(state()).isEqualTo(EditionState.PACKAGES_REMOVED);
    world.later(Duration.ofHours(1)).tick();
    EditionResult end = World.last(world.later(Duration.ofHours(25)).tick());
    assertThat(end.state()).isEqualTo(EditionState.FAILED);
    assertThat(end.reason()).isEqualTo("STALLED");
    assertThat(end.detail()).containsEntry("editionMayHaveChanged", true);
  }

  @Test
  @DisplayName("S0-17 verify the outcome: another edition is VERIFY_FAILED with both values")
  void verifyFailed() {
    world.through(id, EditionStage.PACKAGES_APPLIED, EditionStage.REBOOTING);
    EditionResult result = World.last(world.observe(id, "ServerStandard"));

    assertThat(result.reason()).isEqualTo("VERIFY_FAILED");
    assertThat(result.detail())
        .containsEntry("expected", "ServerEnterprise")
        .containsEntry("observed", "ServerStandard");
  }

  @Test
  @DisplayName("S0-18 activation is lost by the change: the follow-up is asked for by itself, once")
  void followUp() {
    verified();
    world.observe(id, "ServerEnterprise");
    world.stage(id, EditionStage.FINALISING);

    assertThat(world.said(ActivationRequested.class)).hasSize(1);
    assertThat(world.said(DeviceReported.class))
        .singleElement()
        .satisfies(
            news -> {
              assertThat(news.source()).isEqualTo("EDITION_CHANGE");
              assertThat(news.edition()).isEqualTo("ServerEnterprise");
            });
  }

  @Test
  @DisplayName("S0-18 an ordinary report of the device verifies as well")
  void verifiedByReport() {
    world.through(id, EditionStage.PACKAGES_APPLIED, EditionStage.REBOOTING);
    world.later(Duration.ofMinutes(20));
    world.said.clear();
    world
        .events
        .seen(
            world.batch,
            DeviceReportedBuilder.builder()
                .deviceId("srv-1")
                .collectedAt(world.now)
                .source("DISM")
                .edition("ServerEnterprise")
                .build(),
            world.now)
        .forEach(step -> world.said.addAll(step.said()));

    assertThat(world.said(ActivationRequested.class)).hasSize(1);
  }

  @Test
  @DisplayName("S0-19 key change back to the MAK named in the request completes the upgrade")
  void backToTheMak() {
    World.Upgrade asked = upgrade().device("srv-9");
    asked.activationKeyId = "mak-hq";
    String other = world.ask(asked).requestId();
    world.observe(other, "ServerEnterprise");

    assertThat(world.said(ActivationRequested.class).get(0).keyId()).isEqualTo("mak-hq");
    world.activation(world.change(other), Verdict.CONFIRMED, null, Channel.MAK);
    assertThat(world.change(other).state()).isEqualTo(EditionState.COMPLETED);
  }

  @Test
  @DisplayName("S0-20 partial failure: NEEDS_ACTIVATION with a countdown, never a second upgrade")
  void partialFailure() {
    verified();
    EditionResult result =
        World.last(
            world.activation(world.change(id), Verdict.REFUSED, "MAK_EXHAUSTED", Channel.MAK));

    assertThat(result.verdict()).isEqualTo(EditionVerdict.FAILED);
    assertThat(result.state()).isEqualTo(EditionState.NEEDS_ACTIVATION);
    assertThat(result.reason()).isEqualTo("MAK_EXHAUSTED");
    assertThat(result.detail())
        .containsKey("graceUntil")
        .containsEntry("edition", "ServerEnterprise");
    assertThat(world.ask(upgrade()).reason()).isEqualTo("ALREADY_ON_EDITION");

    world.activation(world.change(id), Verdict.CONFIRMED, null, Channel.MAK);
    assertThat(state()).isEqualTo(EditionState.COMPLETED);
  }

  @Test
  @DisplayName("S0-20 silence after the change ends as NEEDS_ACTIVATION too")
  void activationSilent() {
    verified();
    EditionResult end = World.last(world.later(Duration.ofHours(49)).tick());

    assertThat(end.state()).isEqualTo(EditionState.NEEDS_ACTIVATION);
    assertThat(end.reason()).isEqualTo("ACTIVATION_SILENT");
  }

  @Test
  @DisplayName("S0-23 known side effects: missing features and less memory are named")
  void postCheck() {
    World.Upgrade asked = upgrade().device("srv-f");
    asked.features = List.of("Hyper-V", "DNS");
    asked.memory = 32_768L;
    String other = world.ask(asked).requestId();
    List<Event> said =
        world.report(
            EditionStageReportedBuilder.builder()
                .deviceId("srv-f")
                .requestId(other)
                .stage(EditionStage.OBSERVED)
                .succeeded(true)
                .edition("ServerEnterprise")
                .features(List.of("hyper-v"))
                .usableMemoryMb(30_000L)
                .build());

    assertThat(World.last(said).warnings())
        .containsExactly(
            new Warning(
                "POST_CHECK_WARNING",
                Map.of(
                    "missingFeatures",
                    List.of("DNS"),
                    "usableMemoryMbBefore",
                    32_768L,
                    "usableMemoryMbAfter",
                    30_000L)));
  }

  @Test
  @DisplayName("A success told after the change was given up still leads to the activation")
  void lateSuccess() {
    fail(EditionStage.SET_EDITION, "1168", null);
    assertThat(state()).isEqualTo(EditionState.FAILED);
    List<Event> said = world.observe(id, "ServerEnterprise");

    assertThat(state()).isEqualTo(EditionState.ACTIVATION_REQUESTED);
    assertThat(World.last(said).warnings()).extracting(Warning::reason).contains("LATE_OUTCOME");
  }

  @Test
  @DisplayName("A failure that is older than what is known changes nothing")
  void outdatedFailure() {
    world.through(id, EditionStage.PACKAGES_APPLIED, EditionStage.REBOOTING);
    assertThat(fail(EditionStage.KEY_INSTALLED, "1605", null)).isEmpty();
    assertThat(state()).isEqualTo(EditionState.REBOOTING);
  }

  @Test
  @DisplayName("3010 is no failure: only the restart is missing")
  void restartRequired() {
    fail(EditionStage.SET_EDITION, "3010", null);
    assertThat(state()).isEqualTo(EditionState.PACKAGES_APPLIED);
  }

  @Test
  @DisplayName("A report for a request nobody made is answered and changes nothing")
  void unknownRequest() {
    List<Event> said =
        world.report(
            EditionStageReportedBuilder.builder()
                .deviceId("srv-1")
                .requestId("nobody-asked")
                .stage(EditionStage.KEY_INSTALLED)
                .succeeded(true)
                .build());

    assertThat(World.last(said).reason()).isEqualTo("UNKNOWN_REQUEST");
  }
}
