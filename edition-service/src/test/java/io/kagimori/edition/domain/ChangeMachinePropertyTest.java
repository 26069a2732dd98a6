package io.kagimori.edition.domain;

import static io.kagimori.edition.domain.World.R2;
import static io.kagimori.edition.domain.World.upgrade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.AgreementProgram;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.EditionResult;
import io.kagimori.contracts.event.EditionStage;
import io.kagimori.contracts.event.EditionState;
import io.kagimori.contracts.event.Event;
import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Thousands of random histories of upgrades and re-images: any order, repeats, gaps, silence. */
class ChangeMachinePropertyTest {
  private static final List<Verdict> VERDICTS = List.copyOf(EnumSet.allOf(Verdict.class));
  private static final int RUNS = 4_000;

  /** Where a change may go from a state that was published; the states published are the keys. */
  private static final Map<EditionState, Set<EditionState>> CLOSED =
      Map.of(
          EditionState.COMPLETED, Set.of(),
          EditionState.REFUSED, Set.of(),
          EditionState.NEEDS_ACTIVATION, Set.of(EditionState.COMPLETED),
          EditionState.FAILED, Set.of(EditionState.VERIFIED),
          EditionState.VERIFIED, Set.of(EditionState.ACTIVATION_REQUESTED),
          EditionState.ACTIVATION_REQUESTED,
              // Failed here means that a re-image has taken the device.
              Set.of(EditionState.COMPLETED, EditionState.NEEDS_ACTIVATION, EditionState.FAILED));

  /** The ends, told apart from what the machine itself takes for one. */
  private static final Set<EditionState> ENDS =
      EnumSet.of(
          EditionState.COMPLETED,
          EditionState.REFUSED,
          EditionState.FAILED,
          EditionState.NEEDS_ACTIVATION);

  @Test
  @DisplayName("Random histories never reach an illegal state, upgrade twice or lose a device")
  void randomHistories() {
    for (int seed = 0; seed < RUNS; seed++) {
      run(seed);
    }
  }

  @Test
  @DisplayName("The same history once more gives the same rows and the same answers")
  void replay() {
    for (int seed = 0; seed < RUNS / 10; seed++) {
      World first = run(seed);
      World again = run(seed);

      assertThat(again.batch.changes())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(first.batch.changes());
      assertThat(again.batch.changedDevices())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(first.batch.changedDevices());
      assertThat(again.said).as("seed %d", seed).isEqualTo(first.said);
    }
  }

  private static World run(int seed) {
    Random random = new Random(seed);
    World world =
        new World()
            .mak("mak-hq", R2, 100)
            .agreement("ea", AgreementProgram.EA, 0)
            .image("std-ja", ImageKind.VOLUME, R2, "ServerStandard", "ja-JP", "mak-hq");
    List<String> devices = List.of("a", "b");
    for (int i = 0; i < 60; i++) {
      world.later(Duration.ofMinutes(random.nextInt(40)));
      act(world, random, devices.get(random.nextInt(devices.size())));
      checkOneAtATime(world, seed);
    }
    for (int i = 0; i < 12; i++) {
      world.later(Duration.ofDays(10)).tick();
    }
    checkEnds(world, seed);
    checkHistory(world, seed);
    return world;
  }

  private static void act(World world, Random random, String device) {
    List<DeviceChange> changes =
        world.batch.changes().stream().filter(c -> c.deviceId().equals(device)).toList();
    int what = random.nextInt(10);
    if (what == 0 && random.nextInt(3) == 0) {
      world.decide(
          new UUID(random.nextLong(), random.nextLong()),
          World.reimage(device, "std-ja", "ea", R2, "ServerStandard", "ja-JP", null));
      return;
    }
    if (changes.isEmpty() || what == 0) {
      String to = random.nextBoolean() ? "ServerEnterprise" : "ServerDatacenter";
      World.Upgrade asked = upgrade().device(device);
      asked.from = null;
      asked.to = to;
      if (world.batch.device(device).edition() == null) {
        asked.from = "ServerStandard";
      }
      world.ask(new UUID(random.nextLong(), random.nextLong()), asked);
      return;
    }
    DeviceChange change = changes.get(random.nextInt(changes.size()));
    if (what < 6) {
      EditionStage[] stages = EditionStage.values();
      EditionStage stage =
          change.kind() == ChangeKind.REIMAGE
              ? EditionStage.REIMAGED
              : stages[random.nextInt(stages.length)];
      boolean good = random.nextInt(6) > 0;
      String[] codes = {"1605", "50", "3010", "0xC004F050", "nonsense", null};
      String code = good ? null : codes[random.nextInt(codes.length)];
      String edition =
          random.nextInt(4) == 0 || change.target() == null ? "ServerStandard" : change.target();
      var report = World.stage(change, stage, good, code, null, edition);
      world.report(report);
      if (random.nextInt(3) == 0) {
        world.report(report);
      }
    } else if (what == 6) {
      String edition = random.nextBoolean() ? "ServerEnterprise" : "ServerStandard";
      world
          .events
          .seen(
              world.batch,
              DeviceReportedBuilder.builder()
                  .deviceId(device)
                  .collectedAt(world.now)
                  .source("DISM")
                  .edition(edition)
                  .build(),
              world.now)
          .forEach(step -> world.said.addAll(step.said()));
    } else if (what < 9 && change.activationId() != null) {
      Verdict verdict = VERDICTS.get(random.nextInt(VERDICTS.size()));
      Channel channel = random.nextBoolean() ? Channel.MAK : Channel.KMS;
      world.activation(change, verdict, verdict == Verdict.REFUSED ? "NO_KEY" : null, channel);
    } else {
      world.tick();
    }
  }

  private static void checkOneAtATime(World world, int seed) {
    Map<String, Integer> holding = new HashMap<>();
    for (DeviceChange change : world.batch.changes()) {
      boolean begun = change.kind() == ChangeKind.UPGRADE || change.activationId() != null;
      if (begun && !ENDS.contains(change.state())) {
        assertThat(holding.merge(change.deviceId(), 1, Integer::sum))
            .as("seed %d: two upgrades run on %s", seed, change.deviceId())
            .isEqualTo(1);
        assertThat(world.batch.device(change.deviceId()).openChange())
            .as("seed %d", seed)
            .isEqualTo(change.id());
      }
    }
  }

  private static void checkEnds(World world, int seed) {
    for (DeviceChange change : world.batch.changes()) {
      assertThat(change.state()).as("seed %d: %s", seed, change.status()).isIn(ENDS);
      assertThat(change.status().dueAt()).as("seed %d", seed).isNull();
      assertThat(change.endedAt()).as("seed %d", seed).isNotNull();
      assertThat(world.batch.device(change.deviceId()).openChange()).as("seed %d", seed).isNull();
      // Whoever changed is activated, or is seen to be in need of it.
      boolean taken = Reasons.SUPERSEDED_BY_REIMAGE.equals(change.status().reason());
      if (change.activationId() != null && !taken) {
        assertThat(change.state())
            .as("seed %d", seed)
            .isIn(EditionState.COMPLETED, EditionState.NEEDS_ACTIVATION);
      }
    }
  }

  private static void checkHistory(World world, int seed) {
    Map<String, List<EditionState>> states = new HashMap<>();
    for (EditionResult result : world.said(EditionResult.class)) {
      states.computeIfAbsent(result.requestId(), r -> new ArrayList<>()).add(result.state());
    }
    states.forEach(
        (request, seen) -> {
          assertThat(seen.stream().filter(s -> s == EditionState.VERIFIED).count())
              .as("seed %d: verified once at most, %s", seed, seen)
              .isLessThanOrEqualTo(1);
          for (int i = 1; i < seen.size(); i++) {
            Set<EditionState> allowed = CLOSED.get(seen.get(i - 1));
            if (allowed != null) {
              assertThat(seen.get(i)).as("seed %d: %s", seed, seen).isIn(allowed);
            }
          }
        });
    List<Event> activations =
        world.said.stream().filter(ActivationRequested.class::isInstance).toList();
    assertThat(activations)
        .as("seed %d: one follow-up for each verified change", seed)
        .hasSize(
            (int) world.batch.changes().stream().filter(c -> c.activationId() != null).count());
  }
}
