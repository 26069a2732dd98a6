package io.kagimori.agent.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records come again: nothing stored may change, and the answers come again to the byte. */
class RedeliveryIT {
  private static final int REQUESTS = 800;
  private static final int DURING_STOPS = 6_000;
  private static final int PER_SECOND = 400;

  private CrashStack stack;
  private long seed;

  @BeforeEach
  void well() {
    stack = CrashStack.single();
    seed = Seed.next();
  }

  /**
   * A crash between publishing and committing offsets leaves just this: answers published, offsets
   * behind them.
   */
  @ParameterizedTest(
      name = "{0}-service dies between publish and offset commit: repeated, nothing changes")
  @ValueSource(strings = {"key", "activation"})
  void offsetsBehind(String service) throws Exception {
    Workload work = Workload.of(stack, seed, Workload.label("behind"), REQUESTS);
    try (Scenario scenario = new Scenario(stack);
        Fleet fleet = new Fleet(stack, work, 0, Fleet.Reporting.AT_ONCE)) {
      fleet.publish();
      fleet.awaitDone();
      AnswerAudit once = scenario.audit(fleet);
      Map<String, String> before = Tables.digests(stack);

      stack.service(service).stop();
      scenario.groups().setBack(service + "-service", REQUESTS / 8);
      stack.service(service).start();

      AnswerAudit again = scenario.audit(fleet);
      assertThat(again.repeated()).as("seed %d", seed).isGreaterThan(once.repeated());
      assertThat(again.counts()).isEqualTo(once.counts());
      assertThat(Tables.digests(stack)).as("seed %d", seed).isEqualTo(before);
    }
  }

  @Test
  @DisplayName("All topics delivered again from offset zero: no row changes, answers as before")
  void fromTheBeginning() throws Exception {
    Workload work = Workload.of(stack, seed, Workload.label("zero"), REQUESTS);
    try (Scenario scenario = new Scenario(stack);
        Fleet fleet = new Fleet(stack, work, 0, Fleet.Reporting.AT_ONCE)) {
      fleet.publish();
      fleet.awaitDone();
      AnswerAudit once = scenario.audit(fleet);
      Map<String, String> before = Tables.digests(stack);
      Map<String, String> answersBefore = scenario.everythingPublished();

      CrashStack.SERVICES.forEach(name -> stack.service(name).stop());
      for (String service : CrashStack.SERVICES) {
        scenario.groups().setToBeginning(service + "-service");
      }
      CrashStack.SERVICES.forEach(name -> stack.service(name).start());

      AnswerAudit again = scenario.audit(fleet);
      assertThat(again.repeated())
          .as("answers that came again, seed %d", seed)
          .isEqualTo(again.counts().values().stream().collect(Collectors.summingInt(n -> n)));
      assertThat(again.counts()).isEqualTo(once.counts());
      assertThat(scenario.everythingPublished()).as("seed %d", seed).isEqualTo(answersBefore);
      assertThat(Tables.digests(stack)).as("seed %d", seed).isEqualTo(before);
    }
  }

  @Test
  @DisplayName("Services stopped while agents ask end their polls first: no answer comes twice")
  void stopped() throws Exception {
    Workload work = Workload.rush(stack, Workload.label("stop"), DURING_STOPS, DURING_STOPS);
    try (Scenario scenario = new Scenario(stack);
        Fleet fleet = new Fleet(stack, work, PER_SECOND, Fleet.Reporting.AT_ONCE)) {
      fleet.publish();
      int due = 0;
      for (String service : CrashStack.SERVICES) {
        due += DURING_STOPS / 3;
        int moment = due;
        await(service).atMost(CrashStack.SOON).until(() -> fleet.sent() >= moment);
        stack.service(service).stop();
        stack.service(service).start();
      }
      fleet.awaitDone();
      assertThat(scenario.audit(fleet).repeated()).isZero();
    }
  }
}
