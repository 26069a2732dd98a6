package io.kagimori.activation.domain;

import static io.kagimori.activation.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.activation.domain.FailureSignal.Factor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices that fail alike, as one thing to look at. */
class IncidentsTest {
  private static final String CODE = "0xC004F074";
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final Duration QUIET = Duration.ofMinutes(30);

  private final Incidents incidents = new Incidents(new Incidents.Limits(3, WINDOW, QUIET));

  private void failed(String device, Instant at, Map<Factor, String> factors) {
    incidents.failed(
        new FailureSignal(
            CODE,
            device,
            "r-" + device,
            "ACTIVATION_FAILED",
            CODE,
            "KMS_PORT_BLOCKED",
            factors,
            at));
  }

  private void failed(String device, Instant at) {
    failed(device, at, Map.of(Factor.SITE, "tokyo", Factor.CODE, CODE));
  }

  private Incident only() {
    assertThat(incidents.changedIncidents()).hasSize(1);
    return incidents.changedIncidents().iterator().next();
  }

  @Test
  @DisplayName("S1-36 alert grouping: 400 devices failing alike in 10 minutes are one incident")
  void fourHundred() {
    for (int i = 0; i < 400; i++) {
      failed("pc-" + i, NOON.plusMillis(i * 1_490L));
    }

    Incident incident = only();
    assertThat(incident.devices()).isEqualTo(400);
    assertThat(incident.state()).isEqualTo(Incident.State.OPEN);
    assertThat(incident.firstAt()).isEqualTo(NOON);
    assertThat(incidents.changedMembers()).hasSize(400);
    assertThat(incident.shared())
        .extracting(Incident.Shared::factor, Incident.Shared::value, Incident.Shared::devices)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Factor.SITE, "tokyo", 400L),
            org.assertj.core.groups.Tuple.tuple(Factor.CODE, CODE, 400L));
  }

  @ParameterizedTest(name = "{0} of 10 at the host")
  @CsvSource({"10, true", "8, true", "7, false"})
  @DisplayName("A factor is shared when four of five devices have it; the others are not named")
  void sharedFactor(int atHost, boolean shared) {
    for (int i = 0; i < 10; i++) {
      failed(
          "pc-" + i,
          NOON.plusSeconds(i),
          Map.of(Factor.HOST, i < atHost ? "kms1" : "kms-" + i, Factor.SITE, "site-" + i));
    }

    assertThat(only().shared())
        .extracting(Incident.Shared::value)
        .isEqualTo(shared ? List.of("kms1") : List.of());
  }

  @Test
  @DisplayName("Too few devices, however often they fail, and failures far apart are no incident")
  void noIncident() {
    for (int i = 0; i < 50; i++) {
      failed("pc-" + i % 2, NOON.plusSeconds(i));
    }
    failed("pc-9", NOON.plus(WINDOW).plusSeconds(60));

    assertThat(incidents.changedIncidents()).isEmpty();
    assertThat(incidents.changedMembers()).isEmpty();
  }

  @Test
  @DisplayName("A device that fails again is counted once")
  void countedOnce() {
    for (int i = 0; i < 9; i++) {
      failed("pc-" + i % 3, NOON.plusSeconds(i));
    }

    assertThat(only().devices()).isEqualTo(3);
    assertThat(only().lastAt()).isEqualTo(NOON.plusSeconds(8));
  }

  @Test
  @DisplayName("S1-14 transient outage: when every device works again the incident is RECOVERED")
  void recovers() {
    for (int i = 0; i < 3; i++) {
      failed("pc-" + i, NOON);
    }
    incidents.recovered("pc-0", List.of(CODE), NOON.plusSeconds(60));
    failed("pc-0", NOON.plusSeconds(90));
    for (int i = 0; i < 3; i++) {
      assertThat(only().state()).isEqualTo(Incident.State.OPEN);
      incidents.recovered("pc-" + i, List.of(CODE), NOON.plusSeconds(100 + i));
    }

    assertThat(only().state()).isEqualTo(Incident.State.RECOVERED);
    assertThat(only().recovered()).isEqualTo(3);
    assertThat(only().closedAt()).isEqualTo(NOON.plusSeconds(102));
    assertThat(incidents.changedWatches()).allMatch(IncidentWatch::isIdle);
  }

  @Test
  @DisplayName("A device that works again before there is an incident is forgotten")
  void recoveredEarly() {
    failed("pc-0", NOON);
    failed("pc-1", NOON);
    incidents.recovered("pc-0", List.of(CODE), NOON.plusSeconds(1));
    failed("pc-2", NOON.plusSeconds(2));

    assertThat(incidents.changedIncidents()).isEmpty();
  }

  @Test
  @DisplayName("A quiet time closes an incident by tick; later failures are another one")
  void closes() {
    for (int i = 0; i < 3; i++) {
      failed("pc-" + i, NOON);
    }
    incidents.ticked(NOON.plus(QUIET).minusSeconds(1));
    assertThat(only().state()).isEqualTo(Incident.State.OPEN);

    incidents.ticked(NOON.plus(QUIET));

    assertThat(only().state()).isEqualTo(Incident.State.CLOSED);
    assertThat(only().closedAt()).isEqualTo(NOON.plus(QUIET));
    Instant later = NOON.plus(QUIET).plusSeconds(60);
    for (int i = 0; i < 3; i++) {
      failed("pc-" + i, later);
    }
    assertThat(incidents.changedIncidents())
        .extracting(Incident::state)
        .containsExactly(Incident.State.CLOSED, Incident.State.OPEN);
  }

  @Test
  @DisplayName("A failure that comes after the quiet time, before any tick, closes it too")
  void closesWithoutTick() {
    for (int i = 0; i < 3; i++) {
      failed("pc-" + i, NOON);
    }
    failed("pc-9", NOON.plus(QUIET).plusSeconds(5));

    assertThat(only().state()).isEqualTo(Incident.State.CLOSED);
    assertThat(only().devices()).isEqualTo(3);
  }

  @Test
  @DisplayName("A tick forgets failures that came to nothing")
  void forgets() {
    failed("pc-0", NOON);
    IncidentWatch watch = incidents.changedWatches().get(0);
    assertThat(watch.dueAt(WINDOW, QUIET)).isEqualTo(NOON.plus(WINDOW));

    incidents.ticked(NOON.plus(WINDOW).plusSeconds(1));

    assertThat(incidents.changedWatches()).allMatch(IncidentWatch::isIdle);
  }
}
