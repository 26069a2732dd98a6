package io.kagimori.esu.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.EsuVerdict;
import io.kagimori.contracts.event.Verdict;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is asked in whatever order on whatever day, years stay cumulative. */
class CumulativeYearsTest {
  private static final List<String> PRODUCTS =
      List.of("windows-7", "windows-10", "windows-server-2012-r2", "windows-server-2008-r2");

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName(
      "A year is never got without those before it, never twice, never outside its program")
  void cumulative(long seed) {
    Random random = new Random(seed);
    String product = PRODUCTS.get(random.nextInt(PRODUCTS.size()));
    List<EsuYear> years =
        World.PLAN.of(product).stream().filter(y -> y.sale() == EsuYear.Sale.KEY).toList();
    World world = new World();
    Set<Integer> got = new HashSet<>();
    LocalDate day = years.getFirst().start().minusDays(30);
    for (int step = 0; step < 30; step++) {
      day = day.plusDays(random.nextInt(120));
      EsuYear year = years.get(random.nextInt(years.size()));
      world.on(day);
      world.tick();
      Conclusion asked = world.enrol(Ask.ready(year));
      boolean may =
          !got.contains(year.year())
              && !day.isBefore(year.start())
              && !day.isAfter(years.getLast().end().orElseThrow())
              && years.stream().allMatch(y -> y.year() >= year.year() || got.contains(y.year()));
      assertThat(asked.activation().isPresent())
          .as("seed %d, %s, year %d with %s", seed, day, year.year(), got)
          .isEqualTo(may);
      if (may) {
        world.result(asked, Verdict.GRANTED, null);
        if (random.nextInt(4) > 0) {
          world.result(asked, Verdict.CONFIRMED, null);
          got.add(year.year());
        } else {
          world.result(asked, Verdict.EXPIRED, "LEASE_EXPIRED");
        }
      }
      assertCoverage(world, years, got, day);
    }
    assertThat(world.saidHow(EsuVerdict.ENTITLED)).isEqualTo(got.size());
  }

  private static void assertCoverage(
      World world, List<EsuYear> years, Set<Integer> got, LocalDate day) {
    boolean covered = years.stream().anyMatch(y -> y.covers(day) && got.contains(y.year()));
    assertThat(world.coverage().state() == CoverageState.COVERED).isEqualTo(covered);
  }
}
