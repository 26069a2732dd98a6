package io.kagimori.agent.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Services die at random moments while agents ask and report. */
class RandomKillsIT {
  private static final int REQUESTS = 2_400;
  private static final int PER_SECOND = 100;
  private static final int KILLS = 6;

  @Test
  @DisplayName("Services killed at random moments under load: each request has one outcome")
  void killedAtRandom() throws Exception {
    CrashStack stack = CrashStack.single();
    long seed = Seed.next();
    Random random = new Random(seed);
    Workload work = Workload.of(stack, seed, Workload.label("kills"), REQUESTS);
    int restartsBefore = restarts(stack);
    try (Scenario scenario = new Scenario(stack);
        Fleet fleet = new Fleet(stack, work, PER_SECOND, Fleet.Reporting.AT_ONCE)) {
      fleet.publish();
      int moment = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        moment += 1 + random.nextInt(2 * REQUESTS / (KILLS + 1));
        int due = Math.min(moment, REQUESTS);
        String victim = CrashStack.SERVICES.get(random.nextInt(2));
        await("moment of kill %d, seed %d".formatted(kill, seed))
            .atMost(CrashStack.SOON)
            .until(() -> fleet.sent() >= due);
        await("victim runs").atMost(CrashStack.SOON).until(() -> stack.service(victim).isRunning());
        stack.service(victim).kill();
      }
      fleet.awaitDone();
      scenario.audit(fleet);
      assertThat(restarts(stack) - restartsBefore).as("seed %d", seed).isEqualTo(KILLS);
    }
  }

  private static int restarts(CrashStack stack) {
    return CrashStack.SERVICES.stream().mapToInt(name -> stack.service(name).restarts()).sum();
  }
}
