package io.kagimori.agent.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagimori.local.Supervised;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Broker or database are away for half a minute while agents ask and report. */
class OutageIT {
  private static final Duration OUTAGE = Duration.ofSeconds(30);
  private static final int REQUESTS = 2_000;
  private static final int PER_SECOND = 60;

  private CrashStack stack;
  private long seed;

  @BeforeEach
  void well() {
    stack = CrashStack.single();
    seed = Seed.next();
  }

  @Test
  @DisplayName("Broker away for 30 s under load: nothing is lost, no service restarts")
  void brokerAway() throws Exception {
    outage("broker", stack.broker(), () -> true);
  }

  @Test
  @DisplayName(
      "Database away for 30 s under load: services not ready meanwhile, then ready without restart")
  void databaseAway() throws Exception {
    outage("database", stack.postgres(), () -> !anyReady());
  }

  private void outage(String name, Supervised part, BooleanSupplier meanwhile) throws Exception {
    Workload work = Workload.of(stack, seed, Workload.label(name), REQUESTS);
    Map<String, Integer> restarts = stack.restarts();
    List<Long> processes = processes();
    try (Scenario scenario = new Scenario(stack);
        Fleet fleet = new Fleet(stack, work, PER_SECOND, Fleet.Reporting.AT_ONCE)) {
      fleet.publish();
      await("load").atMost(CrashStack.SOON).until(() -> fleet.sent() > REQUESTS / 10);
      part.stop();
      await("noticed").atMost(OUTAGE).until(meanwhile::getAsBoolean);
      await(name + " away, seed " + seed)
          .pollInterval(Duration.ofSeconds(1))
          .during(OUTAGE)
          .atMost(OUTAGE.multipliedBy(2))
          .until(() -> meanwhile.getAsBoolean() && !part.isRunning());
      part.start();
      CrashStack.awaitReady(part);

      fleet.awaitDone();
      scenario.audit(fleet);
      stack.awaitReady();
      assertThat(processes()).isEqualTo(processes);
      assertThat(stack.restarts()).isEqualTo(restarts);
    }
  }

  private boolean anyReady() {
    return CrashStack.SERVICES.stream().anyMatch(name -> stack.service(name).isReady());
  }

  private List<Long> processes() {
    return CrashStack.SERVICES.stream().map(name -> stack.service(name).pid()).toList();
  }
}
