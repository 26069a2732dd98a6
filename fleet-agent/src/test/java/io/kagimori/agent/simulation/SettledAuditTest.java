package io.kagimori.agent.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SettledAuditTest {
  private final AtomicInteger looked = new AtomicInteger();
  private final List<Integer> pausedAfter = new ArrayList<>();

  private record Pool(int lost, Map<String, Boolean> invariants) implements Audited {}

  /** Looks until it has looked so often. */
  private Pool settledAfter(int looks) {
    return SettledAudit.of(
        () -> new Pool(0, Map.of("asAnswered", looked.incrementAndGet() == looks)),
        pause -> pausedAfter.add(looked.get()));
  }

  @Test
  @DisplayName("What is not settled yet is audited again, after a pause, until it is")
  void untilGood() {
    assertThat(settledAfter(3).good()).isTrue();
    assertThat(pausedAfter).containsExactly(1, 2);
  }

  @Test
  @DisplayName("What is good at once is audited once")
  void goodAtOnce() {
    assertThat(settledAfter(1).good()).isTrue();
    assertThat(pausedAfter).isEmpty();
  }
}
