package io.kagimori.activation.domain;

import static io.kagimori.activation.Samples.HOST;
import static io.kagimori.activation.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.event.KmsHostReported;
import io.kagimori.contracts.event.KmsHostReportedBuilder;
import io.kagimori.contracts.event.KmsRequestLogged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostHealthTest {
  private static final HostFindings.Registered NOBODY = HostFindings.Registered.NONE;
  private final HostFindings findings = new HostFindings(Catalogue.get().kmsRules());
  private final KmsHost host = KmsHost.unknown(HOST, NOON);

  private static KmsHostReportedBuilder said() {
    return KmsHostReportedBuilder.builder()
        .host(HOST)
        .port(1688)
        .activated(true)
        .currentCount(50)
        .partialKey("D3VKC")
        .dnsPublishing(true)
        .priority("NORMAL")
        .activationIntervalMinutes(120L)
        .renewalIntervalMinutes(10_080L)
        .serviceVersion("10.0.17763.1");
  }

  private static HostHealth heard(KmsHostReportedBuilder... reports) {
    HostHealth health = HostHealth.unknown(HOST);
    for (int i = 0; i < reports.length; i++) {
      Instant at = NOON.plus(Duration.ofHours(i));
      health = health.reported(reports[i].collectedAt(at).build(), at);
    }
    return health;
  }

  private List<String> codes(HostHealth health) {
    return findings.of(host, health, 50, NOBODY).stream().map(HostFinding::code).toList();
  }

  private Map<String, Object> detail(HostHealth health, String code) {
    return findings.of(host, health, 50, NOBODY).stream()
        .filter(finding -> finding.code().equals(code))
        .findFirst()
        .orElseThrow()
        .detail();
  }

  @Test
  @DisplayName("S2-19 restart needed: a changed setting is pending until a restart is observed")
  void restartNeeded() {
    KmsHostReportedBuilder before = said().serviceStartedAt(NOON.minusSeconds(60));
    KmsHostReportedBuilder changed =
        said().port(1700).serviceStartedAt(before.serviceStartedAt()).configuredBy("GROUP_POLICY");
    KmsHostReportedBuilder restarted =
        said().port(1700).serviceStartedAt(NOON.plus(Duration.ofMinutes(90)));

    HostHealth pending = heard(before, changed);
    assertThat(codes(pending)).containsExactly("CONFIG_PENDING_RESTART");
    assertThat(detail(pending, "CONFIG_PENDING_RESTART"))
        .containsEntry("settings", List.of("port"))
        .containsEntry("command", "net stop sppsvc && net start sppsvc");
    assertThat(pending.pendingSince()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    assertThat(codes(heard(before, changed, changed))).contains("CONFIG_PENDING_RESTART");

    assertThat(codes(heard(before, changed, restarted))).isEmpty();
  }

  @Test
  @DisplayName("S2-19 restart needed: a start in the log counts, the change's own time is exact")
  void restartInLog() {
    KmsHostReportedBuilder changed =
        said()
            .renewalIntervalMinutes(20_000L)
            .settingsChangedAt(NOON.plusSeconds(600))
            .events(List.of(new KmsHostReported.Logged(902, NOON.plusSeconds(1200), null, null)));

    assertThat(codes(heard(said(), changed))).isEmpty();

    changed.events(List.of(new KmsHostReported.Logged(902, NOON.plusSeconds(300), null, null)));
    assertThat(codes(heard(said(), changed))).containsExactly("CONFIG_PENDING_RESTART");
  }

  @Test
  @DisplayName("S2-19 restart needed: a first report can tell by itself that a restart is missing")
  void firstReport() {
    KmsHostReportedBuilder first =
        said().serviceStartedAt(NOON.minusSeconds(600)).settingsChangedAt(NOON.minusSeconds(60));

    assertThat(codes(heard(first))).containsExactly("CONFIG_PENDING_RESTART");
    first.settingsChangedAt(NOON.minusSeconds(6000));
    assertThat(codes(heard(first))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "slsvc,,slsvc",
    "sppsvc,6.0.6002,sppsvc",
    ",6.0.6001.18000,slsvc",
    ",6.1.7601,sppsvc"
  })
  @DisplayName("S2-19 the old service name slsvc and the new sppsvc are both known")
  void serviceNames(String name, String version, String restarted) {
    KmsHostReportedBuilder changed = said().serviceName(name).serviceVersion(version).port(1700);

    assertThat(detail(heard(said(), changed), "CONFIG_PENDING_RESTART").get("command"))
        .isEqualTo("net stop " + restarted + " && net start " + restarted);
  }

  @Test
  @DisplayName("S2-20 listening port: registered clients of the old port are to be told")
  void clientsOfOldPort() {
    KmsHostReportedBuilder moved = said().port(1700);

    assertThat(findings.of(host, heard(moved), 50, new HostFindings.Registered(9, 4)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("CLIENTS_MUST_REREGISTER");
              assertThat(finding.detail())
                  .containsEntry("devices", 4L)
                  .containsEntry("registered", 9L)
                  .containsEntry("port", 1700);
            });
  }

  @Test
  @DisplayName("S2-21 DNS publishing: the flag flips, off without registered clients is a risk")
  void publishingOff() {
    KmsHostReportedBuilder off =
        said().dnsPublishing(false).serviceStartedAt(NOON.plus(Duration.ofHours(2)));
    HostHealth health = heard(said(), off);

    assertThat(health.changes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.setting()).isEqualTo("dnsPublishing");
              assertThat(change.from() + ">" + change.to()).isEqualTo("true>false");
            });
    assertThat(codes(health)).containsExactly("DNS_OFF_NO_REGISTERED_CLIENTS");
    assertThat(findings.of(host, health, 50, new HostFindings.Registered(1, 0))).isEmpty();
    KmsHostReportedBuilder on = said().serviceStartedAt(NOON.plus(Duration.ofHours(3)));
    assertThat(codes(heard(said(), off, on))).isEmpty();
  }

  @Test
  @DisplayName("S2-21 event 12293 is DNS_PUBLISH_FAILED until event 12294")
  void publishingFailed() {
    KmsHostReportedBuilder failed =
        said()
            .events(
                List.of(
                    new KmsHostReported.Logged(
                        12_294, NOON.minusSeconds(90), null, "old.example.com"),
                    new KmsHostReported.Logged(
                        12_293, NOON.minusSeconds(60), "0x80072338", "example.com")));
    HostHealth health = heard(failed);

    assertThat(detail(health, "DNS_PUBLISH_FAILED"))
        .containsEntry("code", "0x80072338")
        .containsEntry("domain", "example.com");
    KmsHostReportedBuilder published =
        said()
            .events(
                List.of(
                    new KmsHostReported.Logged(12_294, NOON.plusSeconds(60), null, "example.com")));
    assertThat(codes(heard(failed, published))).isEmpty();
    assertThat(codes(heard(failed, said()))).contains("DNS_PUBLISH_FAILED");
  }

  @Test
  @DisplayName("S2-22 priority: low and normal are shown and their change recorded")
  void priority() {
    KmsHostReportedBuilder low = said().priority("LOW");
    HostHealth health = heard(said(), low, said());

    assertThat(health.settings().priority()).isEqualTo("NORMAL");
    assertThat(health.changes())
        .extracting(HostHealth.Change::from, HostHealth.Change::to)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("NORMAL", "LOW"),
            org.assertj.core.groups.Tuple.tuple("LOW", "NORMAL"));
  }

  @ParameterizedTest
  @CsvSource({"14,true", "15,false", "120,false", "43200,false", "43201,true"})
  @DisplayName("S2-23 activation interval: 15 to 43200 minutes, else INTERVAL_OUT_OF_RANGE")
  void activationInterval(long minutes, boolean wrong) {
    KmsHostReportedBuilder said = said().activationIntervalMinutes(minutes);

    assertThat(codes(heard(said)).contains("INTERVAL_OUT_OF_RANGE")).isEqualTo(wrong);
    assertThat(Catalogue.get().kmsRules().activationIntervalMinutes()).isEqualTo(120);
  }

  @ParameterizedTest
  @CsvSource({"14,true", "15,false", "10080,false", "43200,false", "43201,true"})
  @DisplayName("S2-24 renewal interval: default 10,080 minutes, the same range")
  void renewalInterval(long minutes, boolean wrong) {
    KmsHostReportedBuilder said = said().renewalIntervalMinutes(minutes);
    HostHealth health = heard(said);

    assertThat(codes(health).contains("INTERVAL_OUT_OF_RANGE")).isEqualTo(wrong);
    if (wrong) {
      assertThat(detail(health, "INTERVAL_OUT_OF_RANGE"))
          .containsEntry("setting", "renewalIntervalMinutes")
          .containsEntry("smallest", 15)
          .containsEntry("largest", 43_200);
    }
    assertThat(Catalogue.get().kmsRules().renewalIntervalMinutes()).isEqualTo(10_080);
  }

  @Test
  @DisplayName("S2-12 channel of configuration: how a host was changed stands with the change")
  void configuredBy() {
    KmsHostReportedBuilder changed =
        said().activationIntervalMinutes(60L).configuredBy("LOGON_SCRIPT");

    assertThat(heard(said(), changed).changes())
        .extracting(HostHealth.Change::by)
        .containsExactly("LOGON_SCRIPT");
  }

  @Test
  @DisplayName("S2-41 below the threshold is told for each kind of system")
  void thresholds() {
    assertThat(findings.thresholds(7))
        .extracting(HostFindings.Threshold::kind, HostFindings.Threshold::reached)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("CLIENT", false),
            org.assertj.core.groups.Tuple.tuple("SERVER", true),
            org.assertj.core.groups.Tuple.tuple("OFFICE", true));
    assertThat(findings.of(host, heard(said()), 7, NOBODY))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.detail())
                    .containsEntry("kind", "CLIENT")
                    .containsEntry("missing", 18));
  }

  @Test
  @DisplayName("A report that was collected before the newest changes nothing")
  void lateReport() {
    KmsHostReportedBuilder late = said().port(1700);
    HostHealth health = heard(said(), said());

    assertThat(
            health.reported(
                late.collectedAt(NOON.minusSeconds(1)).build(), NOON.plusSeconds(9_000)))
        .isEqualTo(health);
  }

  @Test
  @DisplayName("S2-41 requests in the log are counted, failures apart")
  void logged() {
    HostHealth health = HostHealth.unknown(HOST);
    for (String result : new String[] {"0x0", "0x00000000", "0xC004F042", null}) {
      health = health.logged(new KmsRequestLogged(HOST, "c", "pc", 25, result, 1, 9L, NOON), NOON);
    }

    assertThat(health.logged().total()).isEqualTo(4);
    assertThat(health.logged().failed()).isEqualTo(1);
    assertThat(health.logged().lastAt()).isEqualTo(NOON);
  }
}
