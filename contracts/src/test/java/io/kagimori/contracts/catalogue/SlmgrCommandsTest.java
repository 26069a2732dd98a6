package io.kagimori.contracts.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.diagnosis.Diagnosis;
import io.kagimori.contracts.diagnosis.Evidence;
import io.kagimori.contracts.diagnosis.RankedCause;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlmgrCommandsTest {
  private final SlmgrCommands commands = Catalogue.get().slmgrCommands();

  @ParameterizedTest
  @ValueSource(strings = {"/sprt", "/sdns", "/cdns", "/spri", "/cpri", "/sai", "/sri", "/ipk"})
  @DisplayName("S2-25 privilege model: what changes a host needs elevation, looking does not")
  void hostCommands(String option) {
    assertThat(commands.find(option).orElseThrow().needsElevation()).isTrue();
    assertThat(commands.find("/dli").orElseThrow().needsElevation()).isFalse();
    assertThat(commands.find("/dlv").orElseThrow().needsElevation()).isFalse();
    RankedCause cause = new Diagnosis(Catalogue.get()).rank(Evidence.ofCodes("0x80070005")).get(0);
    assertThat(cause.cause()).isEqualTo("ACCESS_DENIED");
  }

  @ParameterizedTest
  @CsvSource({
    "/?, HELP, false",
    "/dli, DISPLAY_LICENSE, false",
    "/dlv, DISPLAY_LICENSE_DETAILS, false",
    "/upk, UNINSTALL_KEY, true",
    "/ipk, INSTALL_KEY, true",
    "/ato, ACTIVATE, false",
    "/rearm, REARM, true",
    "/xpr, DISPLAY_EXPIRY, false"
  })
  @DisplayName("S1-18 all eight commands have type, privilege and help in English and Japanese")
  void eightCommands(String option, SlmgrCommandType type, boolean elevated) {
    SlmgrCommand command = commands.find(option).orElseThrow();

    assertThat(command.type()).isEqualTo(type);
    assertThat(command.needsElevation()).isEqualTo(elevated);
    assertThat(command.syntax()).isNotBlank();
    for (Language language : Language.values()) {
      assertThat(command.meaning(language)).isNotBlank();
      assertThat(command.privilege(language)).isNotBlank();
    }
    assertThat(command.meaning(Language.JA)).isNotEqualTo(command.meaning(Language.EN));
    assertThat(commands.of(type)).isEqualTo(command);
  }

  @Test
  void everyTypeHasARow() {
    assertThat(commands.all())
        .extracting(SlmgrCommand::type)
        .containsExactlyInAnyOrder(SlmgrCommandType.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ato", "-ato", "–ato", "—ATO", "−ato", "／ａｔｏ", " /Ato "})
  @DisplayName("S2-08 an en dash before an option is a dash, as any other sign like it")
  void anyDashWillDo(String option) {
    assertThat(commands.find(option))
        .hasValueSatisfying(c -> assertThat(c.type()).isEqualTo(SlmgrCommandType.ACTIVATE));
  }

  @Test
  void optionsWithHyphensOrValues() {
    assertThat(commands.find("-AD-Activation-Get-IID")).isPresent();
    assertThat(commands.find("/name:Forest object"))
        .hasValueSatisfying(c -> assertThat(c.type()).isEqualTo(SlmgrCommandType.AD_NAME_OBJECT));
    assertThat(commands.find("SLUI 4")).isPresent();
    assertThat(commands.find("/nonsense")).isEmpty();
    assertThat(commands.find("")).isEmpty();
  }

  @Test
  void misspeltOptions() {
    assertThat(commands.suggestionsFor("/rearn")).contains("/rearm");
    assertThat(commands.suggestionsFor("–aot")).contains("/ato");
    assertThat(commands.suggestionsFor("/ato")).isEmpty();
  }

  @Test
  void didYouMean() {
    assertThat(DidYouMean.among("xlmgr.vbs", List.of("slmgr.vbs", "slui.exe")))
        .containsExactly("slmgr.vbs");
    assertThat(DidYouMean.among("/ProduktKey", List.of("/ProductKey", "/Set-Edition")))
        .containsExactly("/ProductKey");
    assertThat(DidYouMean.among("/ProductKey", List.of("/ProductKey"))).isEmpty();
    assertThat(DidYouMean.among("notepad", List.of("slmgr.vbs"))).isEmpty();
  }
}
