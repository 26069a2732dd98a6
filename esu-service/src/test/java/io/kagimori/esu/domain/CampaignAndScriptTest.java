package io.kagimori.esu.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CampaignAndScriptTest {
  private static final EsuYear YEAR_1 = World.PLAN.find("windows-10", 1).orElseThrow();
  private static final EsuYear YEAR = World.PLAN.find("windows-10", 2).orElseThrow();

  @Test
  @DisplayName(
      "S3-21 seats that are missing are PROCUREMENT_PENDING, to be ordered five business days before")
  void shortfall() {
    CampaignPlan.WithPools plan =
        CampaignPlan.of(
            YEAR,
            new CampaignPlan.Fleet(
                1_000, 100, Map.of("PREREQ_MISSING", 50L), 50, Map.of(YEAR_1, 20L, YEAR, 850L)),
            List.of(new CampaignPlan.Pool("esu", List.of(), 300)),
            LocalDate.parse("2026-08-01"));
    assertThat(plan.shortfall()).isEqualTo(570);
    assertThat(plan.plan().reason()).isEqualTo("PROCUREMENT_PENDING");
    assertThat(plan.plan().orderBy()).isEqualTo("2026-10-07");
    assertThat(plan.plan().waves())
        .extracting(CampaignPlan.Wave::devices)
        .containsExactly(42L, 212L, 596L);
    assertThat(plan.plan().waves().getFirst().from()).isEqualTo("2026-10-14");
  }

  @Test
  @DisplayName("S3-21 keys of one year do not help another; keys ordered today show in 3 to 5 days")
  void seatsOfEachYear() {
    CampaignPlan.WithPools plan =
        CampaignPlan.of(
            YEAR,
            new CampaignPlan.Fleet(100, 0, Map.of(), 0, Map.of(YEAR_1, 40L, YEAR, 100L)),
            List.of(
                new CampaignPlan.Pool("any", List.of(), 10),
                new CampaignPlan.Pool("one", List.of(World.WIN10_Y1.toUpperCase(Locale.ROOT)), 500),
                new CampaignPlan.Pool("two", List.of(World.WIN10_Y2), 60),
                new CampaignPlan.Pool("other", List.of(World.WIN7_Y1), 1_000)),
            LocalDate.parse("2026-11-20"));
    assertThat(plan.pools())
        .extracting(CampaignPlan.Pool::keyId)
        .containsExactly("any", "one", "two");
    assertThat(plan.plan().seats())
        .containsExactly(
            new CampaignPlan.SeatsOfYear(1, 40, 510), new CampaignPlan.SeatsOfYear(2, 100, 70));
    assertThat(plan.shortfall()).isEqualTo(30);
    assertThat(plan.keysVisible().earliest()).isEqualTo("2026-11-25");
    assertThat(plan.keysVisible().latest()).isEqualTo("2026-11-27");
  }

  @Test
  @DisplayName("A campaign with enough seats needs no order, and an empty fleet has no waves")
  void enough() {
    CampaignPlan.WithPools plan =
        CampaignPlan.of(
            YEAR,
            new CampaignPlan.Fleet(0, 0, Map.of(), 0, Map.of(YEAR, 0L)),
            List.of(),
            LocalDate.parse("2026-11-21"));
    assertThat(plan.plan().orderBy()).isNull();
    assertThat(plan.plan().waves()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "S3-14 S3-15 a script is silent, names the id, has exit codes, and its key is a placeholder")
  void scripts(ScriptText.Format format) {
    String script = ScriptText.of(YEAR, format, Optional.of("esu-w10")).orElseThrow();
    assertThat(script)
        .contains(World.WIN10_Y2)
        .contains("//Nologo")
        .contains("{key:esu-w10}")
        .contains("exit")
        .contains("\r\n")
        .doesNotContainPattern("[0-9A-Z]{5}(-[0-9A-Z]{5}){4}");
    assertThat(ScriptText.advice(format)).anySatisfy(a -> assertThat(a).contains("package"));
    assertThat(ScriptText.advice(format)).anySatisfy(a -> assertThat(a).contains("hidden"));
  }

  @Test
  @DisplayName("S3-14 the batch file echoes nothing and notices the negative codes slmgr ends with")
  void batch() {
    List<String> lines =
        ScriptText.of(YEAR, ScriptText.Format.BATCH, Optional.empty())
            .orElseThrow()
            .lines()
            .toList();
    assertThat(lines.getFirst()).isEqualTo("@echo off");
    assertThat(lines)
        .filteredOn(line -> line.contains("slmgr.vbs") || line.startsWith("wmic"))
        .extracting(line -> line.substring(line.lastIndexOf('>')))
        .containsExactly(">&1 || exit /b 10", ">&1 || exit /b 11", ">nul || exit /b 12");
    assertThat(lines).contains("if \"%ESU_KEY:~0,1%\"==\"{\" exit /b 13", "exit /b 0");
    assertThat(lines).noneMatch(line -> line.contains("errorlevel"));
  }

  @Test
  @DisplayName("S3-14 the PowerShell file shows nothing and has an exit code for each way to fail")
  void powershell() {
    List<String> lines =
        ScriptText.of(YEAR, ScriptText.Format.POWERSHELL, Optional.empty())
            .orElseThrow()
            .lines()
            .toList();
    assertThat(lines)
        .filteredOn(line -> line.startsWith("&"))
        .hasSize(2)
        .allMatch(line -> line.contains("//Nologo //B") && line.endsWith("| Out-Null"));
    assertThat(lines)
        .filteredOn(line -> line.contains("exit"))
        .extracting(line -> line.substring(line.indexOf("exit ")))
        .containsExactly("exit 13 }", "exit 10 }", "exit 11 }", "exit 12 }", "exit 0");
  }

  @Test
  @DisplayName("S3-14 a year without activation id has no script")
  void noScript() {
    EsuYear four = World.PLAN.find("windows-server-2008", 4).orElseThrow();
    assertThat(ScriptText.of(four, ScriptText.Format.BATCH, Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-14, -1", "2026-07-15, 90", "2026-09-12, 90", "2026-09-13, 30",
    "2026-10-05, 30", "2026-10-06, 7", "2026-10-13, 7", "2026-10-14, -1",
  })
  @DisplayName("S3-13 warnings 90, 30 and 7 days before a year ends, each told once")
  void warnings(String day, int expected) {
    LocalDate today = LocalDate.parse(day);
    List<YearWarnings.Due> due =
        YearWarnings.due(World.PLAN, today, Set.of()).stream()
            .filter(d -> d.year().program().equals("windows-10-esu") && d.warning().year() == 1)
            .toList();
    assertThat(due.stream().filter(YearWarnings.Due::tell).map(d -> d.warning().daysBefore()))
        .isEqualTo(expected < 0 ? List.of() : List.of(expected));

    Set<YearWarnings.Warning> told = new HashSet<>();
    due.forEach(d -> told.add(d.warning()));
    assertThat(YearWarnings.due(World.PLAN, today, told))
        .noneMatch(d -> d.year().program().equals("windows-10-esu") && d.warning().year() == 1);
  }
}
