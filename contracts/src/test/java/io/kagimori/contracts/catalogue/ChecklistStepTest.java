package io.kagimori.contracts.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChecklistStepTest {
  @Test
  @DisplayName("S1-34 the guided flow has five steps, each in both languages and with evidence")
  void fiveSteps() {
    assertThat(Catalogue.get().checklist())
        .hasSize(5)
        .allSatisfy(
            step -> {
              assertThat(step.title(Language.EN)).isASCII().isNotBlank();
              assertThat(step.advice(Language.EN)).isASCII().isNotBlank();
              for (String text : new String[] {step.title(Language.JA), step.advice(Language.JA)}) {
                assertThat(text.codePoints().anyMatch(c -> c >= 0x3040 && c <= 0x9fff)).isTrue();
              }
              assertThat(step.commands()).isNotEmpty();
              assertThat(step.doneBy()).isNotEmpty();
              assertThat(step.troubleBy()).isNotEmpty().doesNotContainAnyElementsOf(step.doneBy());
            });
  }
}
