package io.kagimori.activation.domain;

import static io.kagimori.activation.Samples.NOON;
import static io.kagimori.activation.Samples.license;
import static io.kagimori.activation.Samples.mak;
import static io.kagimori.activation.Samples.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.catalogue.Catalogue;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The countdown of a new installation. */
class InitialGraceTest {
  private final InitialGrace grace = new InitialGrace(Catalogue.get().kmsRules());

  @ParameterizedTest(name = "{0} build {1}: {2} days")
  @CsvSource({
    "windows-vista, 6000, 30",
    "windows-vista, , 30",
    "windows-vista, 5600, 14",
    "windows-vista, 6.0.5600.16384, 14",
    "windows-server-2008, 6001, 60",
    "windows-server-2008, 5600, 14",
    "windows-7, 7601, 30",
    "windows-server-2008-r2, 7601, 30",
    "windows-10, 19045, ",
    "windows-server-2019, 17763, "
  })
  @DisplayName("S2-10 initial grace: its length by generation, 14 days for prerelease builds")
  void length(String product, String build, Integer days) {
    assertThat(grace.length(product, build).map(Duration::toDays).map(Long::intValue).orElse(null))
        .isEqualTo(days);
  }

  @ParameterizedTest(name = "{0} after {1} hours: {2} days left, {3}")
  @CsvSource({
    "windows-7, 0, 30, RUNNING",
    "windows-7, 1, 30, RUNNING",
    "windows-7, 24, 29, RUNNING",
    "windows-7, 695, 2, RUNNING",
    "windows-7, 696, 1, LAST_DAY",
    "windows-7, 719, 1, LAST_DAY",
    "windows-7, 720, 0, NOTIFICATION",
    "windows-vista, 720, 0, REDUCED_FUNCTIONALITY",
    "windows-vista, 9999, 0, REDUCED_FUNCTIONALITY"
  })
  @DisplayName("S2-10 initial grace: countdown, alarm on the last day, then by generation")
  void countdown(String product, int hours, long daysLeft, InitialGrace.Phase phase) {
    InitialGrace.Countdown countdown =
        InitialGrace.countdown(
            product, NOON, Duration.ofDays(30), NOON.plus(Duration.ofHours(hours)));

    assertThat(countdown.daysLeft()).isEqualTo(daysLeft);
    assertThat(countdown.phase()).isEqualTo(phase);
    assertThat(countdown.alarm()).isEqualTo(phase != InitialGrace.Phase.RUNNING);
  }

  @Test
  @DisplayName("S2-10 initial grace: a device counts down from its report, and stops when licensed")
  void device() {
    World world = new World();
    world.ask(mak("pc-1").product("windows-7").refused("NO_KEY", null, null));
    world.report(report("pc-1", NOON, license("VOLUME_MAK", "AAAAA", 2, null, null)), NOON);
    Instant tomorrow = NOON.plus(Duration.ofDays(1));
    world.report(report("pc-1", tomorrow, license("VOLUME_MAK", "AAAAA", 2, null, null)), tomorrow);

    assertThat(grace.of(world.device("pc-1"), tomorrow).orElseThrow().endsAt())
        .isEqualTo(NOON.plus(Duration.ofDays(30)));

    Instant then = tomorrow.plusSeconds(60);
    world.report(report("pc-1", then, license("VOLUME_MAK", "AAAAA", 1, 0L, null)), then);
    assertThat(grace.of(world.device("pc-1"), then)).isEmpty();
  }

  @Test
  @DisplayName("S2-10 initial grace: remaining minutes that were reported decide")
  void reportedMinutes() {
    World world = new World();
    world.report(report("pc-1", NOON, license("VOLUME_MAK", "AAAAA", 2, 1440L, null)), NOON);

    InitialGrace.Countdown countdown = grace.of(world.device("pc-1"), NOON).orElseThrow();
    assertThat(countdown.phase()).isEqualTo(InitialGrace.Phase.LAST_DAY);
  }
}
