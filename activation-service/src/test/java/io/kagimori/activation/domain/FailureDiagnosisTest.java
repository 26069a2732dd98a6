package io.kagimori.activation.domain;

import static io.kagimori.activation.Samples.NOON;
import static io.kagimori.activation.Samples.kmsClient;
import static io.kagimori.activation.Samples.license;
import static io.kagimori.activation.Samples.mak;
import static io.kagimori.activation.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.activation.Samples;
import io.kagimori.contracts.event.ActivationAttempted;
import io.kagimori.contracts.event.ActivationAttemptedBuilder;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Probe;
import io.kagimori.contracts.event.ProbeBuilder;
import io.kagimori.contracts.event.ProbeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a failed activation says of its causes, and what a device remembers of its failures. */
class FailureDiagnosisTest {
  private static final Instant LATER = NOON.plus(Duration.ofMinutes(5));
  private final World world = new World();

  private static Probe tcp(boolean succeeded, int port) {
    return ProbeBuilder.builder()
        .kind(ProbeKind.TCP)
        .succeeded(succeeded)
        .target("vendor")
        .port(port)
        .build();
  }

  private static ActivationAttempted failed(KeyVerdict of, String code, Probe... probes) {
    return ActivationAttemptedBuilder.builder()
        .requestId(of.requestId())
        .deviceId(of.deviceId())
        .succeeded(false)
        .stage(ActivationStage.ATO)
        .code(code)
        .probes(List.of(probes))
        .build();
  }

  @SuppressWarnings("unchecked") // details are maps of lists of maps
  private static List<Map<String, Object>> causes(ActivationResult result) {
    return (List<Map<String, Object>>) result.detail().get("causes");
  }

  @Test
  @DisplayName("S1-31 a failed result carries ranked causes with confidence, evidence and steps")
  void rankedCauses() {
    KeyVerdict asked = mak("pc-1").accepted();
    world.ask(asked);

    ActivationResult result =
        world.hear(failed(asked, "0xC004F050", tcp(false, 443)), LATER).orElseThrow();

    Map<String, Object> first = causes(result).get(0);
    assertThat(first).containsEntry("rank", 1).containsEntry("cause", "NETWORK_BLOCKED");
    assertThat((Double) first.get("confidence")).isBetween(0.4, 1.0);
    assertThat(first.get("evidence").toString()).contains("TCP_INTERNET_BLOCKED", "port=443");
    assertThat(first.get("steps").toString()).contains("Test-NetConnection");
    assertThat(first.get("title").toString()).contains("en=", "ja=");
    assertThat(causes(result)).extracting(c -> c.get("cause")).contains("KEY_MISTYPED");
  }

  @Test
  @DisplayName("S1-31 the edition that a report showed and probes of a report count as evidence")
  void reportedEvidence() {
    world.report(
        DeviceReportedBuilder.builder()
            .deviceId("pc-1")
            .collectedAt(NOON)
            .source("DISM")
            .edition("ServerDatacenter")
            .probes(List.of(tcp(true, 443)))
            .build(),
        NOON);
    KeyVerdict asked = mak("pc-1").accepted();
    world.ask(asked);

    ActivationResult result = world.hear(failed(asked, "c004f050"), LATER).orElseThrow();

    assertThat(causes(result).get(0)).containsEntry("cause", "EDITION_MISMATCH");
    assertThat(causes(result)).extracting(c -> c.get("cause")).doesNotContain("NETWORK_BLOCKED");
  }

  @Test
  @DisplayName("Probes older than a day say nothing of today")
  void oldProbes() {
    KeyVerdict first = mak("pc-1").accepted();
    world.ask(first);
    world.hear(failed(first, "0xC004F050", tcp(false, 443)), NOON);
    KeyVerdict second = mak("pc-1").accepted();
    world.ask(second);

    ActivationResult result =
        world.hear(failed(second, "0xC004F050"), NOON.plus(Duration.ofHours(25))).orElseThrow();

    assertThat(causes(result).get(0)).containsEntry("cause", "KEY_MISTYPED");
  }

  @Test
  @DisplayName("S2-18 a KMS host that is not activated is named as the cause of a vague code")
  void hostState() {
    world.hostReported(Samples.HOST, true, NOON);
    KeyVerdict asked = kmsClient("pc-1", "cmid-1").product(Samples.SERVER).accepted();
    for (int i = 0; i < 30; i++) {
      world.ask(kmsClient("other-" + i, "cmid-o" + i).accepted());
    }
    world.ask(asked);
    world.hostReported(Samples.HOST, false, NOON.plusSeconds(1));

    ActivationResult result = world.hear(failed(asked, "0xC004F039"), LATER).orElseThrow();

    assertThat(causes(result).get(0)).containsEntry("cause", "HOST_NOT_ACTIVATED");
  }

  @Test
  @DisplayName("S2-13 clones that share a client machine ID explain a count that stays low")
  void sharedCmid() {
    for (int i = 0; i < 30; i++) {
      world.ask(kmsClient("other-" + i, "cmid-o" + i).accepted());
    }
    world.ask(kmsClient("clone-1", "same").accepted());
    KeyVerdict asked = kmsClient("clone-2", "same").accepted();
    world.ask(asked);

    ActivationResult result = world.hear(failed(asked, "0xC004F038"), LATER).orElseThrow();

    assertThat(causes(result).get(0)).containsEntry("cause", "DUPLICATE_CMID");
    assertThat(causes(result).get(0).get("evidence").toString()).contains("clone-1", "clone-2");
  }

  @Test
  @DisplayName("S1-14 failure, then success: one trouble, RECOVERED, its attempts listed")
  void recovers() {
    KeyVerdict asked = mak("pc-1").accepted();
    world.ask(asked);
    world.hear(failed(asked, "0x80072EE2"), NOON);
    world.hear(failed(asked, "0x80072EFD"), LATER);
    assertThat(world.device("pc-1").trouble().state()).isEqualTo(Trouble.State.FAILING);

    world.hear(step(asked, ActivationStage.ATO).said(), LATER.plusSeconds(60));

    Trouble trouble = world.device("pc-1").trouble();
    assertThat(trouble.state()).isEqualTo(Trouble.State.RECOVERED);
    assertThat(trouble.since()).isEqualTo(NOON);
    assertThat(trouble.recoveredAt()).isEqualTo(LATER.plusSeconds(60));
    assertThat(trouble.attempts()).isEqualTo(2);
    assertThat(trouble.failures())
        .extracting(Trouble.Failure::code)
        .containsExactly("0x80072EE2", "0x80072EFD");
  }

  @Test
  @DisplayName("S1-36 failed activations open an incident that successes end")
  void incidentFromFailures() {
    List<KeyVerdict> asked =
        java.util.stream.IntStream.range(0, 6).mapToObj(i -> mak("pc-" + i).accepted()).toList();
    asked.forEach(world::ask);
    asked.forEach(each -> world.hear(failed(each, "0x80072EE2"), LATER));

    Incident open = world.batch.incidents().changedIncidents().iterator().next();
    assertThat(open.devices()).isEqualTo(6);
    assertThat(open.cause()).isEqualTo("NETWORK_BLOCKED");
    assertThat(open.shared())
        .extracting(Incident.Shared::factor)
        .containsExactly(
            FailureSignal.Factor.KEY,
            FailureSignal.Factor.SITE,
            FailureSignal.Factor.PRODUCT,
            FailureSignal.Factor.CODE);

    asked.forEach(
        each -> world.hear(step(each, ActivationStage.ATO).said(), LATER.plusSeconds(60)));
    assertThat(world.batch.incidents().changedIncidents())
        .singleElement()
        .extracting(Incident::state)
        .isEqualTo(Incident.State.RECOVERED);
  }

  @Test
  @DisplayName("S2-14 a key that sysprep left in place is not a missing key")
  void keyKept() {
    world.report(
        Samples.report("pc-1", NOON, license("VOLUME_KMSCLIENT", "N69G4", 2, 43_200L, null)), NOON);
    Device device = world.device("pc-1");

    assertThat(
            new io.kagimori.contracts.diagnosis.Diagnosis(
                    io.kagimori.contracts.catalogue.Catalogue.get())
                .rank(
                    new FailureEvidence(
                            io.kagimori.contracts.catalogue.Catalogue.get(), UpdateBaseline.NONE)
                        .of(device, world.batch.surroundings(), NOON)))
        .extracting(io.kagimori.contracts.diagnosis.RankedCause::cause)
        .doesNotContain("NO_KEY_INSTALLED");
  }
}
