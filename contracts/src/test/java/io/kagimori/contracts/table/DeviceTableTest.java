package io.kagimori.contracts.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagimori.contracts.Keys;
import io.kagimori.contracts.event.DeviceReported;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices as a table: what is read, what is refused, and the way out and in again. */
class DeviceTableTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private static DeviceTable.Reading read(String text) {
    return read(text, Map.of());
  }

  private static DeviceTable.Reading read(String text, Map<String, String> mapping) {
    return new DeviceTable(mapping, NOON).read(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF"})
  @DisplayName("UTF-8 with and without byte order mark is the same table")
  void byteOrderMark(String mark) {
    DeviceTable.Reading reading = read(mark + "deviceId,site\r\nサーバー-07,大阪\r\n");

    assertThat(reading.errors()).isEmpty();
    DeviceReported report = reading.reports().get(0);
    assertThat(report.deviceId()).isEqualTo("サーバー-07");
    assertThat(report.site()).isEqualTo("大阪");
    assertThat(report.source()).isEqualTo("IMPORT");
    assertThat(report.collectedAt()).isEqualTo(NOON);
    assertThat(report.licenses()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  @DisplayName("The separator is the header's, names are folded, columns without meaning are named")
  void separators(String separator) {
    String text =
        "Device_ID,Comment,License Status,ＰＡＲＴＩＡＬ-key\npc-1,hm,licensed,AB2CD\n"
            .replace(",", separator);

    DeviceTable.Reading reading = read(text);

    assertThat(reading.ignoredColumns()).containsExactly("Comment");
    DeviceReported.License license = reading.reports().get(0).licenses().get(0);
    assertThat(license.licenseStatus()).isEqualTo(1);
    assertThat(license.partialKey()).isEqualTo("AB2CD");
  }

  @Test
  @DisplayName("A mapping names columns; rows of one device are one report with its licenses")
  void mappingAndGrouping() {
    String text =
        """
        Computer,Location,licenseName,licenseStatus
        pc-1,tokyo,Windows,1
        pc-2,osaka,Windows,5
        pc-1,,Windows ESU,0
        """;

    DeviceTable.Reading reading = read(text, Map.of("computer", "deviceId", "Location", "site"));

    assertThat(reading.rows()).isEqualTo(3);
    assertThat(reading.reports())
        .extracting(DeviceReported::deviceId, DeviceReported::site, r -> r.licenses().size())
        .containsExactly(Tuple.tuple("pc-1", "tokyo", 2), Tuple.tuple("pc-2", "osaka", 1));
  }

  @ParameterizedTest(name = "{0} = {1}: {2}")
  @CsvSource({
    "licenseStatus, 7, INVALID_FIELD",
    "licenseStatus, bliss, INVALID_FIELD",
    "remainingMinutes, -1, INVALID_FIELD",
    "remainingMinutes, 1.5, INVALID_FIELD",
    "remainingMinutes, 9223372036854775808, INVALID_FIELD",
    "rearmCount, 2147483648, INVALID_FIELD",
    "kmsPort, 0, PORT_INVALID",
    "kmsPort, 65536, INVALID_FIELD",
    "partialKey, ABCD, INVALID_FIELD",
    "collectedAt, yesterday, INVALID_FIELD",
    "collectedAt, 2026-04-01, INVALID_FIELD",
    "product, windows-13, UNKNOWN_PRODUCT"
  })
  @DisplayName("A bad cell refuses its row with line, column and reason; the others are read")
  void badCells(String column, String value, String code) {
    DeviceTable.Reading reading =
        read("deviceId,%s\ngood,\nbad,%s\n\nalso,\n".formatted(column, value));

    assertThat(reading.reports())
        .extracting(DeviceReported::deviceId)
        .containsExactly("good", "also");
    assertThat(reading.errors())
        .extracting(RowError::line, RowError::deviceId, RowError::column, RowError::code)
        .containsExactly(Tuple.tuple(3L, "bad", column, code));
  }

  @Test
  @DisplayName("Rows of a wrong width and without a device are named by their line")
  void badRows() {
    DeviceTable.Reading reading =
        read("deviceId,site\n,tokyo\npc-1\npc-2,a,b\n\"pc-3\nx\",b\n" + "x".repeat(129) + ",a\n");

    assertThat(reading.errors())
        .extracting(RowError::line, RowError::code)
        .containsExactly(
            Tuple.tuple(2L, "INVALID_FIELD"),
            Tuple.tuple(3L, "FIELD_COUNT"),
            Tuple.tuple(4L, "FIELD_COUNT"),
            Tuple.tuple(7L, "INVALID_FIELD"));
    assertThat(reading.reports()).hasSize(1);
  }

  @Test
  @DisplayName("SX-03 a full product key in any cell refuses the row and is not repeated")
  void fullKeys() {
    String key = Keys.grouped(Keys.characters(new Random(7)));
    DeviceTable.Reading reading =
        read("deviceId,partialKey,site\npc-1,%s,a\npc-2,,%s\n%s,,\n".formatted(key, key, key));

    assertThat(reading.reports()).isEmpty();
    assertThat(reading.errors()).extracting(RowError::code).containsOnly("KEY_IN_FILE").hasSize(3);
    assertThat(RowErrors.csv(reading.errors())).doesNotContain(key).contains("pc-1");
  }

  @Test
  @DisplayName("What is no such table at all is refused as a whole")
  void noTable() {
    assertThatThrownBy(() -> read("")).hasFieldOrPropertyWithValue("code", "EMPTY");
    assertThatThrownBy(() -> read("name,site\nx,y\n"))
        .hasFieldOrPropertyWithValue("code", "COLUMN_MISSING");
    assertThatThrownBy(() -> read("deviceId,device id\nx,y\n"))
        .hasFieldOrPropertyWithValue("code", "COLUMN_TWICE");
    assertThatThrownBy(() -> read("deviceId\nx\n", Map.of("a", "colour")))
        .hasFieldOrPropertyWithValue("code", "COLUMN_UNKNOWN");
    assertThatThrownBy(
            () ->
                new DeviceTable(Map.of(), NOON)
                    .read("deviceId\n大阪\n".getBytes(Charset.forName("Shift_JIS"))))
        .hasFieldOrPropertyWithValue("code", "NOT_UTF8");
  }

  @Test
  @DisplayName("What is written is read again as it was, quotes and line breaks included")
  void outAndIn() {
    StringWriter text = new StringWriter();
    DeviceTableWriter writer = new DeviceTableWriter(text);
    Map<DeviceColumn, String> cells = new EnumMap<>(DeviceColumn.class);
    cells.put(DeviceColumn.DEVICE_ID, "pc \"1\", left");
    cells.put(DeviceColumn.SITE, "two\nlines");
    cells.put(DeviceColumn.PRODUCT, "windows-server-2019");
    cells.put(DeviceColumn.LICENSE_STATUS, "1");
    cells.put(DeviceColumn.COLLECTED_AT, "2026-04-01T00:00:00Z");
    cells.put(DeviceColumn.KMS_HOST, "kms1");
    writer.row(cells);
    writer.flush();

    DeviceTable.Reading reading = read(text.toString());

    assertThat(reading.errors()).isEmpty();
    assertThat(reading.ignoredColumns()).isEmpty();
    DeviceReported report = reading.reports().get(0);
    assertThat(report.deviceId()).isEqualTo("pc \"1\", left");
    assertThat(report.site()).isEqualTo("two\nlines");
    assertThat(report.collectedAt()).isEqualTo(Instant.parse("2026-04-01T00:00:00Z"));
    assertThat(report.licenses().get(0).kms().host()).isEqualTo("kms1");
  }

  @Test
  @DisplayName("Random bytes are read or refused, and never end in another exception")
  void anyBytes() {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      byte[] head = "deviceId,site,partialKey\n".getBytes(UTF_8);
      byte[] all = i % 2 == 0 ? bytes : concat(head, bytes, i % 4 == 1);
      try {
        DeviceTable.Reading reading = new DeviceTable(Map.of(), NOON).read(all);
        assertThat(reading.reports().size() + reading.errors().size())
            .isLessThanOrEqualTo(reading.rows());
      } catch (TableException e) {
        assertThat(List.of("NOT_UTF8", "NOT_CSV", "EMPTY", "COLUMN_MISSING", "COLUMN_TWICE"))
            .contains(e.code());
      }
    }
  }

  private static byte[] concat(byte[] head, byte[] tail, boolean ascii) {
    byte[] all = java.util.Arrays.copyOf(head, head.length + tail.length);
    for (int i = 0; i < tail.length; i++) {
      all[head.length + i] = ascii ? (byte) (tail[i] & 0x7f) : tail[i];
    }
    return all;
  }
}
