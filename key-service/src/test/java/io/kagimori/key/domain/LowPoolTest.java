package io.kagimori.key.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.Warning;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LowPoolTest {
  @ParameterizedTest(name = "{2} of {3} with limits {0} percent, {1} seats: low {4}")
  @CsvSource({
    "10,  , 10, 100, false",
    "10,  ,  9, 100, true",
    "10,  ,  1,   9, false",
    "10,  ,  0,   9, true",
    "0,   ,  0, 100, false",
    "100, , 99, 100, true",
    "100, ,100, 100, false",
    "10,  ,  0,   0, false",
    "  , 5,  5, 100, false",
    "  , 5,  4, 100, true",
    "  , 0,  0, 100, false",
    "10, 5,  9, 100, true",
    "10, 5, 10, 100, false",
    "10,20, 19, 100, true",
    "  ,  ,  0, 100, false",
    "10, ,9223372036854775807,9223372036854775807, false",
    "10, ,5,9223372036854775807, true",
  })
  @DisplayName("S1-29 a pool is low below either limit, and not at it")
  void thresholds(Integer percent, Long seats, long available, long purchased, boolean low) {
    Pool pool = new Pool(purchased, available, 0, purchased - available, 0);
    assertThat(new LowPool(percent, seats).warning(pool).isPresent()).isEqualTo(low);
  }

  @Test
  @DisplayName("S1-29 the warning tells the figures and the limits that were set")
  void figures() {
    Pool pool = new Pool(100, 3, 7, 90, 0);
    assertThat(new LowPool(10, null).warning(pool))
        .contains(
            new Warning("LOW_POOL", Map.of("available", 3L, "purchased", 100L, "percent", 10)));
    assertThat(new LowPool(null, 4L).warning(pool))
        .contains(new Warning("LOW_POOL", Map.of("available", 3L, "purchased", 100L, "seats", 4L)));
  }
}
