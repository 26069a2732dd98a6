package io.kagimori.agent.edition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestTableTest {
  @TempDir private Path folder;

  private Path table(String text) throws IOException {
    return Files.writeString(folder.resolve("fleet.csv"), text);
  }

  @Test
  @DisplayName("S4-19 a table of devices becomes requests; options fill what it leaves empty")
  void rows() throws IOException {
    Path file =
        table(
            """
            \uFEFFdeviceId,toEdition,targetEditions,preflightConfirmed,wave
            端末-1,ServerDatacenter,ServerDataCenter; ServerEnterprise,true,2
            srv-2,,,,
            """);

    List<EditionUpgradeRequested> requests =
        RequestTable.read(
            file,
            EditionUpgradeRequested.class,
            Map.of("product", "windows-server-2008-r2", "toEdition", "ServerEnterprise"));

    assertThat(requests).hasSize(2);
    assertThat(requests.get(0).deviceId()).isEqualTo("端末-1");
    assertThat(requests.get(0).targetEditions())
        .containsExactly("ServerDataCenter", "ServerEnterprise");
    assertThat(requests.get(0).preflightConfirmed()).isTrue();
    assertThat(requests.get(0).wave()).isEqualTo(2);
    assertThat(requests.get(1).toEdition()).isEqualTo("ServerEnterprise");
  }

  @Test
  @DisplayName("Columns of nested values carry a dot")
  void nested() throws IOException {
    Path file = table("deviceId,oem.product,oem.language\npc-1,windows-11,ja-JP\n");

    EditionReimageRequested request =
        RequestTable.read(file, EditionReimageRequested.class, Map.of("imageId", "i")).get(0);

    assertThat(request.oem())
        .isEqualTo(new EditionReimageRequested.Oem("windows-11", null, "ja-JP"));
  }

  @Test
  @DisplayName("A misspelt column, a line without its device and an unreadable cell are named")
  void mistakes() throws IOException {
    assertThatThrownBy(() -> read("deviceID2,product\n"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("names no device");
    assertThatThrownBy(() -> read("deviceId,toEditon\nx,ServerDatacenter\n"))
        .hasMessageContaining("Did you mean toEdition?");
    assertThatThrownBy(() -> read("deviceId,product,toEdition\n,p,e\n"))
        .hasMessageContaining("Line 2 needs a usable deviceId");
    assertThatThrownBy(() -> read("deviceId,product,toEdition,wave\nx,p,e,many\n"))
        .hasMessageContaining("Line 2");
  }

  @Test
  @DisplayName("S0-10 a full key in a cell is refused before anything is sent, and not repeated")
  void fullKey() {
    String key = String.join("-", Collections.nCopies(5, "BCDFG"));
    assertThatThrownBy(() -> read("deviceId,product,toEdition,activationKeyId\nx,p,e," + key))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("Line 2 holds a full product key as activationKeyId")
        .hasMessageNotContaining(key);
  }

  @Test
  @DisplayName("A file that is not there is said to be missing")
  void missing() {
    assertThatThrownBy(
            () ->
                RequestTable.read(
                    folder.resolve("none.csv"), EditionUpgradeRequested.class, Map.of()))
        .hasMessageContaining("does not exist");
  }

  private List<EditionUpgradeRequested> read(String text) throws IOException {
    return RequestTable.read(table(text), EditionUpgradeRequested.class, Map.of());
  }

  @Test
  @DisplayName("S0-24 typo in a switch: rejected with what was meant, and no key is repeated")
  void typo() {
    assertThatThrownBy(
            () -> DismCommand.check("DISM /online /Set-Edition:ServerEnterprise /ProduktKey:X"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("DISM has no option /ProduktKey. Did you mean /ProductKey?");
    DismCommand.check("DISM /online /Set-Edition:ServerEnterprise /ProductKey:X /AcceptEula");
  }
}
