package io.kagimori.activation.domain;

import static io.kagimori.activation.Samples.NOON;
import static io.kagimori.activation.Samples.license;
import static io.kagimori.activation.Samples.mak;
import static io.kagimori.activation.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.ActivationStage;
import io.kagimori.contracts.event.DeviceReported;
import io.kagimori.contracts.event.DeviceReportedBuilder;
import io.kagimori.contracts.event.DeviceReportedKmsBuilder;
import io.kagimori.contracts.event.DeviceReportedLicenseBuilder;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.KmsHostOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reports change on a device. */
class ReportRuleTest {
  private static final String CLIENT = "VOLUME_KMSCLIENT channel";

  private final World world = new World();

  private void report(Instant at, DeviceReported.License license) {
    world.report(io.kagimori.activation.Samples.report("pc-1", at, license), at);
  }

  private static DeviceReported.Kms kms(String host, String registered, String discovered) {
    return DeviceReportedKmsBuilder.builder()
        .cmid("CMID-1")
        .host(host)
        .registeredHost(registered)
        .discoveredHost(discovered)
        .build();
  }

  @Test
  @DisplayName("S4-22 a re-image leaves nothing known of license and client id until a new report")
  void reimaged() {
    report(NOON, license(CLIENT, "2YT43", 1, 100L, kms(null, "kms1", null)));
    world.report(
        DeviceReportedBuilder.builder()
            .deviceId("pc-1")
            .collectedAt(NOON.plusSeconds(60))
            .source("REIMAGE")
            .edition("Professional")
            .build(),
        NOON.plusSeconds(60));

    assertThat(world.device("pc-1").license()).isEqualTo(License.UNKNOWN);
    assertThat(world.device("pc-1").kms()).isNull();
    assertThat(world.device("pc-1").installed().edition()).isEqualTo("Professional");

    report(NOON.plusSeconds(120), license(CLIENT, "2YT43", 1, 99L, kms(null, "kms1", null)));
    assertThat(world.device("pc-1").license().status()).isEqualTo(1);
  }

  @Test
  @DisplayName("S0-18 an upgraded edition has lost its license and keeps its client id")
  void editionChanged() {
    report(NOON, license(CLIENT, "2YT43", 1, 100L, kms(null, "kms1", null)));
    world.report(
        DeviceReportedBuilder.builder()
            .deviceId("pc-1")
            .collectedAt(NOON.plusSeconds(60))
            .source("EDITION_CHANGE")
            .edition("Enterprise")
            .build(),
        NOON.plusSeconds(60));

    assertThat(world.device("pc-1").license()).isEqualTo(License.UNLICENSED);
    assertThat(world.device("pc-1").kms().cmid()).isEqualTo("cmid-1");
    assertThat(world.device("pc-1").installed().edition()).isEqualTo("Enterprise");
    assertThat(world.device("pc-1").evidence().conflicts()).isEmpty();
  }

  @Test
  @DisplayName("S2-03 direct registration wins over the host that DNS names")
  void registeredWins() {
    report(
        NOON, license(CLIENT, "2YT43", 1, 100L, kms(null, "KMS1.example.com", "dns.example.com")));

    DeviceKms known = world.device("pc-1").kms();
    assertThat(known.host()).isEqualTo("kms1.example.com");
    assertThat(known.port()).isEqualTo(1688);
    assertThat(known.origin()).isEqualTo(KmsHostOrigin.REGISTERED);
    assertThat(known.cmid()).isEqualTo("cmid-1");
  }

  @Test
  @DisplayName("S2-05 back to discovery: a cleared registration leaves the origin dns")
  void clearedRegistration() {
    report(NOON, license(CLIENT, "2YT43", 1, 100L, kms(null, "kms1", null)));
    report(NOON.plusSeconds(60), license(CLIENT, "2YT43", 1, 99L, kms(null, null, null)));

    assertThat(world.device("pc-1").kms().origin()).isEqualTo(KmsHostOrigin.DNS);
    assertThat(world.device("pc-1").kms().host()).isNull();

    report(NOON.plusSeconds(120), license(CLIENT, "2YT43", 1, 98L, kms(null, null, "dns1")));
    assertThat(world.device("pc-1").kms().host()).isEqualTo("dns1");
  }

  @Test
  @DisplayName("A host named without its origin keeps the origin that is known")
  void hostWithoutOrigin() {
    report(NOON, license(CLIENT, "2YT43", 1, 100L, kms(null, "kms1:1700", null)));
    report(NOON.plusSeconds(60), license(CLIENT, "2YT43", 1, 99L, kms("kms1", null, null)));
    assertThat(world.device("pc-1").kms().origin()).isEqualTo(KmsHostOrigin.REGISTERED);

    report(NOON.plusSeconds(120), license(CLIENT, "2YT43", 1, 98L, kms("kms2", null, null)));
    assertThat(world.device("pc-1").kms().origin()).isEqualTo(KmsHostOrigin.DNS);
  }

  @Test
  @DisplayName("A device that is no KMS client has no KMS host")
  void noClient() {
    report(NOON, license("VOLUME_MAK", "AAAAA", 1, 0L, kms(null, null, null)));

    assertThat(world.device("pc-1").kms().origin()).isEqualTo(KmsHostOrigin.NONE);
  }

  @Test
  @DisplayName("S2-06 MAK to KMS conversion: a report shows the change in the history")
  void conversion() {
    report(NOON, license("VOLUME_MAK channel", "AAAAA", 1, 0L, null));
    report(NOON.plusSeconds(60), license(CLIENT, "J464C", 1, 259_200L, null));

    assertThat(world.history("pc-1"))
        .extracting(DeviceHistory::channel)
        .containsExactly(LicenseChannel.MAK, LicenseChannel.KMS);
    License now = world.device("pc-1").license();
    assertThat(now.partialKey()).isEqualTo("J464C");
    assertThat(now.keyId()).isEqualTo("setup-key-j464c");
  }

  @ParameterizedTest(name = "{0}, status {1}, {2} minutes: {3}")
  @CsvSource({
    "VOLUME_MAK, 1, 0, PERMANENT",
    "VOLUME_MAK, 1, , PERMANENT",
    "RETAIL, 1, 0, PERMANENT",
    "OEM_SLP, 1, , PERMANENT",
    "VOLUME_KMSCLIENT, 1, 259200, DATE",
    "VOLUME_KMSCLIENT, 1, , UNKNOWN",
    "VOLUME_MAK, 2, 43200, DATE",
    "VOLUME_MAK, 5, 0, UNKNOWN",
    "TIMEBASED_EVAL, 1, 1440, DATE",
    "VOLUME_KMSCLIENT, 1, 9223372036854775807, DATE"
  })
  @DisplayName("S1-20 expiry query: a MAK is permanent, a KMS client has a date")
  void expiry(String channel, int status, Long minutes, Expiry.Kind expected) {
    report(NOON, license(channel, "AAAAA", status, minutes, null));

    assertThat(world.device("pc-1").license().expiry().kind()).isEqualTo(expected);
  }

  @Test
  @DisplayName("A late report changes the history and not the present")
  void lateReport() {
    report(NOON, license("VOLUME_MAK", "AAAAA", 1, 0L, 3, null));
    Device present = world.device("pc-1");
    DeviceReported late =
        io.kagimori.activation.Samples.report(
            "pc-1", NOON.minusSeconds(1), license(CLIENT, "BBBBB", 5, null, 9, null));

    world.report(late, NOON.plusSeconds(600));

    assertThat(world.device("pc-1")).isEqualTo(present);
    assertThat(world.history("pc-1"))
        .hasSize(2)
        .last()
        .satisfies(
            line -> {
              assertThat(line.note()).isEqualTo("LATE_REPORT");
              assertThat(line.licenseStatus()).isEqualTo(5);
            });
  }

  @Test
  @DisplayName("A report collected before a confirmation does not undo it")
  void olderThanConfirmation() {
    KeyVerdict asked = mak("pc-1").accepted();
    world.ask(asked);
    world.hear(step(asked, ActivationStage.ATO).said(), NOON.plusSeconds(300));

    world.report(
        io.kagimori.activation.Samples.report(
            "pc-1", NOON.plusSeconds(60), license("VOLUME_MAK", "W8XYZ", 5, null, null)),
        NOON.plusSeconds(900));

    assertThat(world.device("pc-1").license().status()).isEqualTo(1);
  }

  @Test
  @DisplayName("A clock that runs ahead does not lock the device out of its future")
  void clockAhead() {
    Instant far = NOON.plus(Duration.ofDays(3650));
    world.report(
        io.kagimori.activation.Samples.report(
            "pc-1", far, license("VOLUME_MAK", "AAAAA", 5, null, null)),
        NOON);
    report(NOON.plusSeconds(60), license("VOLUME_MAK", "AAAAA", 1, 0L, null));

    assertThat(world.device("pc-1").license().status()).isEqualTo(1);
  }

  @Test
  @DisplayName("The base license is the Windows license with a key, not an add-on, not Office")
  void baseLicense() {
    DeviceReported.License esu =
        DeviceReportedLicenseBuilder.builder()
            .name("Windows(R) 7, Client-ESU-Year1 add-on for Enterprise")
            .channel("VOLUME_MAK")
            .partialKey("EEEEE")
            .licenseStatus(1)
            .build();
    DeviceReported.License office =
        DeviceReportedLicenseBuilder.builder()
            .name("Office 19")
            .channel(CLIENT)
            .applicationId("0ff1ce15-a989-479d-af46-f275c6370663")
            .partialKey("OOOOO")
            .licenseStatus(1)
            .build();
    DeviceReported said =
        DeviceReportedBuilder.builder()
            .deviceId("pc-1")
            .collectedAt(NOON)
            .source("CIM")
            .licenses(
                List.of(
                    office,
                    esu,
                    license(CLIENT, null, 0, null, null),
                    license("RETAIL", "RRRRR", 1, null, null)))
            .build();

    world.report(said, NOON);

    assertThat(world.device("pc-1").license().partialKey()).isEqualTo("RRRRR");
    assertThat(world.device("pc-1").license().channel()).isEqualTo(LicenseChannel.RETAIL);
  }

  @Test
  @DisplayName("A report that says nothing new adds no line")
  void nothingNew() {
    report(NOON, license(CLIENT, "2YT43", 1, 100L, null));
    report(NOON.plusSeconds(60), license(CLIENT, "2YT43", 1, 99L, null));

    assertThat(world.history("pc-1")).hasSize(1);
    assertThat(world.device("pc-1").lastReportAt()).isEqualTo(NOON.plusSeconds(60));
  }
}
