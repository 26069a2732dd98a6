package io.kagimori.edition.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionReimageRequested.Oem;
import io.kagimori.contracts.event.EditionReimageRequestedBuilder;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.ReimageDecision;
import io.kagimori.contracts.event.Warning;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The nine worked examples of the seed. */
class ReimageExamplesTest extends ReimageFixture {
  @Test
  @DisplayName(
      "S4-01 EXA-01 EA customer, same product, edition, language: permitted, with its rules")
  void example1() {
    DeviceChange change = pro("pro-ja", "ea");

    assertDecided(change, ReimageDecision.PERMITTED);
    assertThat(fired(change, "ALLOW"))
        .contains("RUL-01", "RUL-02", "RUL-03", "RUL-04", "RUL-05", "RUL-07", "RUL-11", "PRG-EA");
    assertThat(fired(change, "DENY")).isEmpty();
  }

  @Test
  @DisplayName("S4-07 EXA-02 OEM Home, image Pro: the edition differs")
  void example2() {
    DeviceChange change = world.decide(World.reimage("pro-ja", "ea", W11, "Core", "ja-JP"));

    assertDecided(change, ReimageDecision.NOT_PERMITTED, "EDITION_DIFFERS");
    assertThat(fired(change, "DENY")).containsExactly("RUL-04");
  }

  @Test
  @DisplayName("S4-08 EXA-03 Japanese OEM, English image: the language differs, with a hint")
  void example3() {
    DeviceChange change = pro("pro-en", "ea");

    assertDecided(change, ReimageDecision.NOT_PERMITTED, "LANGUAGE_DIFFERS");
    assertThat(change.decision().detail())
        .containsEntry("hint", "change the display language instead");
  }

  @Test
  @DisplayName("S4-03 EXA-04 Open Value without a Windows order: media and key unavailable")
  void example4() {
    assertDecided(pro("pro-ja", "ov-0"), ReimageDecision.NOT_PERMITTED, "MIN_ORDER_1");
  }

  @Test
  @DisplayName("S4-03 EXA-05 Open Value, one order, 200 devices: permitted for the whole fleet")
  void example5() {
    for (int i = 0; i < 200; i++) {
      EditionReimageRequested asked =
          World.reimage("pc-" + i, "pro-ja", "ov-1", W11, "Professional", "ja-JP", KeyKind.MAK);
      assertDecided(world.decide(asked), ReimageDecision.PERMITTED);
    }
  }

  @Test
  @DisplayName("S4-05 EXA-06 CSP never grants it, whatever was bought")
  void example6() {
    assertDecided(pro("pro-ja", "csp"), ReimageDecision.NOT_PERMITTED, "CSP_NO_REIMAGING");
  }

  @Test
  @DisplayName("S4-10 EXA-07 a client's OEM recovery medium on other machines")
  void example7() {
    DeviceChange change = pro("recovery", "ea");

    assertDecided(change, ReimageDecision.NOT_PERMITTED, "OEM_IMAGE");
    assertThat(fired(change, "DENY")).containsExactly("RUL-07", "RUL-08");
  }

  @Test
  @DisplayName("S4-12 EXA-08 server OEM image with the maker's consent: conditional; without: no")
  void example8() {
    assertDecided(world.decide(server(null)), ReimageDecision.NOT_PERMITTED, "CONSENT_REQUIRED");
    assertDecided(
        world.decide(server(" FALSE ")), ReimageDecision.NOT_PERMITTED, "CONSENT_REQUIRED");
    DeviceChange with = world.decide(server("DOC-7"));
    assertDecided(with, ReimageDecision.CONDITIONAL, "CONSENT_RECORDED");
    assertThat(with.decision().warnings())
        .extracting(Warning::reason)
        .contains("TELEPHONE_IF_LOCKED");
  }

  private static EditionReimageRequested server(String consent) {
    return EditionReimageRequestedBuilder.builder()
        .deviceId("srv-1")
        .imageId("server-oem")
        .oem(new Oem(SERVER, "ServerStandard", "ja-JP"))
        .maker("Example")
        .model("Rack 3")
        .keyKind(KeyKind.OEM)
        .manufacturerConsent(consent)
        .build();
  }

  @Test
  @DisplayName("S4-14 EXA-09 a volume image with the OEM key of the device: the key does not pair")
  void example9() {
    EditionReimageRequested asked =
        World.reimage("pc-1", "pro-ja", "ea", W11, "Professional", "ja-JP", KeyKind.OEM);

    assertDecided(world.decide(asked), ReimageDecision.NOT_PERMITTED, "KEY_IMAGE_MISMATCH");
  }
}
