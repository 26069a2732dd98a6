package io.kagimori.esu.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.event.EsuCoverageImported;
import io.kagimori.contracts.event.EsuImportSource;
import io.kagimori.esu.domain.EsuPlan;
import io.kagimori.esu.domain.World;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigMgrExportTest {
  private final ConfigMgrExport export = new ConfigMgrExport(EsuPlan.of(Catalogue.get()));

  private List<EsuCoverageImported> rows(String text) {
    ConfigMgrExport.Content content = export.read(text);
    assertThat(content.errors()).isEmpty();
    return content.rows().stream().map(ConfigMgrExport.Row::event).toList();
  }

  private List<String> errors(String text) {
    return export.read(text).errors().stream().map(ConfigMgrExport.RowError::code).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  @DisplayName("S3-16 ESUValue with commas, semicolons or tabs, in any case, in braces")
  void discoveryProperty(String separator) {
    String text =
        "\uFEFFName,ESUValue\r\npc-1,{%s}\r\npc-2,0\r\npc-3,\r\n"
            .formatted(World.WIN7_Y1.toUpperCase(java.util.Locale.ROOT))
            .replace(",", separator);
    List<EsuCoverageImported> rows = rows(text);
    assertThat(rows)
        .extracting(EsuCoverageImported::deviceId)
        .containsExactly("pc-1", "pc-2", "pc-3");
    assertThat(rows)
        .extracting(EsuCoverageImported::activationId)
        .containsExactly(World.WIN7_Y1, null, null);
    assertThat(rows)
        .extracting(EsuCoverageImported::source)
        .containsOnly(EsuImportSource.ESU_VALUE);
  }

  @Test
  @DisplayName("S3-17 license rows as the site database names them; Name0 is the license's name")
  void licenseProducts() {
    List<EsuCoverageImported> rows =
        rows(
            """
            Netbios_Name0,Name0,ID0,LicenseStatus0,TimeStamp
            pc-1,"Windows(R) 7, Client-ESU-Year1 add-on",%1$s,1,2020-09-28 08:00:00
            pc-2,"Windows(R) 7, Client-ESU-Year1 add-on",%1$s,0,2020-09-28T08:00:00Z
            pc-3,"Windows(R) 7, Client-ESU-Year1 add-on",%1$s,5,NULL
            """
                .formatted(World.WIN7_Y1));
    assertThat(rows).extracting(EsuCoverageImported::licenseStatus).containsExactly(1, 0, 5);
    assertThat(rows.get(0).deviceId()).isEqualTo("pc-1");
    assertThat(rows.get(0).collectedAt()).isEqualTo(rows.get(1).collectedAt());
    assertThat(rows.get(2).collectedAt()).isNull();
  }

  @Test
  @DisplayName("S3-16 S3-17 columns as a Japanese console names them, and times as it prints them")
  void japaneseConsole() {
    List<EsuCoverageImported> rows =
        rows(
            """
            名前,ESUValue,サイト コード,オペレーティング システム名とバージョン
            PC-東京,%s,TYO,Microsoft Windows NT Workstation 6.1
            """
                .formatted(World.WIN7_Y1));
    assertThat(rows.getFirst().deviceId()).isEqualTo("PC-東京");
    assertThat(rows.getFirst().site()).isEqualTo("TYO");
    assertThat(rows.getFirst().product()).isEqualTo("windows-7");
    assertThat(
            rows(
                """
                デバイス名,ID,ライセンスのステータス,Timestamp
                pc-1,%1$s,1,2020/09/28 8:05
                pc-2,%1$s,0,2020/9/28 8:05:00
                pc-3,%1$s,1,2020-09-28 08:05:00.000
                pc-4,%1$s,1,2020-09-28T08:05:00.0000000
                """
                    .formatted(World.WIN7_Y1)))
        .extracting(EsuCoverageImported::collectedAt)
        .containsOnly(java.time.Instant.parse("2020-09-28T08:05:00Z"));
  }

  @Test
  @DisplayName("S3-16 the console's property with the name and version of the system")
  void englishConsole() {
    assertThat(
            rows("""
                    Name,Operating System Name and Version,ESUValue
                    pc,Microsoft Windows NT Workstation 6.1,0
                    """)
                .getFirst()
                .product())
        .isEqualTo("windows-7");
  }

  @ParameterizedTest
  @CsvSource({
    "Microsoft Windows NT Workstation 6.1, windows-7",
    "Microsoft Windows NT Server 6.1, windows-server-2008-r2",
    "Microsoft Windows NT Server 6.3, windows-server-2012-r2",
    "Microsoft Windows NT Workstation 10.0 (Tablet Edition), windows-10",
    "Microsoft Windows Server 2008 R2 Standard, windows-server-2008-r2",
    "Microsoft Windows 7 Professional, windows-7",
    "Linux, ",
  })
  @DisplayName("The operating system tells the product where it can")
  void systems(String name, String product) {
    assertThat(SystemNames.product(name).orElse(null)).isEqualTo(product);
  }

  @Test
  @DisplayName("Each bad row is told with its line and field, and the others are read")
  void badRows() {
    ConfigMgrExport.Content content =
        export.read(
            """
            deviceId,ActivationID,LicenseStatus,collectedAt
            pc-1,%1$s,1,
            ,%1$s,1,
            pc-3,,1,
            pc-4,%1$s,seven,
            pc-5,%1$s,,
            pc-6,11111111-2222-3333-4444-555555555555,1,
            pc-7,%1$s,1,yesterday
            %2$s,%1$s,1,
            """
                .formatted(World.WIN7_Y1, "x".repeat(129)));
    assertThat(content.rows()).hasSize(1);
    assertThat(content.errors())
        .extracting(ConfigMgrExport.RowError::line, ConfigMgrExport.RowError::code)
        .containsExactly(
            tuple(3, "DEVICE_MISSING"),
            tuple(4, "ACTIVATION_ID_MISSING"),
            tuple(5, "STATUS_INVALID"),
            tuple(6, "STATUS_MISSING"),
            tuple(7, "UNKNOWN_PROGRAM"),
            tuple(8, "TIME_INVALID"),
            tuple(9, "INVALID_FIELD"));
  }

  private static org.assertj.core.groups.Tuple tuple(long line, String code) {
    return org.assertj.core.groups.Tuple.tuple(line, code);
  }

  @Test
  @DisplayName("A file without a column for devices is told so, an empty one has no rows")
  void noDevices() {
    assertThat(errors("ESUValue,Site\n0,hq\n")).containsExactly("COLUMN_MISSING");
    assertThat(export.read("").rows()).isEmpty();
  }

  @Test
  @DisplayName("Whatever bytes come, there is an answer and no exception")
  void anything() {
    Random random = new Random(5);
    String letters = "\",;\n\r\t\u0000{}0aESUValueName文";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder(i % 2 == 0 ? "Name,ESUValue\n" : "");
      int length = random.nextInt(80);
      for (int j = 0; j < length; j++) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      assertThat(export.read(text.toString()).errors()).isNotNull();
    }
  }
}
