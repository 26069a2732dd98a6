package io.kagimori.agent.edition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kagimori.contracts.catalogue.Language;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.EditionState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CampaignFunnelTest {
  @ParameterizedTest
  @EnumSource
  @DisplayName("S0-30 every state has its words in both languages")
  void words(EditionState state) {
    assertThat(StateTexts.load(Language.EN).of(state)).isNotBlank();
    assertThat(StateTexts.load(Language.JA).of(state))
        .isNotBlank()
        .isNotEqualTo(StateTexts.load(Language.EN).of(state));
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', 0, 0, 0, false",
    "'{\"QUEUED\":2,\"COMPLETED\":1}', 3, 1, 0, false",
    "'{\"COMPLETED\":3,\"NEEDS_ACTIVATION\":1}', 4, 4, 1, true",
    "'{\"STALLED\":1,\"FAILED\":1,\"REFUSED\":1}', 3, 2, 2, false"
  })
  @DisplayName("S0-30 a funnel tells what has ended, what ended badly and when all is over")
  void ends(String funnel, long total, long ended, long unwanted, boolean over)
      throws JsonProcessingException {
    CampaignFunnel read =
        new CampaignFunnel(
            EventJson.mapper().readTree("{\"figures\":{\"funnel\":" + funnel + "}}"));

    assertThat(read.total()).isEqualTo(total);
    assertThat(read.ended()).isEqualTo(ended);
    assertThat(read.unwanted()).isEqualTo(unwanted);
    assertThat(read.isOver()).isEqualTo(over);
  }

  @Test
  @DisplayName("The window of a campaign is written as two times of the day")
  void window() {
    assertThat(io.kagimori.agent.Typed.typed("campaigns", "create", "c", "--window", "22-4").err())
        .contains("A window is written as 22:00-04:00");
  }
}
