package io.kagimori.esu.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuVerdict;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Both sides of every boundary of every program. The days stand here once more, as the lifecycle
 * pages name them, so that a slip in the data or in its reading is seen.
 */
class EsuBoundariesTest {
  /** Product, year, first day, last day; no last day where none was published. */
  private static final String DAYS =
      """
      windows-7, 1, 2020-01-14, 2021-01-12
      windows-7, 2, 2021-01-13, 2022-01-11
      windows-7, 3, 2022-01-12, 2023-01-10
      windows-7-professional-for-embedded-systems, 1, 2020-01-14, 2021-01-12
      windows-7-professional-for-embedded-systems, 2, 2021-01-13, 2022-01-11
      windows-7-professional-for-embedded-systems, 3, 2022-01-12, 2023-01-10
      windows-server-2008-r2, 1, 2020-01-14, 2021-01-12
      windows-server-2008-r2, 2, 2021-01-13, 2022-01-11
      windows-server-2008-r2, 3, 2022-01-12, 2023-01-10
      windows-server-2008-r2, 4, 2023-01-11, 2024-01-09
      windows-server-2008, 1, 2020-01-14, 2021-01-12
      windows-server-2008, 2, 2021-01-13, 2022-01-11
      windows-server-2008, 3, 2022-01-12, 2023-01-10
      windows-server-2008, 4, 2023-01-11, 2024-01-09
      windows-embedded-standard-7-sp1, 1, 2020-10-13, 2021-10-11
      windows-embedded-standard-7-sp1, 2, 2021-10-12, 2022-10-10
      windows-embedded-standard-7-sp1, 3, 2022-10-11, 2023-10-10
      windows-embedded-posready-7, 1, 2021-10-13, 2022-10-11
      windows-embedded-posready-7, 2, 2022-10-12, 2023-10-10
      windows-embedded-posready-7, 3, 2023-10-11, 2024-10-08
      windows-server-2012-r2, 1, 2023-10-11, 2024-10-08
      windows-server-2012-r2, 2, 2024-10-09, 2025-10-14
      windows-server-2012-r2, 3, 2025-10-15, 2026-10-13
      windows-server-2012, 1, 2023-10-11, 2024-10-08
      windows-server-2012, 2, 2024-10-09, 2025-10-14
      windows-server-2012, 3, 2025-10-15, 2026-10-13
      windows-server-2012-and-2012-r2-for-embedded-systems, 1, 2023-10-11, 2024-10-08
      windows-server-2012-and-2012-r2-for-embedded-systems, 2, 2024-10-09, 2025-10-14
      windows-server-2012-and-2012-r2-for-embedded-systems, 3, 2025-10-15, 2026-10-13
      windows-10, 1, 2025-10-15, 2026-10-13
      windows-10, 2, 2026-10-14, 2027-10-12
      windows-10, 3, 2027-10-13, 2028-10-10
      windows-10-enterprise-ltsb-2016, 1, 2026-10-14,
      windows-10-iot-enterprise-2016-ltsb, 1, 2026-10-14,
      windows-server-2016, 1, 2027-01-13,
      """;

  private static final EsuPlan PLAN = World.PLAN;

  @Test
  @DisplayName("S3-12 every year of every program stands in the list of days, and no other")
  void everyYear() {
    Set<String> listed = new HashSet<>();
    DAYS.lines()
        .map(line -> line.split(",\\s*"))
        .forEach(cells -> listed.add(cells[0] + " " + cells[1]));
    assertThat(PLAN.years())
        .extracting(year -> year.product() + " " + year.year())
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  @ParameterizedTest
  @CsvSource(textBlock = DAYS)
  @DisplayName("S3-12 the first and the last day are in the year, the days around them are not")
  void bothSides(String product, int year, LocalDate first, LocalDate last) {
    assertThat(on(product, first)).isEqualTo(year);
    assertThat(on(product, first.minusDays(1))).isEqualTo(year - 1);
    if (last == null) {
      assertThat(on(product, first.plusYears(10))).isEqualTo(year);
      return;
    }
    assertThat(on(product, last)).isEqualTo(year);
    int next = PLAN.find(product, year + 1).map(EsuYear::year).orElse(0);
    assertThat(on(product, last.plusDays(1))).isEqualTo(next);
  }

  private static int on(String product, LocalDate day) {
    return PLAN.on(product, day).map(EsuYear::year).orElse(0);
  }

  @ParameterizedTest
  @CsvSource(textBlock = DAYS)
  @DisplayName(
      "S3-13 covered to the last day; on the next one it lapses, or the next year carries it")
  void turn(String product, int number, LocalDate first, LocalDate last) {
    EsuYear year = PLAN.find(product, number).orElseThrow();
    World world = done(year, new World().on(first));
    assertThat(world.tick().results()).isEmpty();
    assertThat(covered(world, first)).isTrue();
    assertThat(covered(world, first.minusDays(1))).isFalse();
    if (last == null) {
      assertThat(world.turn.dueOn(world.device)).isEmpty();
      return;
    }
    assertThat(world.on(last).tick().results()).isEmpty();
    assertThat(covered(world, last)).isTrue();
    assertThat(world.turn.dueOn(world.device)).contains(last.plusDays(1));

    World renewed = done(year, new World().on(first));
    List<EsuResult> lapsed = world.on(last.plusDays(1)).tick().results();
    assertThat(lapsed).extracting(EsuResult::verdict).containsExactly(EsuVerdict.LAPSED);
    assertThat(lapsed.getFirst().year()).isEqualTo(number);
    assertThat(world.coverage().state()).isEqualTo(CoverageState.LAPSED);

    PLAN.find(product, number + 1)
        .ifPresent(
            next -> {
              done(next, renewed.on(last.plusDays(1)));
              assertThat(renewed.tick().results()).isEmpty();
              assertThat(covered(renewed, last.plusDays(1))).isTrue();
            });
  }

  private static boolean covered(World world, LocalDate day) {
    return Coverage.of(world.device, PLAN, day).state() == CoverageState.COVERED;
  }

  /** Whatever way the year is sold, it was got on that way and is only recorded. */
  private static World done(EsuYear year, World world) {
    Conclusion conclusion = world.enrol(Ask.ready(year).activated());
    assertThat(conclusion.results())
        .extracting(EsuResult::verdict)
        .as("%s", conclusion.results())
        .containsExactly(EsuVerdict.ENTITLED);
    return world;
  }
}
