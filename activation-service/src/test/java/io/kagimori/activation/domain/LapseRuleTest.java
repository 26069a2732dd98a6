package io.kagimori.activation.domain;

import static io.kagimori.activation.Samples.LEASE;
import static io.kagimori.activation.Samples.NOON;
import static io.kagimori.activation.Samples.kmsClient;
import static io.kagimori.activation.Samples.license;
import static io.kagimori.activation.Samples.mak;
import static io.kagimori.activation.Samples.report;
import static io.kagimori.activation.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.activation.Samples;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leases and validities that run out. */
class LapseRuleTest {
  private static final Duration VALIDITY = Duration.ofDays(180);
  private static final Instant END = NOON.plus(VALIDITY);

  private final World world = new World();

  private KeyVerdict licensedByKms(String device) {
    for (int i = 0; i < 25; i++) {
      world.ask(kmsClient("f-" + i, "c" + i).accepted(), NOON.plus(Duration.ofDays(300)));
    }
    KeyVerdict asked = kmsClient(device, "c").accepted();
    world.ask(asked);
    world.hear(step(asked, ActivationStage.ATO).said(), NOON);
    return asked;
  }

  @Test
  @DisplayName("Silence until the end of the lease is EXPIRED, once")
  void leaseRunsOut() {
    KeyVerdict asked = mak("pc-1").accepted();
    world.ask(asked);

    assertThat(world.tick(NOON.plus(LEASE).minusMillis(1))).isEmpty();
    List<ActivationResult> expired = world.tick(NOON.plus(LEASE));
    assertThat(world.tick(NOON.plus(LEASE).plusSeconds(60))).isEmpty();

    assertThat(expired).hasSize(1);
    assertThat(expired.get(0).verdict()).isEqualTo(Verdict.EXPIRED);
    assertThat(expired.get(0).reason()).isEqualTo("LEASE_EXPIRED");
    assertThat(expired.get(0).keyId()).isEqualTo(asked.keyId());
  }

  @Test
  @DisplayName("What was reported in time does not expire")
  void reportedInTime() {
    KeyVerdict asked = mak("pc-1").accepted();
    world.ask(asked);
    world.hear(step(asked, ActivationStage.ATO).said(), NOON);

    assertThat(world.tick(NOON.plus(Duration.ofDays(4000)))).isEmpty();
  }

  @Test
  @DisplayName("A KMS activation that is not renewed is over after 180 days")
  void validityRunsOut() {
    licensedByKms("pc-1");

    assertThat(world.tick(END.minusMillis(1))).isEmpty();
    List<ActivationResult> expired = world.tick(END);

    assertThat(expired).extracting(ActivationResult::deviceId).containsExactly("pc-1");
    assertThat(expired.get(0).reason()).isEqualTo("VALIDITY_EXPIRED");
    assertThat(world.device("pc-1").license().status()).isEqualTo(3);
    assertThat(world.history("pc-1"))
        .extracting(DeviceHistory::source)
        .contains(DeviceHistory.TICK);
  }

  @Test
  @DisplayName("A later request renews: the earlier one ends without a word")
  void renewedByRequest() {
    licensedByKms("pc-1");
    Instant later = NOON.plus(Duration.ofDays(100));
    KeyVerdict renewal = kmsClient("pc-1", "c").accepted();
    world.ask(renewal, later);

    assertThat(world.tick(END)).isEmpty();
    assertThat(world.tick(later.plus(VALIDITY)))
        .extracting(ActivationResult::requestId)
        .containsExactly(renewal.requestId());
  }

  @Test
  @DisplayName("A report of a renewal puts the end off")
  void renewedByReport() {
    KeyVerdict asked = licensedByKms("pc-1");
    Instant later = NOON.plus(Duration.ofDays(100));
    world.report(
        report("pc-1", later, license("VOLUME_KMSCLIENT", "W8XYZ", 1, 259_200L, null)), later);

    assertThat(world.tick(END)).isEmpty();
    assertThat(world.activation(asked).dueAt()).isEqualTo(later.plus(VALIDITY));
    assertThat(world.tick(later.plus(VALIDITY))).hasSize(1);
  }

  @Test
  @DisplayName("A client that never reported its activation, but its key, still ends in time")
  void reportedKeyOnly() {
    KeyVerdict asked = kmsClient("pc-1", "c").product(Samples.SERVER).accepted();
    for (int i = 0; i < 5; i++) {
      world.ask(kmsClient("f-" + i, "c" + i).accepted());
    }
    world.ask(asked);
    Instant later = NOON.plus(Duration.ofDays(1));
    world.report(
        report("pc-1", later, license("VOLUME_KMSCLIENT", "J464C", 1, 259_200L, null)), later);

    assertThat(world.tick(END)).extracting(ActivationResult::deviceId).doesNotContain("pc-1");
    assertThat(world.tick(later.plus(VALIDITY)))
        .extracting(ActivationResult::requestId)
        .containsExactly(asked.requestId());
  }

  @ParameterizedTest(name = "{0} days after the last renewal: {1}")
  @CsvSource({
    "0, none",
    "149, none",
    "150, EXPIRING_30D",
    "179, EXPIRING_30D",
    "180, EXPIRED",
    "181, EXPIRED"
  })
  @DisplayName("S2-31 180-day validity: EXPIRING_30D from 150 days on, then EXPIRED")
  void alerts(int days, String expected) {
    assertThat(
            Validity.alert(Expiry.at(END), NOON.plus(Duration.ofDays(days)), Duration.ofDays(30))
                .orElse("none"))
        .isEqualTo(expected);
  }

  @Test
  @DisplayName("S1-20 expiry query: what is permanent or unknown raises no alert")
  void noAlert() {
    assertThat(Validity.alert(Expiry.PERMANENT, END, Duration.ofDays(30))).isEmpty();
    assertThat(Validity.alert(Expiry.UNKNOWN, END, Duration.ofDays(30))).isEmpty();
  }
}
