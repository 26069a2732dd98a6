package io.kagimori.esu.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuUpdateStage;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateRuleTest {
  private static final String ROLLUP = "KB4577051";
  private static final List<String> READY = List.of("KB4570673", "KB4538483");

  private final World world = new World().on("2020-09-28");

  @ParameterizedTest
  @ValueSource(strings = {"80070661", "0x80070661", "-2147023263", "2147944033"})
  @DisplayName(
      "S3-02 80070661 on an eligible, uncovered device is ESU_NOT_ACTIVATED; its text misleads")
  void notActivated(String code) {
    EsuResult diagnosed = world.update(ROLLUP, EsuUpdateStage.REVERTED, code, READY);
    assertThat(diagnosed.reason()).isEqualTo("ESU_NOT_ACTIVATED");
    assertThat(diagnosed.code()).isEqualTo("0x80070661");
    assertThat(diagnosed.evidence()).containsEntry("messageMisleading", true);
    assertThat(diagnosed.evidence().get("message")).asString().contains("processor type");
    assertThat(diagnosed.steps()).anySatisfy(s -> assertThat(s).contains("request esu"));
  }

  @Test
  @DisplayName(
      "S3-02 the steps name the years before as well, and none that the device has got since")
  void everyYearThatLacks() {
    world.on("2026-11-21").device =
        world.device.with(
            new Facts("windows-10", "Enterprise", null, null, null, null, null, null));
    assertThat(world.update("KB5068781", EsuUpdateStage.REVERTED, "80070661", null).steps())
        .extracting(step -> step.substring(step.length() - 8))
        .containsExactly("--year 1", "--year 2");

    world.covered(Ask.windows10().year(1)).covered(Ask.windows10().year(2));
    EsuResult earlier =
        world.updateOn("2026-11-20", "KB5068781", EsuUpdateStage.REVERTED, "80070661");
    assertThat(earlier.reason()).isEqualTo("ESU_NOT_ACTIVATED");
    assertThat(earlier.steps()).containsExactly("install KB5068781 again");
  }

  @Test
  @DisplayName("S3-03 the same code on a covered device is PLATFORM_UNSUPPORTED")
  void covered() {
    world.covered(Ask.windows7());
    EsuResult diagnosed = world.update(ROLLUP, EsuUpdateStage.INSTALL, "80070661", READY);
    assertThat(diagnosed.reason()).isEqualTo("PLATFORM_UNSUPPORTED");
    assertThat(diagnosed.evidence()).containsEntry("covered", true);
  }

  @Test
  @DisplayName(
      "S3-04 looks installed is not installed: pending, then reverted, then truly installed")
  void pendingAndReverted() {
    EsuResult pending = world.update(ROLLUP, EsuUpdateStage.PENDING_REBOOT, null, READY);
    assertThat(pending.reason()).isEqualTo("INSTALLED_PENDING_REBOOT");
    assertThat(world.device.incidents()).isEmpty();

    EsuResult reverted = world.update(ROLLUP, EsuUpdateStage.REVERTED, null, READY);
    assertThat(reverted.reason()).isEqualTo("REVERTED");
    assertThat(world.device.incidents()).hasSize(1);

    world.update(ROLLUP, EsuUpdateStage.PENDING_REBOOT, null, READY);
    assertThat(world.device.incidents()).hasSize(1);
    EsuResult installed = world.update(ROLLUP, EsuUpdateStage.INSTALLED, null, READY);
    assertThat(installed.reason()).isNull();
    assertThat(installed.evidence()).containsEntry("incidentClosed", true);
    assertThat(world.device.incidents()).isEmpty();
  }

  @Test
  @DisplayName("S3-05 a package on an uncovered device gives no coverage")
  void packageOnly() {
    EsuResult diagnosed = world.update(ROLLUP, EsuUpdateStage.DOWNLOADED, null, READY);
    assertThat(diagnosed.reason()).isEqualTo("PACKAGE_ONLY");
    assertThat(world.coverage().state()).isNotEqualTo(CoverageState.COVERED);
    assertThat(diagnosed.evidence()).containsEntry("covered", false);
  }

  @Test
  @DisplayName("S3-06 KB4577051 without its servicing stack is PREREQ_MISSING and names it")
  void servicingStack() {
    EsuResult diagnosed =
        world.update(ROLLUP, EsuUpdateStage.INSTALL, "80070661", List.of("KB4538483"));
    assertThat(diagnosed.reason()).isEqualTo("PREREQ_MISSING");
    assertThat(diagnosed.evidence().get("kb")).isEqualTo(List.of("KB4570673"));
    assertThat(diagnosed.steps()).containsExactly("install KB4570673");
  }

  @Test
  @DisplayName("S3-20 coverage proposes the retry, and its later success closes the incident")
  void retry() {
    world.update(ROLLUP, EsuUpdateStage.REVERTED, "80070661", READY);
    world.covered(Ask.windows7());
    EsuResult proposal = world.said.getLast();
    assertThat(proposal.reason()).isEqualTo("RETRY_PROPOSED");
    assertThat(proposal.evidence()).containsEntry("kb", ROLLUP);
    assertThat(world.device.incidents().getFirst().retryProposedAt()).isEqualTo(world.now);

    EsuResult installed = world.update(ROLLUP, EsuUpdateStage.INSTALLED, "0x0", READY);
    assertThat(installed.evidence()).containsEntry("incidentClosed", true);
    assertThat(world.device.incidents()).isEmpty();
  }

  @Test
  @DisplayName("A code nobody knows is kept as it came")
  void unknownCode() {
    EsuResult diagnosed = world.update(ROLLUP, EsuUpdateStage.INSTALL, "0x0BADF00D", READY);
    assertThat(diagnosed.reason()).isEqualTo("UNKNOWN_CODE");
    assertThat(diagnosed.code()).isEqualTo("0x0BADF00D");
  }

  @Test
  @DisplayName("Before the end of support the code has nothing to do with ESU")
  void beforeEndOfSupport() {
    EsuResult diagnosed =
        world.on("2019-06-01").update("KB4500000", EsuUpdateStage.INSTALL, "80070661", READY);
    assertThat(diagnosed.reason()).isEqualTo("PLATFORM_UNSUPPORTED");
  }
}
