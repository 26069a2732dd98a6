package io.kagimori.agent.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagimori.local.Supervised;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two instances of each service share topics and database. The first test begins with one; in this
 * order the second ones start once.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoInstancesIT {
  private static final int REQUESTS = 1_500;
  private static final int RUSH = 10_000;
  private static final int PER_SECOND = 80;
  private static final int COMINGS_AND_GOINGS = 6;
  private static final Map<String, String> CHANNELS =
      Map.of("key", "activation-requests", "activation", "key-verdicts");

  private CrashStack stack;
  private long seed;

  @BeforeEach
  void chance() {
    seed = Seed.next();
  }

  @Test
  @Order(1)
  @DisplayName("SX-01 the same load gives the same verdicts at one and at two instances")
  void sameVerdicts() throws Exception {
    stack = CrashStack.single();
    Map<String, Integer> alone = counts("alone");
    stack.addSeconds();
    Map<String, Double> before = work(1);

    Map<String, Integer> shared = counts("shared");

    assertThat(shared).as("seed %d", seed).isEqualTo(alone);
    assertThat(alone.keySet())
        .contains(
            "activation.granted ",
            "activation.refused MAK_EXHAUSTED",
            "activation.refused BELOW_THRESHOLD",
            "activation.refused UNKNOWN_PRODUCT",
            "activation.refused KEY_UNKNOWN",
            "activation.confirmed ");
    work(1).forEach((name, sum) -> assertThat(sum).as(name).isGreaterThan(before.get(name)));
    work(2).forEach((name, sum) -> assertThat(sum).as(name).isPositive());
  }

  private Map<String, Integer> counts(String label) throws Exception {
    Workload work = Workload.of(stack, seed, Workload.label(label), REQUESTS);
    try (Scenario scenario = new Scenario(stack);
        Fleet fleet = new Fleet(stack, work, 0, Fleet.Reporting.AFTERWARDS)) {
      fleet.publish();
      fleet.awaitDone();
      return scenario.audit(fleet).counts();
    }
  }

  @Test
  @DisplayName("Instances come and go while agents ask: each request has one outcome")
  void comeAndGo() throws Exception {
    stack = CrashStack.doubled();
    List<Supervised> instances =
        CrashStack.SERVICES.stream()
            .flatMap(name -> List.of(stack.service(name), stack.second(name)).stream())
            .toList();
    Random random = new Random(seed);
    Workload work = Workload.of(stack, seed, Workload.label("come"), REQUESTS);
    try (Scenario scenario = new Scenario(stack);
        Fleet fleet = new Fleet(stack, work, PER_SECOND, Fleet.Reporting.AT_ONCE)) {
      fleet.publish();
      int moment = 0;
      for (int change = 0; change < COMINGS_AND_GOINGS; change++) {
        moment += 1 + random.nextInt(2 * REQUESTS / (COMINGS_AND_GOINGS + 1));
        int due = Math.min(moment, REQUESTS);
        await("change %d, seed %d".formatted(change, seed))
            .atMost(CrashStack.SOON)
            .until(() -> fleet.sent() >= due);
        Supervised instance = instances.get(random.nextInt(instances.size()));
        if (instance.isRunning()) {
          instance.stop();
        } else {
          instance.start();
        }
      }
      instances.forEach(Supervised::start);
      fleet.awaitDone();
      scenario.audit(fleet);
    }
  }

  @Test
  @DisplayName("Ten thousand requests for the last seat at two instances: one is granted")
  void lastSeat() throws Exception {
    stack = CrashStack.doubled();
    Workload work = Workload.rush(stack, Workload.label("last"), RUSH, 1);
    try (Scenario scenario = new Scenario(stack);
        Fleet fleet = new Fleet(stack, work, 0, Fleet.Reporting.AFTERWARDS)) {
      fleet.publish();
      fleet.awaitDone();
      assertThat(scenario.audit(fleet).counts())
          .containsEntry("activation.granted ", 1)
          .containsEntry("activation.refused MAK_EXHAUSTED", RUSH - 1);
    }
  }

  /** Records that an instance of each service took from its main topic so far. */
  private Map<String, Double> work(int instance) {
    return Map.of("key", sum("key", instance), "activation", sum("activation", instance));
  }

  private double sum(String service, int instance) {
    String metrics = stack.get(service, instance, "/q/metrics").body();
    Pattern line =
        Pattern.compile(
            "^kagimori_batch_size_sum\\{[^}]*channel=\"%s\"[^}]*} (\\S+)$"
                .formatted(CHANNELS.get(service)),
            Pattern.MULTILINE);
    return line.matcher(metrics)
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .sum();
  }
}
