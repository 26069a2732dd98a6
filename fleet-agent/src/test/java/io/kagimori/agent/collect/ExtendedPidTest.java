package io.kagimori.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtendedPidTest {
  @Test
  @DisplayName("S2-37 host ID of the beta sample: language, build, day and year")
  void splitsTheIdOfTheSample() {
    assertThat(ExtendedPid.parse("11111-00140-008-805425-03-1033-5384.0000-1752006"))
        .contains(
            new ExtendedPid(
                "11111-00140-008-805425-03-1033-5384.0000-1752006",
                "11111",
                "00140",
                "008-805425",
                "03",
                1033,
                5384,
                175,
                2006));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "11111-00140-008-805425-03-1033-5384.0000-0002006",
        "11111-00140-008-805425-03-1033-5384.0000-3672006",
        "11111-00140-008-805425-03-1033-5384.0000-1751806",
        "11111-00140-008-805425-03-1033-5384.0000-175200",
        "*****-*****-**-*****-***-****-*****.****-*******",
        "12345-67890-123-123456-78-9012-3456.0000-7890123"
      })
  @DisplayName("S2-37 another shape or a day that does not exist is no ID")
  void refusesOtherTexts(String text) {
    assertThat(ExtendedPid.parse(text)).isEmpty();
  }
}
