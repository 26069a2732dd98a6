package io.kagimori.esu.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.EsuImportSource;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuVerdict;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {
  private final World world = new World();

  @Test
  @DisplayName("S3-01 Windows 7 SP1 is eligible from 14 January 2020 on, not a day before")
  void eligible() {
    world.known(Ask.windows7());
    assertThat(world.stateOn("2020-01-14")).isEqualTo(CoverageState.ELIGIBLE);
    assertThat(world.stateOn("2020-01-13")).isEqualTo(CoverageState.NOT_APPLICABLE);
    assertThat(world.stateOn("2023-01-10")).isEqualTo(CoverageState.ELIGIBLE);
    assertThat(world.stateOn("2023-01-11")).isEqualTo(CoverageState.BLOCKED);
  }

  @Test
  @DisplayName("What a system lacks blocks it, with every reason")
  void blocked() {
    world.known(Ask.windows10().version("21H2").build("19044.1").updates());
    Coverage coverage = world.on("2026-11-21").coverage();
    assertThat(coverage.state()).isEqualTo(CoverageState.BLOCKED);
    assertThat(coverage.reasons())
        .extracting(Finding::reason)
        .containsExactly("VERSION_NOT_ELIGIBLE", "BUILD_TOO_OLD", "PREREQ_MISSING");
  }

  @Test
  @DisplayName("Nothing known of a device is UNKNOWN, and a system without program NOT_APPLICABLE")
  void unknown() {
    assertThat(world.coverage().state()).isEqualTo(CoverageState.UNKNOWN);
    world.known(Ask.windows10().product("windows-11"));
    assertThat(world.coverage().state()).isEqualTo(CoverageState.NOT_APPLICABLE);
  }

  @Test
  @DisplayName("A report that shows the add-on licensed entitles, whoever activated it")
  void reported() {
    world.known(Ask.windows10()).on("2025-12-01");
    EsuResult entitled = world.report(World.WIN10_Y1, 1, "AAAAA").results().getFirst();
    assertThat(entitled.verdict()).isEqualTo(EsuVerdict.ENTITLED);
    assertThat(entitled.evidence()).containsEntry("source", "REPORT");
    assertThat(world.report(World.WIN10_Y1, 1, "AAAAA").results()).isEmpty();
    assertThat(world.coverage().state()).isEqualTo(CoverageState.COVERED);
  }

  @Test
  @DisplayName("S3-09 a key that was never activated with its id shows as INCOMPLETE_ESU")
  void incomplete() {
    world.known(Ask.windows10()).on("2025-12-01").report(World.WIN10_Y1, 0, "AAAAA");
    assertThat(world.coverage().state()).isEqualTo(CoverageState.ELIGIBLE);
    assertThat(world.coverage().reasons()).extracting(Finding::reason).contains("INCOMPLETE_ESU");
  }

  @Test
  @DisplayName(
      "A report that shows a waiting enrolment done ends it; the confirmation adds nothing")
  void reportBeforeConfirmation() {
    Conclusion asked = world.on("2025-12-01").enrol(Ask.windows10());
    world.result(asked, Verdict.GRANTED, null);
    Conclusion reported = world.report(World.WIN10_Y1, 1, "AAAAA");

    assertThat(reported.results().getFirst().requestId())
        .isEqualTo(asked.enrolments().getFirst().requestId());
    assertThat(reported.enrolments().getFirst().state()).isEqualTo(EnrolmentState.ENTITLED);
    assertThat(world.result(asked, Verdict.CONFIRMED, null).results()).isEmpty();
  }

  @Test
  @DisplayName(
      "S3-16 ESUValue with an id covers that year, 0 does not, and Windows 10 is not concerned")
  void esuValue() {
    world.on("2020-09-28");
    world.imported(EsuImportSource.ESU_VALUE, "windows-7", World.WIN7_Y1, null);
    assertThat(world.coverage().state()).isEqualTo(CoverageState.COVERED);
    assertThat(world.coverage().year()).isEqualTo(1);

    World none = new World().on("2020-09-28");
    none.imported(EsuImportSource.ESU_VALUE, "windows-7", null, null);
    assertThat(none.coverage().state()).isEqualTo(CoverageState.ELIGIBLE);

    World windows10 = new World().on("2020-09-28");
    windows10.imported(EsuImportSource.ESU_VALUE, "windows-10", null, null);
    assertThat(windows10.coverage().state()).isEqualTo(CoverageState.NOT_APPLICABLE);
  }

  @ParameterizedTest
  @CsvSource({"1, COVERED", "0, ELIGIBLE", "5, ELIGIBLE"})
  @DisplayName("S3-17 a license product row covers with status 1 and with no other")
  void licenseProduct(int status, CoverageState state) {
    world.on("2020-09-28");
    world.imported(EsuImportSource.LICENSE_PRODUCT, null, World.WIN7_Y1, status);
    assertThat(world.coverage().state()).isEqualTo(state);
    assertThat(world.coverage().facts().product()).isEqualTo("windows-7");
  }

  @Test
  @DisplayName("S3-18 Configuration Manager says yes and the agent no: DISCREPANCY with both ages")
  void discrepancy() {
    world.known(Ask.windows7());
    world.on("2020-09-01").imported(EsuImportSource.ESU_VALUE, "windows-7", World.WIN7_Y1, null);
    Conclusion lost = world.on("2020-09-20").report(World.WIN7_Y1, 0, null);
    assertThat(lost.results().getFirst().verdict()).isEqualTo(EsuVerdict.LAPSED);
    assertThat(lost.results().getFirst().reason()).isEqualTo("NOT_LICENSED");

    Coverage coverage = world.on("2020-09-28").coverage();
    assertThat(coverage.disputed()).isTrue();
    assertThat(coverage.state()).isEqualTo(CoverageState.LAPSED);
    assertThat(coverage.sources())
        .extracting(
            Coverage.SourceWord::source, Coverage.SourceWord::covered, Coverage.SourceWord::ageDays)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(Source.ESU_VALUE, true, 27L),
            org.assertj.core.groups.Tuple.tuple(Source.REPORT, false, 8L));
    assertThat(coverage.reasons()).extracting(Finding::reason).contains("DISCREPANCY");
    assertThat(world.stateOn("2020-09-10")).isEqualTo(CoverageState.COVERED);
  }

  @Test
  @DisplayName("S3-18 an older no before a newer yes is no discrepancy")
  void progress() {
    world.on("2020-09-01").imported(EsuImportSource.ESU_VALUE, "windows-7", null, null);
    world.on("2020-09-20").covered(Ask.windows7());
    assertThat(world.coverage().disputed()).isFalse();
    world.on("2020-09-25").imported(EsuImportSource.ESU_VALUE, "windows-7", null, null);
    assertThat(world.coverage().disputed()).isTrue();
    assertThat(world.coverage().state()).isEqualTo(CoverageState.COVERED);
  }

  @ParameterizedTest
  @CsvSource({
    "windows-10, Windows 365",
    "windows-10, AZURE_VM",
    "windows-10, azure-local",
    "windows-server-2012-r2, AZURE_VM"
  })
  @DisplayName("S3-24 the platform covers without a key")
  void platform(String product, String name) {
    EsuYear year = World.PLAN.find(product, 1).orElseThrow();
    Conclusion asked = world.on(year.start()).enrol(Ask.ready(year).platform(name));
    assertThat(asked.activation()).isEmpty();
    assertThat(asked.results().getFirst().verdict()).isEqualTo(EsuVerdict.ENTITLED);
    assertThat(world.coverage().state()).isEqualTo(CoverageState.COVERED_BY_PLATFORM);
    assertThat(world.refusal(Ask.ready(year).platform(name)).reason())
        .isEqualTo("ALREADY_ENTITLED");
    String last = World.PLAN.lastDay(product).orElseThrow().toString();
    assertThat(world.stateOn(last)).isEqualTo(CoverageState.COVERED_BY_PLATFORM);
  }

  @Test
  @DisplayName("S3-24 a platform that does not include the updates is refused")
  void otherPlatform() {
    assertThat(world.on("2025-12-01").refusal(Ask.windows10().platform("HYPER_V")).reason())
        .isEqualTo("PLATFORM_NOT_INCLUDED");
    EsuYear windows7 = World.PLAN.find("windows-7", 1).orElseThrow();
    assertThat(world.refusal(Ask.ready(windows7).platform("AZURE_VM")).reason()).isNotNull();
  }

  @Test
  @DisplayName("S3-24 a sign-in older than 22 days is at risk, older than 30 has lapsed")
  void signIn() {
    world.on("2025-12-01").enrol(Ask.windows10().platform("WINDOWS_365").signedIn("2025-12-01"));
    assertThat(world.stateOn("2025-12-23")).isEqualTo(CoverageState.COVERED_BY_PLATFORM);
    assertThat(world.stateOn("2025-12-24")).isEqualTo(CoverageState.AT_RISK);
    assertThat(world.stateOn("2025-12-31")).isEqualTo(CoverageState.AT_RISK);
    assertThat(world.stateOn("2026-01-01")).isEqualTo(CoverageState.LAPSED);

    assertThat(world.on("2025-12-31").tick().results()).isEmpty();
    EsuResult lapsed = world.on("2026-01-01").tick().results().getFirst();
    assertThat(lapsed.verdict()).isEqualTo(EsuVerdict.LAPSED);
    assertThat(lapsed.reason()).isEqualTo("ENTITLEMENT_LAPSED");
    assertThat(world.tick().results()).isEmpty();

    EsuResult renewed =
        world.refusal(Ask.windows10().platform("WINDOWS_365").signedIn("2026-01-01"));
    assertThat(renewed.verdict()).isEqualTo(EsuVerdict.ENTITLED);
    assertThat(world.coverage().state()).isEqualTo(CoverageState.COVERED_BY_PLATFORM);
  }

  @Test
  @DisplayName("S3-24 a device that moves from a virtual machine to a sign-in hangs on the sign-in")
  void platformChanges() {
    world.on("2025-12-01").enrol(Ask.windows10().platform("AZURE_VM"));
    world.on("2026-02-01").enrol(Ask.windows10().platform("WINDOWS_365").signedIn("2026-02-01"));
    assertThat(world.stateOn("2026-01-15")).isEqualTo(CoverageState.COVERED_BY_PLATFORM);
    assertThat(world.stateOn("2026-03-03")).isEqualTo(CoverageState.AT_RISK);
    assertThat(world.stateOn("2026-03-04")).isEqualTo(CoverageState.LAPSED);
    world.on("2026-02-20").enrol(Ask.windows10().platform("WINDOWS_365").signedIn("2026-02-20"));
    assertThat(world.stateOn("2026-03-04")).isEqualTo(CoverageState.COVERED_BY_PLATFORM);
    assertThat(world.device.platform().spans()).hasSize(1);
  }

  @Test
  @DisplayName("S3-24 asked with an old sign-in: at risk with a warning, or refused")
  void oldSignIn() {
    EsuResult risky =
        world
            .on("2025-12-25")
            .refusal(Ask.windows10().platform("WINDOWS_365").signedIn("2025-12-01"));
    assertThat(risky.warnings()).extracting(Warning::reason).contains("ENTITLEMENT_AT_RISK");
    EsuResult refused =
        new World()
            .on("2026-01-01")
            .refusal(Ask.windows10().platform("WINDOWS_365").signedIn("2025-12-01"));
    assertThat(refused.reason()).isEqualTo("ENTITLEMENT_LAPSED");
  }

  @Test
  @DisplayName("S3-24 a sign-in that is still to come carries no further than one of today")
  void signInAhead() {
    world.on("2025-12-01").enrol(Ask.windows10().platform("WINDOWS_365").signedIn("2026-12-01"));
    assertThat(world.stateOn("2025-12-31")).isEqualTo(CoverageState.AT_RISK);
    assertThat(world.stateOn("2026-01-01")).isEqualTo(CoverageState.LAPSED);
  }

  @Test
  @DisplayName("S3-13 where only the platform has the next year, the to-do list asks for that way")
  void nextYearByPlatform() {
    EsuYear three = World.PLAN.find("windows-server-2008-r2", 3).orElseThrow();
    world.on(three.start()).enrol(Ask.ready(three).activated());
    EsuResult lapsed = world.on("2023-01-11").tick().results().getFirst();
    assertThat(lapsed.steps())
        .anySatisfy(
            step -> assertThat(step).endsWith("--year 4 --route PLATFORM --platform <platform>"));
  }

  @Test
  @DisplayName("S3-25 a license resource covers as many cores as it has: one more is OVER_LINKED")
  void overLinked() {
    EsuYear year = World.PLAN.find("windows-server-2012-r2", 1).orElseThrow();
    world.on(year.start()).arc.loaded("esu", "pc-1", 8);
    assertThat(world.refusal(Ask.ready(year).arc("esu", "ACTIVATED", 16, 8)).verdict())
        .isEqualTo(EsuVerdict.ENTITLED);

    World third = new World().on(year.start());
    third.arc.loaded("esu", "pc-1", 8);
    third.arc.loaded("esu", "pc-2", 8);
    EsuResult over = third.refusal(Ask.ready(year).arc("esu", "ACTIVATED", 16, 1));
    assertThat(over.reason()).isEqualTo("OVER_LINKED");
    assertThat(over.evidence()).containsEntry("linkedCores", 17).containsEntry("licensedCores", 16);
    assertThat(third.refusal(Ask.ready(year).arc("other", "DEACTIVATED", 16, 1)).reason())
        .isEqualTo("ARC_LICENSE_INACTIVE");
  }

  @Test
  @DisplayName("S3-13 on the boundary devices without the next year lapse with a to-do list")
  void yearTurn() {
    world.on("2026-09-01").covered(Ask.windows10());
    assertThat(world.turn.dueOn(world.device)).contains(java.time.LocalDate.parse("2026-10-14"));
    assertThat(world.on("2026-10-13").tick().results()).isEmpty();
    assertThat(world.coverage().state()).isEqualTo(CoverageState.COVERED);

    EsuResult lapsed = world.on("2026-10-14").tick().results().getFirst();
    assertThat(lapsed.verdict()).isEqualTo(EsuVerdict.LAPSED);
    assertThat(lapsed.reason()).isEqualTo("YEAR_ENDED");
    assertThat(lapsed.year()).isEqualTo(1);
    assertThat(lapsed.steps()).anySatisfy(step -> assertThat(step).contains("--year 2"));
    assertThat(world.tick().results()).isEmpty();
    assertThat(world.coverage().state()).isEqualTo(CoverageState.LAPSED);
  }

  @Test
  @DisplayName("S3-13 who has the next year when the clock turns notices nothing")
  void yearTurnWithNextYear() {
    world.on("2026-09-01").covered(Ask.windows10());
    world.on("2026-10-14").covered(Ask.windows10().year(2));
    assertThat(world.tick().results()).isEmpty();
    assertThat(world.coverage().state()).isEqualTo(CoverageState.COVERED);
    assertThat(world.coverage().year()).isEqualTo(2);
  }

  @Test
  @DisplayName("S3-13 after the last year the to-do list says that the program is over")
  void lastYear() {
    EsuYear three = World.PLAN.find("windows-server-2012-r2", 3).orElseThrow();
    World server = new World().on("2026-10-01");
    server.report(three.activationId().orElseThrow(), 1, "AAAAA");
    server.device =
        server.device.with(
            new Facts(
                    "windows-server-2012-r2", "ServerStandard", null, null, null, null, null, null)
                .over(server.device.facts()));
    server.report(three.activationId().orElseThrow(), 1, "AAAAA");
    EsuResult lapsed = server.on("2026-10-14").tick().results().getFirst();
    assertThat(lapsed.evidence()).containsEntry("programEnded", true);
    assertThat(lapsed.steps())
        .isEqualTo(List.of("replace the system: the program has no further year"));
  }

  @Test
  @DisplayName("S3-13 a to-do list names no edition that nobody told")
  void unknownEdition() {
    world.on("2026-09-01").imported(EsuImportSource.ESU_VALUE, "windows-10", World.WIN10_Y1, null);
    EsuResult lapsed = world.on("2026-10-14").tick().results().getFirst();
    assertThat(lapsed.steps())
        .containsExactly(
            "kagimori request esu --device pc --product windows-10 --edition <edition> --year 2");
  }
}
