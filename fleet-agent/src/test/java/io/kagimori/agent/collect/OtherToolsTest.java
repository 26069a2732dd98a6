package io.kagimori.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.diagnosis.Diagnosis;
import io.kagimori.contracts.diagnosis.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtherToolsTest {
  private static Collected read(String text) {
    return Collector.read("text", text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | Deployment Image Servicing and Management tool | Version: | Image Version: | Current Edition : | The operation completed successfully.",
        "ja | 展開イメージのサービスと管理ツール | バージョン: | イメージのバージョン: | 現在のエディション : | 操作は正常に完了しました。",
        "de | Tool zur Imageverwaltung für die Bereitstellung | Version: | Abbildversion: | Aktuelle Edition : | Der Vorgang wurde erfolgreich beendet.",
        "fr | Outil Gestion et maintenance des images de déploiement | Version : | Version de l’image : | Édition actuelle : | L’opération a réussi.",
        "es | Herramienta Administración y mantenimiento de imágenes de implementación | Versión: | Versión de imagen: | Edición actual : | La operación se completó correctamente.",
        "it | Strumento Gestione e manutenzione immagini distribuzione | Versione: | Versione immagine: | Edizione corrente : | Operazione completata.",
        "pt | Ferramenta de Gerenciamento e Manutenção de Imagens de Implantação | Versão: | Versão da Imagem: | Edição Atual : | A operação foi concluída com êxito.",
        "pl | Narzędzie obsługi i zarządzania obrazami wdrażania | Wersja: | Wersja obrazu: | Bieżąca wersja : | Operacja ukończona pomyślnie.",
        "ko | 배포 이미지 서비스 및 관리 도구 | 버전: | 이미지 버전: | 현재 버전 : | 작업을 완료했습니다.",
        "zh | 部署映像服务和管理工具 | 版本: | 映像版本: | 当前版本 : | 操作成功完成。"
      })
  @DisplayName("S0-01 S0-02 the current edition is the same fact in every UI language")
  void readsTheCurrentEdition(
      String language, String banner, String version, String image, String current, String done) {
    Collected collected =
        read(
            String.join(
                "\n\n",
                "C:\\>DISM /online /Get-CurrentEdition",
                banner + "\n" + version + " 6.3.9600.17031",
                image + " 6.3.9600.17031",
                current + " ServerStandard",
                done));

    assertThat(collected.kinds()).containsExactly(Kind.DISM);
    assertThat(collected.language()).isEqualTo(language);
    assertThat(collected.facts())
        .hasSize(4)
        .containsEntry("tool_version", "6.3.9600.17031")
        .containsEntry("image_version", "6.3.9600.17031")
        .containsEntry("current_edition", "ServerStandard")
        .containsEntry("result", "success");
    assertThat(collected.unrecognized()).isEmpty();
  }

  @Test
  @DisplayName("S0-03 the editions that can be reached, in the casing of the release")
  void readsTargetEditions() {
    Collected collected =
        read(
            """
            Editions that can be upgraded to:

            Target Edition : ServerDataCenter
            Target Edition : ServerEnterprise

            The operation completed successfully.
            """);

    assertThat(collected.facts())
        .containsEntry("target_editions", List.of("ServerDataCenter", "ServerEnterprise"));
  }

  @Test
  @DisplayName("S0-24 a mistyped switch above the output is named with the one that was meant")
  void namesAMistypedSwitch() {
    Collected collected =
        read(
            """
            C:\\>DISM /online /Set-Edition:ServerEnterprise /ProduktKey:XXXXX-XXXXX-XXXXX-XXXXX-XXXXX

            Deployment Image Servicing and Management tool
            Version: 6.1.7600.16385

            Error: 87

            The produktkey option is unknown.
            """);

    assertThat(collected.findings())
        .contains(new Finding(Finding.COMMAND_MISTYPED, "/ProduktKey: did you mean /productkey?"));
    assertThat(collected.facts()).containsEntry("error_code", "87");
  }

  @Test
  @DisplayName("S2-22 a mistyped script name is named with the one that was meant")
  void namesAMistypedScript() {
    Collected collected = read("C:\\>cscript xlmgr.vbs -spri\nError: 0x80070005 Access denied.\n");

    assertThat(collected.findings())
        .contains(new Finding(Finding.COMMAND_MISTYPED, "xlmgr.vbs: did you mean slmgr.vbs?"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"OS 名", "OS Name"})
  @DisplayName("S1-22 systeminfo and slmgr name different editions: both are shown, none is chosen")
  void showsConflictingEditions(String label) {
    Collected collected =
        read(
            label
                + """
            :                  Microsoft Windows Server 2019 Standard

            Name: Windows(R), ServerDatacenter edition
            Description: Windows(R) Operating System, VOLUME_KMSCLIENT channel
            Partial Product Key: 63DFG
            License Status: Licensed
            """);

    assertThat(collected.findings())
        .containsExactly(
            new Finding(Finding.EVIDENCE_CONFLICT, "{os_name=Standard, name=Datacenter}"));
  }

  @Test
  @DisplayName("S1-22 the same edition in other words is no conflict")
  void sameEditionIsNoConflict() {
    Collected collected =
        read(
            """
            OS Name: Microsoft Windows 10 Pro
            Name: Windows(R), Professional edition
            Description: Windows(R) Operating System, RETAIL channel
            License Status: Licensed
            """);

    assertThat(collected.findings()).isEmpty();
  }

  @Test
  @DisplayName("S2-40 a request without an answer is a host that did not respond")
  void findsUnansweredRequests() {
    String asked =
        """
        The client has sent an activation request to the key management service machine.
        Info:
        0xC004F074, 0x00000000, kms01.contoso.com:1688, 36f27b39-2fd5-440b-be67-a09996d27a38, 2024/03/01 07:12, 0, 2, 41760, 68531fb9-5511-4989-97be-d11a0f55633f, 25
        """;
    String answered =
        """
        The client has processed an activation response from the key management service machine.
        Info:
        0x00000000, 0x00000000, 1, 0, 50, 120, 10080, 2024/03/01 07:12
        """;

    assertThat(read(asked).findings())
        .extracting(Finding::code)
        .containsExactly(Finding.NO_HOST_RESPONSE);
    assertThat(read(asked + "\n" + answered).findings()).isEmpty();
  }

  @Test
  @DisplayName("S2-40 the parts of event 12290")
  void readsAHandledRequest() {
    Collected collected =
        read(
            """
            An activation request has been processed.
            Info:
            0x0,25,pc-17.contoso.com,36f27b39-2fd5-440b-be67-a09996d27a38,2024/3/1 7:12,0,2,41520,68531fb9-5511-4989-97be-d11a0f55633f
            """);

    assertThat(collected.facts().get("events").toString())
        .contains("event_id=12290", "required_count=25", "client_name=pc-17.contoso.com")
        .contains("license_status_code=2", "remaining_minutes=41520")
        .contains("cmid=36f27b39-2fd5-440b-be67-a09996d27a38");
  }

  @Test
  @DisplayName("A whole product key in an inventory is cut to its end and shown nowhere")
  void cutsWholeKeys() {
    String key = String.join("-", "BCDFG", "HJKMP", "QRTVW", "XY234", "6789B");

    Collected collected =
        read(
            "<REQUEST><CONTENT><HARDWARE><OSNAME>Windows</OSNAME><WINPRODKEY>"
                + key
                + "</WINPRODKEY></HARDWARE></CONTENT></REQUEST>");

    assertThat(collected.facts()).containsEntry("partial_product_key", "6789B");
    assertThat(collected.toString()).doesNotContain("XY234");
  }

  @ParameterizedTest
  @CsvSource({
    "'Version: 1.2.3\nError: 5'",
    "'Name,Age\nAnna,5'",
    "'{\"name\": \"Windows\", \"version\": \"10\"}'",
    "'<html><body><p>Event</p></body></html>'",
    "'Source: a book\nDate: today'",
    "'Name : explorer\nId : 4711\nPath : C:\\Windows'",
    "'----\nhello'"
  })
  @DisplayName("Common words and tables of other things are left alone")
  void leavesOtherTextsAlone(String text) {
    Collected collected = read(text);

    assertThat(collected.facts()).isEmpty();
    assertThat(collected.kind()).isEqualTo(Kind.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The specified product key is not a valid key for this target edition. Run this command"
            + " again with a product key specific to this target edition.",
        "指定したプロダクト キーは、このターゲット エディションに対して有効なキーではありません。"
            + "このターゲット エディション固有のプロダクト キーを指定して、このコマンドをもう一度実行してください。"
      })
  @DisplayName("S0-06 error 1605 is DISM's and means a key that is not edition-specific")
  void readsError1605WithoutBanner(String text) {
    String label = text.startsWith("The") ? "Error: 1605" : "エラー: 1605";

    Collected collected =
        Collector.read("dism", (label + "\n\n" + text + "\n").getBytes(StandardCharsets.UTF_8));

    assertThat(collected.kind()).isEqualTo(Kind.DISM);
    assertThat(collected.facts())
        .containsOnly(
            Map.entry("error_code", "1605"),
            Map.entry("result", "error"),
            Map.entry("error_message", text));
    assertThat(new Diagnosis(Catalogue.get()).rank(Evidence.ofCodes("1605")).get(0).cause())
        .isEqualTo("KEY_NOT_EDITION_SPECIFIC");
  }
}
