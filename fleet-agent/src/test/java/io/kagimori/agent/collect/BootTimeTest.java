package io.kagimori.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.agent.collect.publish.Reports;
import io.kagimori.contracts.cloudevents.EventJson;
import io.kagimori.contracts.event.DeviceReported;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootTimeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5/2/2025, 3:11:09 AM | (UTC) Coordinated Universal Time | en-us;English | 2025-05-02T03:11:09Z",
        "5/2/2025, 12:11:09 AM | (UTC) Coordinated Universal Time | en-us;English | 2025-05-02T00:11:09Z",
        "5/2/2025 3:11:09 PM | (UTC-05:00) Eastern Time (US & Canada) | en-US | 2025-05-02T20:11:09Z",
        "05/02/2025, 15:11:09 | (UTC) Dublin, Lisbon, London | en-gb;English | 2025-02-05T15:11:09Z",
        "23/02/2025, 15:11:09 | (UTC+01:00) Paris | | 2025-02-23T14:11:09Z",
        "2025/05/02, 3:11:09 | (UTC+09:00) 大阪、札幌、東京 | ja;日本語 | 2025-05-01T18:11:09Z",
        "2025/05/02 午後 3:11:09 | (UTC+09:00) 大阪、札幌、東京 | | 2025-05-02T06:11:09Z",
        "02.05.2025, 03:11:09 | (UTC+01:00) Amsterdam, Berlin, Bern | de;Deutsch | 2025-05-02T02:11:09Z",
        "2025. 05. 02., 오후 3:11:09 | (UTC+09:00) 서울 | | 2025-05-02T06:11:09Z",
      })
  @DisplayName("S1-25 the last start, in the styles of several regions")
  void styles(String printed, String zone, String region, String instant) {
    assertThat(told(printed, zone, region)).isEqualTo(instant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5/2/2025, 3:11:09 AM | (UTC) Coordinated Universal Time | ",
        "5/23/2025, 3:11:09 AM | | en-us;English",
        "5/23/2025, 3:11:09 AM | Tokyo Standard Time | en-us;English",
        "13/23/2025, 3:11:09 AM | (UTC) Coordinated Universal Time | en-us;English",
        "N/A | (UTC) Coordinated Universal Time | en-us;English",
        "0 Days, 3 Hours, 11 Minutes | (UTC) Coordinated Universal Time | en-us;English",
      })
  @DisplayName("What could be read in two ways, or has no zone, is no fact")
  void untold(String printed, String zone, String region) {
    assertThat(told(printed, zone, region)).isNull();
  }

  private static String told(String printed, String zone, String region) {
    BootTime boot = new BootTime();
    boot.printed(printed);
    if (zone != null) {
      boot.zone(zone);
    }
    if (region != null) {
      boot.mayNameRegion(region);
    }
    return boot.instant();
  }

  @Test
  @DisplayName("S1-25 systeminfo reports updates and the last start, S1-22 and the system's name")
  void reported() {
    DeviceReported japanese =
        report(
            """
            ホスト名:               SRV-01
            OS 名:                  Microsoft Windows Server 2019 Standard
            OS バージョン:          10.0.17763 N/A ビルド 17763
            システム起動時間:       2026/11/20, 9:00:12
            システム ロケール:      ja;日本語
            タイム ゾーン:          (UTC+09:00) 大阪、札幌、東京
            ホットフィックス:       2 ホットフィックスがインストールされています。
                                    [01]: KB4589208
                                    [02]: KB5034768
            """);

    assertThat(japanese.bootedAt()).isEqualTo(Instant.parse("2026-11-20T00:00:12Z"));
    assertThat(japanese.updates()).containsExactly("KB4589208", "KB5034768");
    assertThat(japanese.osName()).isEqualTo("Microsoft Windows Server 2019 Standard");
    assertThat(japanese.edition()).isNull();
    DeviceReported powershell =
        report(
            """
            WindowsEditionId   : ServerStandard
            OsName             : Microsoft Windows Server 2022 Standard
            OsBuildNumber      : 20348
            OsLastBootUpTime   : 11/20/2026 9:00:12 AM
            OsLocale           : en-US
            TimeZone           : (UTC+09:00) Osaka, Sapporo, Tokyo
            """);
    assertThat(powershell.bootedAt()).isEqualTo(Instant.parse("2026-11-20T00:00:12Z"));
  }

  private static DeviceReported report(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return EventJson.read(
        Reports.of(
                Collector.read("info.txt", bytes),
                bytes,
                Optional.of("srv-01"),
                Instant.parse("2026-11-21T00:00:00Z"))
            .get(0)
            .body(),
        DeviceReported.class);
  }
}
