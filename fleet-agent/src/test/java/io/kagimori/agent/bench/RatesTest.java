package io.kagimori.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {
  @Test
  void theMedianOfTheRoundsAndNotOfTheirRates() {
    assertThat(Rates.ratio(List.of(10.0, 20.0, 40.0), List.of(9.0, 10.0, 8.0))).isEqualTo(0.5);
  }

  @Test
  void ofTwoRoundsTheMiddle() {
    assertThat(Rates.ratio(List.of(10.0, 10.0), List.of(5.0, 10.0))).isEqualTo(0.75);
  }

  @Test
  void oneDecimal() {
    assertThat(Rates.rounded(1234.56)).isEqualTo(1234.6);
  }
}
