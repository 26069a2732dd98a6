package io.kagimori.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.diagnosis.Diagnosis;
import io.kagimori.contracts.diagnosis.Evidence;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlmgrMessagesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | The machine is permanently activated.",
        "ja | コンピューターは永続的にライセンス認証されています。",
        "ja | このマシンは永続的にライセンス認証されています。",
        "de | Der Computer ist dauerhaft aktiviert.",
        "fr | L’ordinateur est activé de façon permanente.",
        "es | El equipo está activado permanentemente.",
        "it | Il computer è attivato definitivamente.",
        "pt | O computador está permanentemente ativado.",
        "pl | Komputer jest trwale aktywowany.",
        "ko | 이 컴퓨터는 영구적으로 정품 인증되었습니다.",
        "zh | 此计算机已永久激活。"
      })
  @DisplayName("S1-20 /xpr on a MAK machine says permanent")
  void readsPermanentActivation(String language, String sentence) {
    Collected collected = read("Windows(R), Professional edition:\r\n    " + sentence + "\r\n");

    assertThat(collected.kind()).isEqualTo(Kind.SLMGR_XPR);
    assertThat(collected.language()).isEqualTo(language);
    assertThat(collected.facts())
        .containsOnly(
            entry("name", "Windows(R), Professional edition"),
            entry("license_status", "Licensed"),
            entry("expiration_kind", "permanent"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | volume | 4/30/2027 2:35:57 PM | Volume activation will expire 4/30/2027 2:35:57 PM",
        "en | timebased | 3/24/2027 2:35:57 AM | Timebased activation will expire 3/24/2027 2:35:57"
            + " AM",
        "ja | volume | 2027/04/30 14:35:57 | ボリューム ライセンス認証は 2027/04/30 14:35:57 に期限切れになります",
        "ja | volume | 2027/04/30 14:35:57 | ボリューム ライセンス認証の有効期限: 2027/04/30 14:35:57",
        "de | volume | 30.04.2027 14:35:57 | Die Volumenaktivierung läuft am 30.04.2027 14:35:57"
            + " ab.",
        "zh | volume | 2027/4/30 14:35:57 | 批量激活将于 2027/4/30 14:35:57 过期"
      })
  @DisplayName("S1-20 /xpr on a KMS client gives the date")
  void readsTheExpiryDate(String language, String kind, String date, String sentence) {
    Collected collected = read("Windows(R), Enterprise edition:\n    " + sentence);

    assertThat(collected.kind()).isIn(Kind.SLMGR_XPR);
    assertThat(collected.language()).isEqualTo(language);
    assertThat(collected.facts())
        .containsOnly(
            entry("name", "Windows(R), Enterprise edition"),
            entry("license_status", "Licensed"),
            entry("expiration_kind", kind),
            entry("expires", date));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ato | Product activated successfully.",
        "upk | Uninstalled product key successfully.",
        "rearm | Command completed successfully.",
        "ato | 成功地激活了产品",
        "ato | 製品は正常にライセンス認証されました。",
        "upk | La clave de producto se desinstaló correctamente."
      })
  @DisplayName("S1-18 success messages of /ato, /upk and /rearm")
  void readsSuccess(String command, String sentence) {
    Collected collected = read(sentence);

    assertThat(collected.kind()).isEqualTo(Kind.SLMGR_MESSAGE);
    assertThat(collected.facts()).containsOnly(entry("command", command), entry("succeeded", true));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/answers.csv", delimiter = '|', numLinesToSkip = 1)
  @DisplayName("S1-18 an answer in any language gives exactly its facts")
  void readsAnswers(String language, String sentence, String facts) {
    Collected collected = read(sentence);

    Map<String, String> printed = new TreeMap<>();
    collected.facts().forEach((fact, value) -> printed.put(fact, String.valueOf(value)));
    Map<String, String> expected = new TreeMap<>();
    for (String fact : facts.split(";")) {
      int equals = fact.indexOf('=');
      expected.put(fact.substring(0, equals), fact.substring(equals + 1));
    }
    assertThat(printed).isEqualTo(expected);
    assertThat(collected.language()).isEqualTo(language);
    assertThat(collected.unrecognized()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sprt 1700", "/sdns", "/spri", "/sai 120", "/ipk", "/rearm"})
  @DisplayName("S2-25 a change by one who is no administrator reads as ACCESS_DENIED")
  void readsDeniedChanges(String command) {
    Collected collected =
        read(
            "C:\\>cscript //nologo slmgr.vbs "
                + command
                + "\nError: 0x80070005 Access denied: the requested action requires elevated"
                + " privileges.\n");

    assertThat(collected.facts()).containsEntry("error_code", "0x80070005");
    String code = collected.facts().get("error_code").toString();
    assertThat(new Diagnosis(Catalogue.get()).rank(Evidence.ofCodes(code)).get(0).cause())
        .isEqualTo("ACCESS_DENIED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dli", "/dlv"})
  @DisplayName("S2-25 what anybody may look at gives its facts")
  void readsWhatAnybodyMaySee(String command) {
    Collected collected =
        read("C:\\>slmgr " + command + "\nPartial Product Key: 3V66T\nLicense Status: Licensed\n");

    assertThat(collected.facts())
        .containsOnly(entry("partial_product_key", "3V66T"), entry("license_status", "Licensed"));
    assertThat(Catalogue.get().slmgrCommands().find(command).orElseThrow().needsElevation())
        .isFalse();
  }

  @Test
  @DisplayName("S1-18 /ipk gives the last five of a key without a figure in it")
  void readsAnInstalledKeyOfLetters() {
    String key = String.join("-", "BCDFG", "HJKMP", "QRTVW", "BCDFG", "HJKMP");

    Collected collected = read("Installed product key " + key + " successfully.");

    assertThat(collected.facts()).containsEntry("partial_product_key", "HJKMP");
    assertThat(collected.toString()).doesNotContain("QRTVW");
  }

  @Test
  @DisplayName("S1-18 /ipk gives the last five characters of the key and no more")
  void readsTheInstalledKey() {
    String key = String.join("-", "BCDFG", "HJKMP", "QRTVW", "XY234", "6789B");

    Collected collected = read("Installed product key " + key + " successfully.");

    assertThat(collected.facts())
        .containsOnly(
            entry("command", "ipk"),
            entry("succeeded", true),
            entry("partial_product_key", "6789B"));
    assertThat(collected.toString()).doesNotContain("XY234");
  }

  @Test
  @DisplayName("S1-18 /ato with an error folded by the console")
  void readsAnErrorOverSeveralLines() {
    Collected collected =
        read(
            """
            Activating Windows(R), ServerStandard edition (de32eafd-aaee-4662-9444-c1befb41bde2) ...
            Error: 0xc004f074 The Software Licensing Service reported that the computer could not be activated.
            No Key Management Service (KMS) could be contacted. Please see the Application Event Log for additio
            nal information.
            """);

    assertThat(collected.facts())
        .containsOnly(
            entry("name", "Windows(R), ServerStandard edition"),
            entry("activation_id", "de32eafd-aaee-4662-9444-c1befb41bde2"),
            entry("error_code", "0xC004F074"),
            entry(
                "error_message",
                "The Software Licensing Service reported that the computer could not be activated."
                    + " No Key Management Service (KMS) could be contacted. Please see the"
                    + " Application Event Log for additional information."));
  }

  @Test
  @DisplayName("S1-18 an answer in the code page of a western console")
  void readsAConsoleCodePage() {
    byte[] bytes =
        "Windows(R), Professional edition:\r\n    El equipo está activado permanentemente.\r\n"
            .getBytes(Charset.forName("IBM850"));

    assertThat(Collector.read("xpr", bytes).facts()).containsEntry("expiration_kind", "permanent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The machine is not permanently activated.",
        "Product not activated successfully.",
        "Der Computer ist nicht dauerhaft aktiviert.",
        "L'ordinateur n'est pas activé de façon permanente.",
        "El equipo no está activado de forma permanente.",
        "Il computer non è attivato in modo permanente.",
        "O computador não está ativado permanentemente.",
        "Komputer nie jest trwale aktywowany."
      })
  @DisplayName("A denial is not taken for the statement of the same words")
  void leavesDenialsAlone(String sentence) {
    assertThat(read(sentence).facts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"''", "hello world", "Version: 6.3.9600", "Name: Anna"})
  @DisplayName("A text of another kind is UNKNOWN with a reason")
  void leavesOtherTextsAlone(String text) {
    Collected collected = read(text);

    assertThat(collected.kind()).isEqualTo(Kind.UNKNOWN);
    assertThat(collected.facts()).isEmpty();
    assertThat(collected.reason()).isNotEmpty();
  }

  private static Collected read(String text) {
    return Collector.read("text", text.getBytes(StandardCharsets.UTF_8));
  }
}
