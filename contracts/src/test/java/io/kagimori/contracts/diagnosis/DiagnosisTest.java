package io.kagimori.contracts.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.Cause;
import io.kagimori.contracts.catalogue.ErrorCodeRow;
import io.kagimori.contracts.catalogue.FindingKind;
import io.kagimori.contracts.catalogue.Language;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.Probe;
import io.kagimori.contracts.event.ProbeBuilder;
import io.kagimori.contracts.event.ProbeKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What evidence makes of the causes behind a code. */
class DiagnosisTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String VENDOR = "activation-v2.sls.microsoft.com";

  private final Diagnosis diagnosis = new Diagnosis(Catalogue.get());

  static List<ErrorCodeRow> codes() {
    return Catalogue.get().errorCodes().all();
  }

  static Stream<Cause> causes() {
    return Catalogue.get().causes().all().stream();
  }

  private static Probe tcp(boolean succeeded, String host, int port) {
    return ProbeBuilder.builder()
        .kind(ProbeKind.TCP)
        .succeeded(succeeded)
        .target(host)
        .port(port)
        .proxy("proxy:8080")
        .at(NOON)
        .build();
  }

  private static Probe dns(ProbeKind kind, boolean succeeded, String name, String zone) {
    return ProbeBuilder.builder()
        .kind(kind)
        .succeeded(succeeded)
        .target(name)
        .resolver("192.0.2.53")
        .zone(zone)
        .zoneSource("DHCP_OPTION_15")
        .at(NOON)
        .build();
  }

  private static Probe clock(long seconds) {
    return ProbeBuilder.builder()
        .kind(ProbeKind.CLOCK)
        .target("dc01")
        .differenceSeconds(seconds)
        .at(NOON)
        .build();
  }

  private static Probe judged(ProbeKind kind, boolean succeeded) {
    return ProbeBuilder.builder().kind(kind).succeeded(succeeded).at(NOON).build();
  }

  private static Evidence evidence(String code, Probe... probes) {
    return new Evidence(
        code == null ? List.of() : List.of(code), NOON, List.of(probes), null, null, null, null);
  }

  private static Evidence.Installed installed(String edition, String partialKey) {
    return new Evidence.Installed(
        edition, false, false, false, false, true, partialKey, null, null, null, NOON);
  }

  private RankedCause first(Evidence evidence) {
    return diagnosis.rank(evidence).get(0);
  }

  @ParameterizedTest
  @MethodSource("codes")
  @DisplayName("S1-01 every code of the catalogue has ranked causes with exact commands")
  void everyCodeHasCauses(ErrorCodeRow row) {
    List<RankedCause> ranked = diagnosis.rank(Evidence.ofCodes(row.code()));

    assertThat(ranked).isNotEmpty();
    assertThat(ranked)
        .extracting(RankedCause::confidence)
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(ranked.stream().mapToDouble(RankedCause::confidence).sum()).isBetween(0.5, 1.0);
    assertThat(ranked.get(0).supporting())
        .singleElement()
        .satisfies(f -> assertThat(f.facts()).isEqualTo(Map.of("code", row.code())));
  }

  @ParameterizedTest
  @MethodSource("causes")
  @DisplayName("SX-04 every cause and step has both languages")
  void bothLanguages(Cause cause) {
    assertThat(cause.titleJa()).matches(DiagnosisTest::isJapanese);
    assertThat(cause.titleEn()).matches(text -> !isJapanese(text));
    assertThat(cause.steps())
        .isNotEmpty()
        .allMatch(step -> isJapanese(step.textJa()) && !isJapanese(step.textEn()));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SX-04 every finding has both languages")
  void findingsInBothLanguages(FindingKind kind) {
    assertThat(Catalogue.get().causes().title(kind, Language.JA))
        .matches(DiagnosisTest::isJapanese);
    assertThat(Catalogue.get().causes().title(kind, Language.EN))
        .isNotBlank()
        .matches(text -> !isJapanese(text));
  }

  private static boolean isJapanese(String text) {
    return text.codePoints()
        .anyMatch(
            c ->
                Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN
                    || Character.UnicodeScript.of(c) == Character.UnicodeScript.HIRAGANA
                    || Character.UnicodeScript.of(c) == Character.UnicodeScript.KATAKANA);
  }

  @Test
  @DisplayName("S1-31 ranked root cause: wrong edition, network fine, clock fine")
  void wrongEdition() {
    Evidence evidence =
        new Evidence(
            List.of("-1073418160"),
            NOON,
            List.of(tcp(true, VENDOR, 443), tcp(true, VENDOR, 80), clock(3)),
            new Evidence.Asked("ServerDatacenter", Channel.MAK),
            installed("ServerStandard", null),
            null,
            null);

    List<RankedCause> ranked = diagnosis.rank(evidence);

    RankedCause edition = ranked.get(0);
    assertThat(edition.cause()).isEqualTo("EDITION_MISMATCH");
    assertThat(edition.confidence()).isGreaterThan(0.7);
    assertThat(edition.supporting())
        .extracting(Finding::finding)
        .containsExactly(FindingKind.CODE, FindingKind.EDITION_DIFFERS);
    assertThat(edition.supporting().get(1).facts())
        .isEqualTo(Map.of("installed", "ServerStandard", "key", "ServerDatacenter"));
    assertThat(ranked).extracting(RankedCause::cause).doesNotContain("NETWORK_BLOCKED");
  }

  @ParameterizedTest(name = "port {0}")
  @CsvSource({"80", "443"})
  @DisplayName("S1-11 firewall or proxy: NETWORK_BLOCKED with host, port and proxy")
  void networkBlocked(int port) {
    RankedCause cause = first(evidence("0xC004F050", tcp(false, VENDOR, port)));

    assertThat(cause.cause()).isEqualTo("NETWORK_BLOCKED");
    assertThat(cause.supporting().get(1).facts())
        .isEqualTo(Map.of("host", VENDOR, "port", port, "proxy", "proxy:8080"));
  }

  @Test
  @DisplayName("S1-12 DNS wrong: DNS_FAILURE with resolver and name")
  void dnsFailure() {
    RankedCause cause = first(evidence("0x80072EE2", dns(ProbeKind.DNS_NAME, false, VENDOR, null)));

    assertThat(cause.cause()).isEqualTo("DNS_FAILURE");
    assertThat(cause.supporting().get(0).facts())
        .isEqualTo(Map.of("name", VENDOR, "resolver", "192.0.2.53"));
  }

  @ParameterizedTest(name = "{0} seconds: {1}")
  @CsvSource({
    "14401, CLOCK_SKEW",
    "-14401, CLOCK_SKEW",
    "-9223372036854775808, CLOCK_SKEW",
    "14400, KMS_HOST_UNREACHABLE",
    "0, KMS_HOST_UNREACHABLE"
  })
  @DisplayName("S1-13 clock wrong: CLOCK_SKEW with the difference beyond the limit")
  void clockSkew(long seconds, String expected) {
    RankedCause cause = first(evidence("0xC004F074", clock(seconds)));

    assertThat(cause.cause()).isEqualTo(expected);
    if (expected.equals("CLOCK_SKEW")) {
      assertThat(cause.steps()).contains("w32tm /resync");
      assertThat(cause.supporting().get(1).facts())
          .containsEntry("differenceSeconds", seconds)
          .containsEntry("limitSeconds", 14400L);
    }
  }

  @Test
  @DisplayName("S1-26 corrupted license store: guided order from file check to repair install")
  void corruptedStore() {
    assertThat(first(evidence("0xC004E002")).steps())
        .containsExactly(
            "sfc /scannow",
            "dism /online /cleanup-image /restorehealth",
            "slmgr /rilc",
            "setup.exe");
  }

  @ParameterizedTest
  @CsvSource({"0x80070005", "0xC004F025", "5"})
  @DisplayName("S1-35 privileges: ACCESS_DENIED, not a key error")
  void accessDenied(String code) {
    RankedCause cause = first(evidence(code));
    assertThat(cause.cause()).isEqualTo("ACCESS_DENIED");
    assertThat(Catalogue.get().causes().find(cause.cause()).orElseThrow().steps().get(0).textEn())
        .contains("as administrator");
    assertThat(first(evidence("0xC004F050", judged(ProbeKind.ELEVATION, false))).cause())
        .isEqualTo("ACCESS_DENIED");
  }

  @Test
  @DisplayName("S2-01 discovery in a domain: no KMS name from DNS is DISCOVERY_FAILED")
  void noRecord() {
    RankedCause cause =
        first(evidence("0x8007232B", dns(ProbeKind.DNS_SRV, false, null, "corp.example.test")));

    assertThat(cause.cause()).isEqualTo("DISCOVERY_FAILED");
    assertThat(cause.supporting().get(1).facts())
        .containsEntry("zone", "corp.example.test")
        .containsEntry("zoneSource", "DHCP_OPTION_15");
  }

  @Test
  @DisplayName("S2-02 discovery in a workgroup: no domain name is DISCOVERY_FAILED with that cause")
  void noZone() {
    RankedCause cause = first(evidence("0x8007232B", dns(ProbeKind.DNS_SRV, false, null, null)));

    assertThat(cause.cause()).isEqualTo("DISCOVERY_FAILED");
    assertThat(cause.supporting().get(1).finding()).isEqualTo(FindingKind.ZONE_MISSING);
  }

  @Test
  @DisplayName(
      "S2-11 remote configuration: service off, port blocked, no permission are told apart")
  void remoteConfiguration() {
    assertThat(first(evidence("0x80070426")).cause()).isEqualTo("SERVICE_STOPPED");
    assertThat(first(evidence("0x80070005")).cause()).isEqualTo("ACCESS_DENIED");
    assertThat(first(evidence("0x800706BA", tcp(false, "pc-1", 135))).cause())
        .isEqualTo("REMOTE_PORT_BLOCKED");
    assertThat(first(evidence(null, judged(ProbeKind.SERVICE, false))).cause())
        .isEqualTo("SERVICE_STOPPED");
    assertThat(first(evidence(null, tcp(false, "pc-1", 135))).cause())
        .isEqualTo("REMOTE_PORT_BLOCKED");
    assertThat(first(evidence(null, judged(ProbeKind.ELEVATION, false))).cause())
        .isEqualTo("ACCESS_DENIED");
  }

  @Test
  @DisplayName("S2-40 event 12288 without 12289: NO_HOST_RESPONSE")
  void unanswered() {
    Probe open = tcp(true, "kms1", 1688);

    assertThat(first(evidence("0xC004F074", open, judged(ProbeKind.KMS_RESPONSE, false))).cause())
        .isEqualTo("NO_HOST_RESPONSE");
  }

  @Test
  @DisplayName("S2-13 a shared client machine ID explains a low count")
  void sharedCmid() {
    Evidence.Host host =
        new Evidence.Host("kms1", 1688, true, 7, 25, true, List.of("pc-1", "pc-2"), null);
    Evidence evidence = new Evidence(List.of("0xC004F038"), NOON, null, null, null, null, host);

    RankedCause cause = first(evidence);

    assertThat(cause.cause()).isEqualTo("DUPLICATE_CMID");
    assertThat(cause.supporting().get(1).facts())
        .isEqualTo(Map.of("devices", List.of("pc-1", "pc-2")));
  }

  @Test
  @DisplayName("S1-08 a MAK asked for on a KMS client is KEY_MODEL_MISMATCH")
  void wrongModel() {
    Evidence.Installed client =
        new Evidence.Installed(
            "ServerStandard", false, true, false, false, true, "N69G4", 5, null, null, NOON);
    Evidence evidence =
        new Evidence(
            List.of("0xC004F050"),
            NOON,
            null,
            new Evidence.Asked("ServerStandard", Channel.MAK),
            client,
            null,
            null);

    assertThat(first(evidence).cause()).isEqualTo("KEY_MODEL_MISMATCH");
  }

  @Test
  @DisplayName("S1-25 missing updates and S1-10 an empty pool come first where they are seen")
  void otherEvidence() {
    Evidence.Installed bare =
        new Evidence.Installed(
            null, false, false, false, false, false, null, null, null, List.of("KB1"), NOON);
    assertThat(
            first(new Evidence(List.of("0xC004B008"), NOON, null, null, bare, null, null)).cause())
        .isEqualTo("PREREQ_UPDATES");
    Evidence.Key empty = new Evidence.Key("mak-1", 0L, false, false);
    assertThat(
            first(new Evidence(List.of("0x803FA071"), NOON, null, null, null, empty, null)).cause())
        .isEqualTo("MAK_EXHAUSTED");
  }

  @Test
  @DisplayName("S1-03 an unknown code alone names no cause, and evidence still counts")
  void unknownCode() {
    assertThat(diagnosis.rank(evidence("0xDEADBEEF"))).isEmpty();
    assertThat(first(evidence("0xDEADBEEF", tcp(false, VENDOR, 443))).cause())
        .isEqualTo("NETWORK_BLOCKED");
  }

  @Test
  @DisplayName("Of two attempts at one thing the later counts; a failed one outweighs another port")
  void laterAttemptCounts() {
    assertThat(
            diagnosis.rank(evidence("0xC004F050", tcp(false, VENDOR, 443), tcp(true, VENDOR, 443))))
        .extracting(RankedCause::cause)
        .doesNotContain("NETWORK_BLOCKED");
    assertThat(
            first(evidence("0xC004F050", tcp(false, VENDOR, 443), tcp(true, VENDOR, 80))).cause())
        .isEqualTo("NETWORK_BLOCKED");
  }
}
