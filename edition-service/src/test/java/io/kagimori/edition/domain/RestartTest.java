package io.kagimori.edition.domain;

import static io.kagimori.edition.domain.World.R2;
import static io.kagimori.edition.domain.World.upgrade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.EditionCampaignRequestedBuilder;
import io.kagimori.contracts.event.EditionResult;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionStageReportedBuilder;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The restart that an upgrade ends with, and the people who are at work when it comes. */
class RestartTest {
  private final World world = new World().mak("mak-hq", R2, 10);
  private final String id = world.ask(upgrade()).requestId();

  private EditionState state() {
    return world.change(id).state();
  }

  @Test
  @DisplayName("S0-14 reboot decision: put off it stays pending; the window orders the restart")
  void rebootDecision() {
    world.through(id, EditionStage.PACKAGES_APPLIED, EditionStage.REBOOT_PENDING);
    assertThat(state()).isEqualTo(EditionState.REBOOT_PENDING);
    world.through(id, EditionStage.REBOOTING);
    assertThat(state()).isEqualTo(EditionState.REBOOTING);

    World night = new World().mak("mak-hq", R2, 10);
    planNight(night);
    World.Upgrade asked = upgrade();
    asked.campaign = "night";
    String planned = night.ask(asked).requestId();
    night.stage(planned, EditionStage.KEY_INSTALLED);
    night.stage(planned, EditionStage.REBOOT_PENDING);
    night.later(Duration.ofHours(13)).tick();
    assertThat(night.change(planned).restartOrdered()).isFalse();
    EditionResult ordered = World.last(night.later(Duration.ofMinutes(61)).tick());
    assertThat(ordered.steps()).anyMatch(step -> step.startsWith("shutdown.exe /r"));
    assertThat(night.tick()).isEmpty();
  }

  @Test
  @DisplayName("S0-15 protect open work: people get time, and the operator sees that they need it")
  void openWork() {
    world.through(id, EditionStage.PACKAGES_APPLIED);
    List<Event> said =
        world.report(
            EditionStageReportedBuilder.builder()
                .deviceId("srv-1")
                .requestId(id)
                .stage(EditionStage.REBOOT_PENDING)
                .succeeded(true)
                .interactiveUsers(2)
                .build());

    assertThat(World.last(said).detail()).containsEntry("saveDocuments", true);
    assertThat(World.last(said).steps())
        .containsExactly("shutdown.exe /r /t 600 /c \"Save your documents\"");
  }

  @Test
  @DisplayName("S0-15 whoever logs on while the restart waits is given time, and is seen")
  void laterLogon() {
    planNight(world);
    World.Upgrade asked = upgrade().device("srv-late");
    asked.campaign = "night";
    String late = world.ask(asked).requestId();
    rebootPending(late, 0);
    assertThat(World.last(rebootPending(late, 3)).detail()).containsEntry("interactiveUsers", 3);
    assertThat(rebootPending(late, 3)).isEmpty();

    EditionResult ordered = World.last(world.later(Duration.ofHours(14)).tick());

    assertThat(ordered.steps())
        .containsExactly("shutdown.exe /r /t 600 /c \"Save your documents\"");
  }

  private List<Event> rebootPending(String request, int users) {
    return world.report(
        EditionStageReportedBuilder.builder()
            .deviceId(world.change(request).deviceId())
            .requestId(request)
            .stage(EditionStage.REBOOT_PENDING)
            .succeeded(true)
            .interactiveUsers(users)
            .build());
  }

  @Test
  @DisplayName("S0-16 first boot: silent means FINALISING, an alarm comes only after the limit")
  void firstBoot() {
    world.through(id, EditionStage.PACKAGES_APPLIED, EditionStage.REBOOTING);
    world.later(Duration.ofMinutes(6)).tick();
    assertThat(state()).isEqualTo(EditionState.FINALISING);
    world.later(Duration.ofMinutes(40)).tick();
    assertThat(state()).isEqualTo(EditionState.FINALISING);
    world.later(Duration.ofMinutes(20)).tick();
    assertThat(state()).isEqualTo(EditionState.STALLED);
  }

  /** Window from 22:00 to 23:00 UTC; it is eight in the morning. */
  private static void planNight(World world) {
    world.requests.campaign(
        world.batch,
        UUID.randomUUID(),
        EditionCampaignRequestedBuilder.builder()
            .campaignId("night")
            .windowFromMinute(1320)
            .windowToMinute(1380)
            .rebootInWindow(true)
            .build(),
        world.now);
  }
}
