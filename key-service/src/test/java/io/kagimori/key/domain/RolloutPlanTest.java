package io.kagimori.key.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RolloutPlanTest {
  @Test
  @DisplayName("S4-15 200 activations against 150 seats: 50 are missing before the roll-out starts")
  void shortfall() {
    assertThat(RolloutPlan.of("k", 200, 150)).isEqualTo(new RolloutPlan("k", 200, 150, 50, false));
  }

  @Test
  @DisplayName("S4-15 as many seats as activations suffice, and more do too")
  void sufficient() {
    assertThat(RolloutPlan.of("k", 150, 150)).isEqualTo(new RolloutPlan("k", 150, 150, 0, true));
    assertThat(RolloutPlan.of("k", 0, 150)).isEqualTo(new RolloutPlan("k", 0, 150, 0, true));
  }
}
