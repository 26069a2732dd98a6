package io.kagimori.edition.domain;

import static io.kagimori.edition.domain.World.R2;
import static io.kagimori.edition.domain.World.upgrade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.CampaignAction;
import io.kagimori.contracts.event.CampaignState;
import io.kagimori.contracts.event.EditionCampaignChanged;
import io.kagimori.contracts.event.EditionCampaignControlled;
import io.kagimori.contracts.event.EditionCampaignRequested;
import io.kagimori.contracts.event.EditionCampaignRequestedBuilder;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.Fields;
import io.kagimori.contracts.event.RegistrationRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CampaignRuleTest {
  private final World world = new World().mak("mak-hq", R2, 100);

  private void plan(EditionCampaignRequested asked) {
    world.requests.campaign(world.batch, EventIds.request(), asked, world.now);
  }

  private static EditionCampaignRequested simple(Instant closesAt) {
    return EditionCampaignRequestedBuilder.builder()
        .campaignId("c")
        .closesAt(closesAt)
        .pauseFailurePercent(50)
        .pauseFailuresMin(2)
        .build();
  }

  private String ask(String device, int wave) {
    World.Upgrade asked = upgrade().device(device);
    asked.campaign = "c";
    asked.wave = wave;
    return world.ask(asked).requestId();
  }

  /** The count as the store would read it, which holds no memory of earlier ticks. */
  private void tick() {
    EditionBatch batch = world.batch;
    CampaignCount fresh = new CampaignCount();
    batch.changes().stream()
        .filter(change -> "c".equals(change.campaignId()))
        .collect(
            Collectors.groupingBy(
                change -> List.of(change.wave(), change.state()), Collectors.counting()))
        .forEach(
            (place, count) ->
                fresh.loaded((Integer) place.get(0), (EditionState) place.get(1), count));
    CampaignRule.Move move =
        CampaignRule.ticked(
            batch.campaign("c").orElseThrow(), fresh, EventIds.request(), world.now);
    batch.put(move.campaign());
    move.said().ifPresent(world.said::add);
    for (DeviceChange change : batch.changes()) {
      if (change.state() == EditionState.QUEUED) {
        if (move.release().filter(wave -> wave == change.wave()).isPresent()) {
          world.events.released(batch, change, world.now);
        } else if (move.giveUp().isPresent()) {
          world.events.givenUp(batch, change, move.giveUp().get(), world.now);
        }
      }
    }
  }

  private void fail(String id) {
    world.report(
        World.stage(world.change(id), EditionStage.SET_EDITION, false, "1168", null, null));
  }

  @Test
  @DisplayName("S0-30 waves begin one after the other, each when the one before has ended")
  void waves() {
    plan(simple(null));
    String first = ask("a", 1);
    String second = ask("b", 2);
    assertThat(world.change(first).state()).isEqualTo(EditionState.QUEUED);
    tick();
    assertThat(world.change(first).state()).isEqualTo(EditionState.PLANNED);
    tick();
    assertThat(world.change(second).state()).isEqualTo(EditionState.QUEUED);
    fail(first);
    tick();
    assertThat(world.change(second).state()).isEqualTo(EditionState.PLANNED);
    assertThat(world.batch.campaign("c").orElseThrow().wave()).isEqualTo(2);
  }

  @Test
  @DisplayName("S0-30 an abnormal failure rate pauses; the operator has seen it and resumes")
  void pauses() {
    plan(simple(null));
    List<String> ids = List.of(ask("a", 1), ask("b", 1));
    ask("c", 2);
    tick();
    ids.forEach(this::fail);
    tick();
    Campaign paused = world.batch.campaign("c").orElseThrow();
    assertThat(paused.state()).isEqualTo(CampaignState.PAUSED);
    assertThat(paused.reason()).isEqualTo("FAILURE_RATE_ABNORMAL");
    EditionCampaignChanged said = world.said(EditionCampaignChanged.class).getLast();
    assertThat(said.detail()).containsEntry("failed", 2L).containsEntry("completed", 0L);

    world.batch.count("c").loaded(1, EditionState.FAILED, 2);
    world.requests.control(
        world.batch,
        EventIds.request(),
        new EditionCampaignControlled("c", CampaignAction.RESUME, "seen"),
        world.now);
    tick();
    assertThat(world.batch.campaign("c").orElseThrow().state()).isEqualTo(CampaignState.RUNNING);
    assertThat(world.batch.campaign("c").orElseThrow().wave()).isEqualTo(2);
  }

  @Test
  @DisplayName("Nothing is released before the opening or outside of the daily window")
  void window() {
    plan(
        EditionCampaignRequestedBuilder.builder()
            .campaignId("c")
            .opensAt(world.now.plus(Duration.ofDays(1)))
            .windowFromMinute(1320)
            .windowToMinute(120)
            .build());
    String id = ask("a", 1);
    tick();
    world.later(Duration.ofDays(1));
    tick();
    assertThat(world.change(id).state()).isEqualTo(EditionState.QUEUED);
    // 08:00 and 17 hours later it is one o'clock at night.
    world.later(Duration.ofHours(17));
    tick();
    assertThat(world.change(id).state()).isEqualTo(EditionState.PLANNED);
  }

  @Test
  @DisplayName("A campaign that would never open is no campaign")
  void neverOpen() {
    Instant at = world.now;
    assertThat(invalid(at, at, null, null)).contains("closesAt");
    assertThat(invalid(null, null, 60, 60)).contains("windowToMinute");
    assertThat(invalid(null, null, 60, null)).contains("windowFromMinute");
    assertThat(invalid(null, null, null, 60)).contains("windowToMinute");
    assertThat(invalid(at, at.plusSeconds(1), 1320, 120)).isEmpty();
  }

  private static Optional<String> invalid(Instant opens, Instant closes, Integer from, Integer to) {
    Fields fields = new Fields();
    EditionCampaignRequestedBuilder.builder()
        .campaignId("c")
        .opensAt(opens)
        .closesAt(closes)
        .windowFromMinute(from)
        .windowToMinute(to)
        .build()
        .check(fields);
    return fields.invalid();
  }

  @Test
  @DisplayName("What a cancelled or closed campaign did not release is given up")
  void ends() {
    plan(simple(world.now.plus(Duration.ofDays(1))));
    String id = ask("a", 1);
    world.later(Duration.ofDays(2));
    tick();
    assertThat(world.change(id).status().reason()).isEqualTo("CAMPAIGN_CLOSED");
    assertThat(world.ask(inCampaign("b")).reason()).isEqualTo("CAMPAIGN_ENDED");
    assertThat(
            world.requests.control(
                world.batch,
                EventIds.request(),
                new EditionCampaignControlled("c", CampaignAction.RESUME, null),
                world.now))
        .isInstanceOfSatisfying(
            RegistrationRefused.class, r -> assertThat(r.reason()).isEqualTo("CAMPAIGN_ENDED"));
  }

  @Test
  @DisplayName("A campaign nobody planned takes no upgrades")
  void unknown() {
    assertThat(world.ask(inCampaign("a")).reason()).isEqualTo("CAMPAIGN_UNKNOWN");
  }

  private static World.Upgrade inCampaign(String device) {
    World.Upgrade asked = upgrade().device(device);
    asked.campaign = "c";
    return asked;
  }
}
