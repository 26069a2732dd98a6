package io.kagimori.activation.domain;

import static io.kagimori.activation.Samples.NOON;
import static io.kagimori.activation.Samples.license;
import static io.kagimori.activation.Samples.mak;
import static io.kagimori.activation.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.activation.domain.Statement.Fact;
import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.DeviceReportedLicenseBuilder;
import io.kagimori.contracts.event.KeyVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several sources on one device: who said what, when, and what becomes of a disagreement. */
class EvidenceConflictTest {
  private final World world = new World();

  private void report(
      String source, Instant at, String edition, DeviceReported.License... licenses) {
    report(source, at, at, edition, licenses);
  }

  private void report(
      String source, Instant at, Instant now, String edition, DeviceReported.License... licenses) {
    world.report(
        DeviceReportedBuilder.builder()
            .deviceId("pc-1")
            .collectedAt(at)
            .source(source)
            .edition(edition)
            .language("ja")
            .licenses(List.of(licenses))
            .build(),
        now);
  }

  private Device device() {
    return world.device("pc-1");
  }

  @Test
  @DisplayName("S1-22 edition evidence, two ways: systeminfo and /dli disagree, nobody guesses")
  void editionTwoWays() {
    report("SLMGR", NOON, null, license("VOLUME_MAK", "AAAAA", 1, 0L, null));
    report("SYSTEMINFO", NOON.plusSeconds(60), "ServerDatacenter");

    Conflict conflict = device().evidence().conflict(Fact.EDITION).orElseThrow();
    assertThat(conflict.statements())
        .extracting(Statement::source, Statement::value, Statement::at)
        .containsExactly(
            Tuple.tuple("SYSTEMINFO", "ServerDatacenter", NOON.plusSeconds(60)),
            Tuple.tuple("SLMGR", "ServerStandard", NOON));
    assertThat(device().installed().edition()).isNull();
    assertThat(world.history("pc-1"))
        .extracting(DeviceHistory::note)
        .containsExactly("REPORTED", "EVIDENCE_CONFLICT");
  }

  @ParameterizedTest
  @CsvSource({
    "Microsoft Windows Server 2019 Datacenter, true",
    "Microsoft Windows Server 2019 Standard, false",
    "Microsoft Windows Server 2019 Standard Evaluation, true",
    "Some other system, false"
  })
  @DisplayName("S1-22 what systeminfo calls the system is evidence of the edition beside /dli")
  void systemName(String osName, boolean disputed) {
    report("SLMGR", NOON, null, license("VOLUME_MAK", "AAAAA", 1, 0L, null));
    Instant later = NOON.plusSeconds(60);
    world.report(
        DeviceReportedBuilder.builder()
            .deviceId("pc-1")
            .collectedAt(later)
            .source("SYSTEMINFO")
            .osBuild("17763")
            .osName(osName)
            .build(),
        later);

    assertThat(device().evidence().conflict(Fact.EDITION).isPresent()).isEqualTo(disputed);
  }

  @Test
  @DisplayName("S1-22 what was undisputed stays, and agreement ends the conflict")
  void agreementEndsIt() {
    report("DISM", NOON, "ServerStandard");
    report("SYSTEMINFO", NOON.plusSeconds(60), "ServerDatacenter");
    assertThat(device().installed().edition()).isEqualTo("ServerStandard");

    report("DISM", NOON.plusSeconds(120), "serverdatacenter");

    assertThat(device().evidence().conflicts()).isEmpty();
    assertThat(device().installed().edition()).isEqualTo("serverdatacenter");
  }

  @Test
  @DisplayName("A Core installation, which DISM alone marks, is no conflict")
  void coreIsNoConflict() {
    report("DISM", NOON, "ServerStandardCor", license("VOLUME_MAK", "AAAAA", 1, 0L, null));

    assertThat(device().evidence().conflicts()).isEmpty();
    assertThat(device().evidence().statements()).hasSize(5);
  }

  @Test
  @DisplayName("Looks far apart are no conflict: things change")
  void farApart() {
    report("DISM", NOON, "ServerStandard");
    report("SYSTEMINFO", NOON.plus(Duration.ofHours(25)), "ServerDatacenter");

    assertThat(device().evidence().conflicts()).isEmpty();
    assertThat(device().installed().edition()).isEqualTo("ServerDatacenter");
  }

  @Test
  @DisplayName("Licensed or not is disputed within the hour only, and the present keeps its state")
  void licensedDisputed() {
    report("SLMGR", NOON, null, license("VOLUME_MAK", "AAAAA", 1, 0L, null));
    report("CIM", NOON.plusSeconds(600), null, license("VOLUME_MAK", "AAAAA", 5, 0L, null));

    assertThat(device().evidence().conflicts())
        .extracting(Conflict::fact)
        .containsExactly(Fact.LICENSED);
    assertThat(device().license().status()).isEqualTo(1);

    Instant later = NOON.plus(Duration.ofMinutes(90));
    report("CIM", later, null, license("VOLUME_MAK", "AAAAA", 5, 0L, null));
    assertThat(device().evidence().conflicts()).isEmpty();
    assertThat(device().license().status()).isEqualTo(5);
  }

  @Test
  @DisplayName("A late report tells the history and its source's side, and not the present")
  void lateReport() {
    report("DISM", NOON, "ServerStandard");
    report("SYSTEMINFO", NOON.minusSeconds(60), NOON.plusSeconds(5), "ServerDatacenter");

    assertThat(device().installed().edition()).isEqualTo("ServerStandard");
    assertThat(device().evidence().conflict(Fact.EDITION)).isPresent();
    assertThat(world.history("pc-1"))
        .extracting(DeviceHistory::note)
        .containsExactly("REPORTED", "LATE_REPORT");
  }

  @Test
  @DisplayName("A confirmed activation settles what sources said of the license before")
  void activationSettles() {
    report("SLMGR", NOON, null, license("VOLUME_KMSCLIENT", "N69G4", 1, 0L, null));
    report("CIM", NOON.plusSeconds(1), null, license("VOLUME_MAK", "AAAAA", 5, 0L, null));
    assertThat(device().evidence().conflicts()).hasSize(3);
    KeyVerdict asked = mak("pc-1").at(NOON.plusSeconds(2)).accepted();
    world.ask(asked);

    world.hear(step(asked, ActivationStage.ATO).said(), NOON.plusSeconds(3));

    assertThat(device().evidence().conflicts()).isEmpty();
    assertThat(device().license().channel()).isEqualTo(LicenseChannel.MAK);
  }

  @Test
  @DisplayName("S2-36 several licenses: those in use are kept a product each, with their history")
  void severalProducts() {
    DeviceReported.License esu = addOn("VOLUME_MAK", 0, "BBBBB");
    DeviceReported.License never = addOn("OEM_SLP", 0, null);
    report("SLMGR", NOON, null, license("VOLUME_MAK", "AAAAA", 1, 0L, null), esu, never);
    report("SLMGR", NOON.plusSeconds(60), null, addOn("VOLUME_MAK", 1, "BBBBB"));

    assertThat(device().evidence().licenses())
        .extracting(ProductLicense::product, ProductLicense::status, ProductLicense::at)
        .containsExactly(
            Tuple.tuple("Windows(R), ServerStandard edition", 1, NOON),
            Tuple.tuple("id-volume_mak", 1, NOON.plusSeconds(60)));
    assertThat(world.history("pc-1"))
        .filteredOn(line -> "id-volume_mak".equals(line.product()))
        .extracting(DeviceHistory::licenseStatus)
        .containsExactly(0, 1);
    assertThat(device().license().status()).isEqualTo(1);
  }

  private static DeviceReported.License addOn(String channel, int status, String partialKey) {
    return DeviceReportedLicenseBuilder.builder()
        .name("Windows(R) 7, Client-ESU-Year1 add-on for Enterprise")
        .channel(channel)
        .activationId("ID-" + channel)
        .partialKey(partialKey)
        .licenseStatus(status)
        .build();
  }

  @Test
  @DisplayName(
      "S2-15 deployment method, image and site of an inventory are kept, later tools silent")
  void inventory() {
    world.report(
        DeviceReportedBuilder.builder()
            .deviceId("pc-1")
            .collectedAt(NOON)
            .source("IMPORT")
            .product("windows-10")
            .site("osaka")
            .imageId("gold-1")
            .deployment("DISK_CLONE")
            .build(),
        NOON);
    report("DISM", NOON.plusSeconds(60), "Enterprise");

    assertThat(device().installed())
        .isEqualTo(
            new Device.Installation(
                "windows-10", "Enterprise", "osaka", null, "gold-1", "DISK_CLONE"));
  }
}
