package io.kagimori.activation.domain;

import static io.kagimori.activation.Samples.LEASE;
import static io.kagimori.activation.Samples.NOON;
import static io.kagimori.activation.Samples.mak;
import static io.kagimori.activation.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.activation.Samples;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories of one activation against a second, simpler model of its states. */
class LifeCycleTest {
  private static final ActivationStage[] STAGES = ActivationStage.values();
  private static final Set<ActivationStage> CONFIRMING =
      EnumSet.of(ActivationStage.ATO, ActivationStage.DLV, ActivationStage.CONFIRMATION_ID);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  @DisplayName("Whatever is reported in whatever order, the state is what the simple model says")
  void states(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 100; run++) {
      World world = new World();
      KeyVerdict asked = mak("pc").accepted();
      world.ask(asked);
      ActivationState expected = ActivationState.GRANTED;
      Instant now = NOON;
      boolean lateSeen = false;
      for (int i = 0; i < 12; i++) {
        now = now.plus(Duration.ofHours(random.nextInt(8)));
        if (random.nextInt(4) == 0) {
          boolean due = expected == ActivationState.GRANTED && !now.isBefore(NOON.plus(LEASE));
          assertThat(world.tick(now)).as("seed %d run %d", seed, run).hasSize(due ? 1 : 0);
          expected = due ? ActivationState.EXPIRED : expected;
        } else {
          ActivationStage stage = STAGES[random.nextInt(STAGES.length)];
          boolean ok = random.nextBoolean();
          Samples.Step step = step(asked, stage);
          Optional<ActivationResult> answer =
              world.hear(ok ? step.said() : step.failed("0xC004F074").said(), now);
          ActivationState next = next(expected, stage, ok);
          lateSeen |=
              next == ActivationState.CONFIRMED
                  && expected != ActivationState.CONFIRMED
                  && (expected == ActivationState.EXPIRED || now.isAfter(NOON.plus(LEASE)));
          expected = next;
          boolean late = lateSeen;
          answer
              .filter(result -> result.verdict() == Verdict.CONFIRMED)
              .ifPresent(result -> assertThat(result.warnings().isEmpty()).isEqualTo(!late));
        }
        assertThat(world.activation(asked).state())
            .as("seed %d run %d step %d", seed, run, i)
            .isEqualTo(expected);
      }
    }
  }

  private static ActivationState next(ActivationState from, ActivationStage stage, boolean ok) {
    boolean success = ok && CONFIRMING.contains(stage);
    boolean failure = !ok && stage != ActivationStage.UPK && stage != ActivationStage.DLV;
    if (from == ActivationState.CONFIRMED || success) {
      return success ? ActivationState.CONFIRMED : from;
    }
    return failure ? ActivationState.FAILED : from;
  }
}
