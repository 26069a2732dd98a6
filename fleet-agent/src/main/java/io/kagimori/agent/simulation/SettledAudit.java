package io.kagimori.agent.simulation;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The audit of what settles a moment after the answers that move it, such as pools. */
final class SettledAudit {
  private static final Duration SETTLE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private SettledAudit() {}

  /**
   * The first summary that is good, or the last one when none is for 20 seconds.
   *
   * @param audit looks at everything anew
   * @param pause reads on for so long
   */
  static <S extends Audited> S of(Supplier<S> audit, Consumer<Duration> pause) {
    long deadline = System.nanoTime() + SETTLE.toNanos();
    S summary = audit.get();
    while (!summary.good() && System.nanoTime() < deadline) {
      pause.accept(PAUSE);
      summary = audit.get();
    }
    return summary;
  }
}
