package io.kagimori.esu.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.EsuImportSource;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuUpdateStage;
import io.kagimori.contracts.event.EsuVerdict;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Systems are upgraded and installed anew; each day is judged by its own. */
class ReplacedSystemsTest {
  private final World world = new World();

  @Test
  @DisplayName("A report with a newer build takes back what was said of the old system")
  void upgraded() {
    world.known(Ask.windows10().version("21H2").build("19044.1")).on("2026-11-21");
    assertThat(world.coverage().state()).isEqualTo(CoverageState.BLOCKED);
    world.system("SLMGR", "Enterprise", "19045.6456");
    assertThat(world.coverage().state()).isEqualTo(CoverageState.ELIGIBLE);
    assertThat(world.device.facts().version()).isEqualTo("22H2");

    world.system("SLMGR", "Enterprise", "26100.1742");
    assertThat(world.device.facts().product()).isEqualTo("windows-11");
    assertThat(world.coverage().state()).isEqualTo(CoverageState.NOT_APPLICABLE);
  }

  @Test
  @DisplayName("A day before an upgrade is judged by the system of that day")
  void beforeTheUpgrade() {
    world.on("2025-12-01").covered(Ask.windows10());
    world.on("2026-03-10").system("SLMGR", "Enterprise", "26100.1742");
    assertThat(world.coverage().state()).isEqualTo(CoverageState.NOT_APPLICABLE);
    assertThat(world.stateOn("2026-03-09")).isEqualTo(CoverageState.COVERED);
    assertThat(world.stateOn("2025-11-30")).isEqualTo(CoverageState.ELIGIBLE);

    // Back again on the same day: the system in between ran on no day.
    world.system("SLMGR", "Enterprise", "19045.6456");
    assertThat(world.coverage().state()).isEqualTo(CoverageState.COVERED);
    assertThat(world.device.former()).hasSize(1);

    world.on("2026-06-01").imported(EsuImportSource.ESU_VALUE, "windows-11", null, null);
    assertThat(world.stateOn("2026-05-31")).isEqualTo(CoverageState.COVERED);
    assertThat(world.coverage().state()).isEqualTo(CoverageState.NOT_APPLICABLE);
    EsuResult update =
        world.updateOn("2026-05-20", "KB5068781", EsuUpdateStage.INSTALL, "80070661");
    assertThat(update.reason()).as("covered on that day").isEqualTo("PLATFORM_UNSUPPORTED");
  }

  @Test
  @DisplayName("A late word on a system that was replaced does not bring it back")
  void lateWord() {
    world.on("2026-03-10").system("SLMGR", "Enterprise", "26100.1742");
    Instant before = World.at("2026-03-09");
    String id = World.PLAN.find("windows-10", 1).orElseThrow().activationId().orElseThrow();
    world.system("SLMGR", "Enterprise", "19045.6456", before);
    assertThat(world.device.facts().product()).isEqualTo("windows-11");
    assertThat(world.device.former()).isEmpty();
    assertThat(world.report(id, 1, null, before).results()).isEmpty();
  }

  @Test
  @DisplayName("S3-13 who has left the system of the year that ends is told nothing")
  void leftTheSystem() {
    world.on("2026-08-01").covered(Ask.windows10()).system("SLMGR", "Enterprise", "26100.1742");
    assertThat(world.on("2026-10-14").tick().results()).isEmpty();
    assertThat(world.turn.dueOn(world.device)).isEmpty();

    World cloud = new World().on("2025-12-01");
    cloud.enrol(Ask.windows10().platform("WINDOWS_365").signedIn("2025-12-01"));
    cloud.system("SLMGR", "Enterprise", "26100.1742");
    assertThat(cloud.on("2026-01-01").tick().results()).isEmpty();
    assertThat(cloud.turn.dueOn(cloud.device)).isEmpty();
  }

  @Test
  @DisplayName("A build that a product without listed builds shares does not rename the product")
  void sharedBuild() {
    world.known(Ask.windows7().product("windows-7-professional-for-embedded-systems"));
    world.on("2020-09-15").system("SLMGR", "Professional", "7601");
    assertThat(world.device.facts().product())
        .isEqualTo("windows-7-professional-for-embedded-systems");

    World client = new World().on("2026-11-21");
    client.imported(EsuImportSource.ESU_VALUE, "windows-10", null, null);
    client.system("SLMGR", null, "14393");
    assertThat(client.device.facts().product()).isEqualTo("windows-10");
  }

  @Test
  @DisplayName("A re-imaged device has lost its add-on, and the years that are over stay bought")
  void reimaged() {
    world
        .on("2025-11-01")
        .covered(Ask.windows10())
        .on("2026-11-01")
        .covered(Ask.windows10().year(2));
    world.update("KB5068781", EsuUpdateStage.REVERTED, "0x80070005", null);
    EsuResult lapsed =
        world.on("2026-11-10").system("REIMAGE", "Enterprise", null).results().getFirst();
    assertThat(lapsed.verdict()).isEqualTo(EsuVerdict.LAPSED);
    assertThat(lapsed.reason()).isEqualTo("NOT_LICENSED");
    assertThat(lapsed.year()).isEqualTo(2);
    assertThat(world.coverage().state()).isEqualTo(CoverageState.LAPSED);
    assertThat(world.coverage().facts().updates()).isNull();
    assertThat(world.device.incidents()).isEmpty();
    assertThat(world.stateOn("2026-11-09")).isEqualTo(CoverageState.COVERED);

    world.on("2026-11-11").covered(Ask.windows10().year(2));
    assertThat(world.coverage().state()).isEqualTo(CoverageState.COVERED);
  }
}
