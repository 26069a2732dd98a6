package io.kagimori.esu.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.CatalogueDataException;
import io.kagimori.contracts.catalogue.EsuPrograms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that nobody knew when the service was built. */
class NewProgramTest {
  private static final String ID = "0f0f0f0f-1111-4222-8333-444444444444";
  private static final String ROW =
      "Windows 11 ESU (commercial),Windows 11,Enterprise,1,"
          + ID
          + ",MAK (volume licensing),2031-10-15,2032-10-12,2031-10-14,,,,low,made up for this test\n";

  @TempDir private Path folder;

  @Test
  @DisplayName("S3-22 a row in a file makes a program: plan, dates, activation id, enrolment")
  void anotherRow() throws IOException {
    Files.writeString(folder.resolve("esu_programs.csv"), bundled() + ROW);
    EsuPlan plan = plan();
    assertThat(plan.byActivationId(ID)).extracting(EsuYear::product).containsExactly("windows-11");
    assertThat(plan.years()).hasSize(World.PLAN.years().size() + 1);
    assertThat(plan.digest()).isNotEqualTo(World.PLAN.digest());

    Conclusion conclusion =
        new EnrolmentRule(plan)
            .decide(
                EsuDevice.unknown("pc"),
                new ArcLinks(),
                Ask.windows10().product("windows-11").version("29H2").build("30000.1").event(),
                UUID.randomUUID(),
                World.at("2031-10-15"));
    assertThat(conclusion.activation().orElseThrow().activationId()).isEqualTo(ID);
    assertThat(conclusion.enrolments().getFirst().program()).isEqualTo("windows-11-esu");
    assertThat(conclusion.enrolments().getFirst().warnings())
        .extracting(io.kagimori.contracts.event.Warning::reason)
        .contains("LOW_CONFIDENCE");
    assertThat(plan.on("windows-11", LocalDate.parse("2031-10-14"))).isEmpty();
    assertThat(plan.on("windows-11", LocalDate.parse("2032-10-13"))).isEmpty();
  }

  @Test
  @DisplayName("S3-22 the same files give the same plan")
  void sameRows() throws IOException {
    Files.writeString(folder.resolve("esu_programs.csv"), bundled());
    assertThat(plan().digest()).isEqualTo(World.PLAN.digest());
  }

  @Test
  @DisplayName("S3-22 a slip in the file is named with its line and column")
  void slip() throws IOException {
    assertThatThrownBy(this::plan)
        .isInstanceOf(CatalogueDataException.class)
        .hasMessageContaining("esu_programs.csv");
    String text = bundled();
    Files.writeString(folder.resolve("esu_programs.csv"), text + ROW.replace("2031-10-15", "soon"));
    assertThatThrownBy(this::plan)
        .isInstanceOf(CatalogueDataException.class)
        .hasMessageContaining("coverage_start")
        .hasMessageContaining(Long.toString(text.lines().count() + 1));
  }

  private EsuPlan plan() {
    Catalogue catalogue = Catalogue.get();
    return EsuPlan.of(EsuPrograms.replacedBy(folder, catalogue), catalogue.products());
  }

  private static String bundled() throws IOException {
    try (InputStream in =
        Catalogue.class.getResourceAsStream("/kagimori/domain/esu_programs.csv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.endsWith("\n") ? text : text + "\n";
    }
  }
}
