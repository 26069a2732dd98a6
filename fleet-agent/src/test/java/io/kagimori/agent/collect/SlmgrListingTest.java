package io.kagimori.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlmgrListingTest {
  private static final Path SAMPLES = Path.of("src/test/resources/samples");
  private static final Path BETA_DLI =
      SAMPLES.resolve("slmgr-dli/03-vista-rc1-kms-client-and-host-ja.txt");
  private static final Path BETA_DLV = SAMPLES.resolve("slmgr-dlv/04-vista-rc1-ja.txt");

  @Test
  @DisplayName("S2-32 general part of /dli")
  void readsTheGeneralPart() throws IOException {
    assertThat(read(BETA_DLI).facts())
        .contains(
            entry("name", "Windows(TM) Vista, Enterprise エディション"),
            entry("channel", "ENVIRONMENT"),
            entry("partial_product_key", "RHXCM"),
            entry("license_status", "Licensed"),
            entry("remaining_minutes", 43162),
            entry("remaining_days_printed", 29),
            entry("evaluation_end", "8/29/2007 4:59:59 PM"));
  }

  @Test
  @DisplayName("S2-33 KMS client part of /dli, one interval with an English unit")
  void readsTheClientPart() throws IOException {
    assertThat(read(BETA_DLI).facts())
        .contains(
            entry("cmid", "45d450a8-2bef-4f04-9271-6104516a1b60"),
            entry("kms_host_source", "none"),
            entry("kms_extended_pid", "11111-00140-008-805425-03-1033-5384.0000-1752006"),
            entry("activation_interval_minutes", 120),
            entry("renewal_interval_minutes", 10080))
        .doesNotContainKey("kms_host");
  }

  @Test
  @DisplayName("S2-34 KMS host part of /dli")
  void readsTheHostPart() throws IOException {
    assertThat(read(BETA_DLI).facts())
        .contains(
            entry("is_kms_host", true),
            entry("kms_current_count", 7),
            entry("kms_port", 1688),
            entry("kms_dns_publishing", true),
            entry("kms_priority", "Normal"));
  }

  @Test
  @DisplayName("S2-35 /dlv with an installation ID of 54 digits")
  void readsTheDetails() throws IOException {
    Collected collected = read(BETA_DLV);

    assertThat(collected.kind()).isEqualTo(Kind.SLMGR_DLV);
    assertThat(collected.facts())
        .containsOnly(
            entry("service_version", "6.0.5384.4"),
            entry("activation_id", "14478aca-ea15-4958-ac34-359281101c99"),
            entry("application_id", "55c92734-d682-4d71-983e-d6ec3f16059f"),
            entry("extended_pid", "11111-00140-009-000002-03-1033-5384.0000-1942006"),
            entry("installation_id", "000963843315259493598506854253663081409973656140419231"));
    assertThat(collected.findings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 53, 55, 62, 64})
  @DisplayName("S2-35 an installation ID of another length is IID_MALFORMED and no fact")
  void flagsAnInstallationIdOfAnotherLength(int length) {
    String digits = "7092385504".repeat(7).substring(0, length);

    Collected collected = read("License Status: Licensed\nInstallation ID: " + digits);

    assertThat(collected.facts()).doesNotContainKey("installation_id");
    assertThat(collected.findings())
        .singleElement()
        .isEqualTo(new Finding("IID_MALFORMED", length + " digits instead of 54 or 63"));
  }

  @Test
  @DisplayName("S2-36 of several licenses the one with a partial key is in use")
  void findsTheLicenseInUse() {
    Collected collected = read(product("A", "") + product("B", "DVQ7P") + product("C", ""));

    assertThat(collected.findings()).isEmpty();
    assertThat(LicenseInUse.of(collected)).get().extracting("name").isEqualTo("Windows(R), B");
  }

  @Test
  @DisplayName("S2-36 no license with a partial key is flagged")
  void flagsNoLicenseInUse() {
    Collected collected = read(product("A", "") + product("B", ""));

    assertThat(collected.findings())
        .containsExactly(new Finding("NO_LICENSE_IN_USE", "0 of 2 products"));
    assertThat(LicenseInUse.of(collected)).isEmpty();
  }

  @Test
  @DisplayName("S2-36 two licenses with a partial key are flagged")
  void flagsSeveralLicensesInUse() {
    Collected collected = read(product("A", "DVQ7P") + product("B", "PYWKV"));

    assertThat(collected.findings())
        .containsExactly(new Finding("SEVERAL_LICENSES_IN_USE", "2 of 2 products"));
    assertThat(LicenseInUse.of(collected)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XXXXX",
        "xxxxx",
        "*****",
        "@@@@@",
        "<REDACTED>",
        "[redacted]",
        "•••••",
        "#####",
        "XXX7P",
        "",
        "-----",
        "…",
        "AAAAA",
        "***7P"
      })
  @DisplayName("A mask is no fact")
  void leavesOutMaskedKeys(String mask) {
    assertThat(read("Partial Product Key: " + mask + "\nLicense Status: Licensed").facts())
        .containsOnly(entry("license_status", "Licensed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Activation ID: 59a52881-a989-479d-xxxx-xxxxxxxxxx",
        "Activation ID: 59a52881-a989-479d-af46-f275c6XXXXXX",
        "Application ID: 00000000-0000-0000-0000-000000000000",
        "Client Machine ID (CMID): 45d450a8-2bef-4f04-9271-************",
        "Extended PID: 03612-XXXXX-000-000001-00-1033-26100.0000-2062025",
        "Extended PID: 12345-67890-123-123456-78-9012-3456.0000-7890123",
        "Installation ID: 123456789012345678901234567890123456789012345678901234567890123",
        "Installation ID: 0332550903850539046658241863427567378448951813845463943541XXXXX",
        "Product Key Channel: <REDACTED>",
        "Trusted time: 2/3/2024 AM",
        "Trusted time:",
        "KMS machine IP address: not available",
        "KMS machine IP address: xxx.xxx.xxx.xxx"
      })
  @DisplayName("Masked, made-up and truncated values are no facts")
  void leavesOutWhatIsMasked(String line) {
    assertThat(read("License Status: Licensed\n" + line).facts())
        .containsOnly(entry("license_status", "Licensed"));
  }

  @Test
  @DisplayName("Labels that look alike keep their own facts")
  void tellsLookAlikesApart() {
    String text =
        """
        Requests with License Status Licensed: 0
        Remaining SKU rearm count: 3
        Remaining App rearm count: 4
        Remaining Windows rearm count: 2
        KMS machine extended PID: 55041-00140-015-871562-03-1033-7078.0000-0992009
        Activation interval: 15 minutes
        """;

    assertThat(read(text).facts())
        .containsOnly(
            entry("kms_requests", Map.of("licensed", 0)),
            entry("sku_rearm_count", 3),
            entry("rearm_count", 2),
            entry("kms_extended_pid", "55041-00140-015-871562-03-1033-7078.0000-0992009"),
            entry("activation_interval_minutes", 15));
  }

  @Test
  @DisplayName("Labels nobody knows are kept as they are and give no fact")
  void keepsUnknownLines() {
    Collected collected =
        read("License Status: Licensed\nRemaining SKIJ rearm count: 1001\nStatus of luck: good");

    assertThat(collected.facts()).containsOnly(entry("license_status", "Licensed"));
    assertThat(collected.unrecognized())
        .containsExactly("Remaining SKIJ rearm count: 1001", "Status of luck: good");
  }

  @Test
  @DisplayName("Front matter with a name and a description is no license")
  void ignoresFrontMatter() {
    String text =
        """
        ---
        name: note
        description: how to look at a license
        ---

        Name: Windows(R), Professional edition
        Description: Windows(R) Operating System, RETAIL channel
        License Status: Licensed
        """;

    assertThat(read(text).facts())
        .containsEntry("name", "Windows(R), Professional edition")
        .doesNotContainKey("products");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Volume activation expiration: 243720 minute(s) (169 day(s)) | 243720 | 169 | volume",
        "Timebased activation expiration: 14400 minute(s) (10 day(s)) | 14400 | 10 | timebased",
        "Automatic VM activation expiration: 10080 minute(s) (7 day(s)) | 10080 | 7 | avma",
        "ボリューム ライセンス認証の有効期限 : 43162 minute(s) (29 day(s)) | 43162 | 29 | volume",
        "批量激活过期：259197 分钟(180天） | 259197 | 180 | volume"
      })
  @DisplayName("Expiry lines")
  void readsExpiryLines(String line, int minutes, int days, String kind) {
    assertThat(read(line).facts())
        .containsOnly(
            entry("remaining_minutes", minutes),
            entry("remaining_days_printed", days),
            entry("expiration_kind", kind));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Listening on Port: 8080", "Current count: 3", "Activation ID: 12"})
  @DisplayName("One label that other programs print too makes no listing")
  void needsMoreThanOneCommonLabel(String line) {
    assertThat(read("started\n" + line + "\nready").kind()).isEqualTo(Kind.UNKNOWN);
  }

  @Test
  @DisplayName("A name that ends in an ellipsis is printed so and not masked")
  void keepsAnEllipsis() {
    String name = "Windows(R), Client-ESU-Year1 add-on for Education,EducationN,...";

    assertThat(read("Name: " + name + "\nLicense Status: Licensed").facts())
        .containsEntry("name", name);
  }

  @Test
  @DisplayName("Full product keys are shown nowhere")
  void hidesProductKeys() {
    String key = String.join("-", "BCDFG", "HJKMP", "QRTVW", "XY234", "6789B");
    Collected collected =
        read("License Status: Licensed\nthe key was " + key + "\nName: " + key + "\n");

    assertThat(collected.toString()).doesNotContain("BCDFG").doesNotContain("XY234");
  }

  @Test
  @DisplayName("A license state has the number WMI gives it")
  void numbersTheStates() {
    for (int code = 0; code <= 6; code++) {
      LicenseStatusCode status = LicenseStatusCode.ofCode(code).orElseThrow();
      assertThat(status.code()).isEqualTo(code);
      assertThat(LicenseStatusCode.ofWords(status.words())).contains(status);
      assertThat(read("License Status: " + status.words()).facts())
          .containsOnly(entry("license_status", status.words()));
    }
    assertThat(LicenseStatusCode.ofCode(7)).isEmpty();
  }

  private static String product(String edition, String partialKey) {
    return "Name: Windows(R), "
        + edition
        + "\nDescription: Windows(R) Operating System, RETAIL channel\n"
        + (partialKey.isEmpty()
            ? "This license is not in use.\nLicense Status: Unlicensed\n"
            : "Partial Product Key: " + partialKey + "\nLicense Status: Licensed\n");
  }

  private static Collected read(Path sample) throws IOException {
    return Collector.read(sample.getFileName().toString(), Files.readAllBytes(sample));
  }

  private static Collected read(String text) {
    return Collector.read("text", text.getBytes(StandardCharsets.UTF_8));
  }
}
