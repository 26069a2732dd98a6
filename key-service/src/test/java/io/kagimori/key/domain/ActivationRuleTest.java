package io.kagimori.key.domain;

import static io.kagimori.key.domain.Verdicts.accepted;
import static io.kagimori.key.domain.Verdicts.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.kagimori.contracts.event.ActivationAction;
import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.InstallMethod;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationRuleTest {
  private final Given given = new Given();

  @Nested
  class Refusals {
    @Test
    @DisplayName("a product or an edition that the catalogue does not know is named")
    void unknown() {
      KeyVerdict product = given.decide(Given.ask("pc").product("windows-99", Given.STANDARD));
      refused(product, "UNKNOWN_PRODUCT", "0xC004F069");
      assertThat(product.detail()).containsExactly(entry("product", "windows-99"));
      KeyVerdict edition = given.decide(Given.ask("pc").edition("ServerFancy"));
      refused(edition, "UNKNOWN_EDITION", "0xC004F069");
      assertThat(edition.detail()).containsExactly(entry("edition", "ServerFancy"));
    }

    @Test
    @DisplayName("a key nobody registered and nobody published is unknown, by id and by last five")
    void keyUnknown() {
      given.mak("k", 5).partialKey("BBBBB").here();
      refused(given.decide(Given.ask("pc").key("other")), "KEY_UNKNOWN", "0xC004F050");
      refused(given.decide(Given.ask("pc").partialKey("CCCCC")), "KEY_UNKNOWN", "0xC004F050");
      accepted(given.decide(Given.ask("pc").partialKey(" bbbbb ")), "k");
    }

    @Test
    @DisplayName("S1-09 a key is expired from its end date on, and not a moment earlier")
    void expired() {
      given.mak("k", 5).expiresAt(Given.NOON).here();
      accepted(given.decide(Given.ask("pc").key("k"), Given.NOON.minusNanos(1)), "k");
      KeyVerdict verdict = given.decide(Given.ask("pc-2").key("k"));
      refused(verdict, "KEY_EXPIRED", "0xC004F050");
      assertThat(verdict.detail()).containsExactly(entry("expiresAt", "2026-11-21T12:00:00Z"));
    }

    @Test
    @DisplayName("S1-09 a single-use key that another device holds is in use there")
    void inUse() {
      given.key("retail", KeyKind.RETAIL, 5).here();
      accepted(given.decide(Given.ask("first").key("retail")), "retail");
      KeyVerdict second = given.decide(Given.ask("second").key("retail"));
      refused(second, "KEY_IN_USE", "0xC004C008");
      assertThat(second.detail()).containsExactly(entry("deviceId", "first"));
      KeyVerdict again = given.decide(Given.ask("first").key("retail"));
      accepted(again, "retail");
      assertThat(again.seatReused()).isTrue();
    }

    @Test
    @DisplayName("S1-07 a key for another edition is refused, and both editions are named")
    void wrongEdition() {
      given.mak("dc", 5).covers(Given.SERVER, Given.DATACENTER).here();
      given.mak("std", 5).here();
      KeyVerdict onStandard = given.decide(Given.ask("pc").key("dc"));
      refused(onStandard, "EDITION_MISMATCH", "0xC004F050");
      assertThat(onStandard.detail())
          .containsEntry("requested", Map.of("product", Given.SERVER, "edition", Given.STANDARD))
          .containsEntry(
              "covered", List.of(Map.of("product", Given.SERVER, "edition", Given.DATACENTER)));
      for (String edition : List.of(Given.DATACENTER, "ServerSolution")) {
        refused(
            given.decide(Given.ask("pc").key("std").edition(edition)),
            "EDITION_MISMATCH",
            "0xC004F050");
      }
      accepted(given.decide(Given.ask("pc").key("dc").edition("SERVERDATACENTER")), "dc");
    }

    @Test
    @DisplayName("S1-07 a key for all editions of one product is no key for another product")
    void wrongProduct() {
      given.mak("k", 5).covers("windows-server-2022", "*").here();
      refused(given.decide(Given.ask("pc").key("k")), "EDITION_MISMATCH", "0xC004F050");
      accepted(
          given.decide(Given.ask("pc").key("k").product("windows-server-2022", Given.STANDARD)),
          "k");
    }

    @ParameterizedTest(name = "{0} at a site with {1}: {2}")
    @CsvSource({"MAK,,MAK", "CSVLK,,KMS", "MAK,CSVLK,MAK and KMS", "RETAIL,,"})
    @DisplayName("S1-08 a key of the wrong model is refused with the model the site is run by")
    void wrongModel(KeyKind first, KeyKind second, String siteModel) {
      given.key("site-1", first, 5).site("tokyo").here();
      if (second != null) {
        given.key("site-2", second, 5).site("tokyo").here();
      }
      given.key("elsewhere", KeyKind.MAK, 5).site("osaka").here();
      KeyVerdict verdict = given.decide(Given.ask("pc").key("elsewhere").site("tokyo").kms("kms"));
      refused(verdict, "KEY_MODEL_MISMATCH", "0xC004F050");
      assertThat(verdict.detail()).containsEntry("keyKind", "MAK").containsEntry("channel", "KMS");
      assertThat(verdict.detail().get("siteModel")).isEqualTo(siteModel);
    }

    @Test
    @DisplayName(
        "S1-08 keys of other products, in the batch by chance, do not change the model told")
    void modelOfTheProduct() {
      given.mak("k", 5).here();
      given.key("site", KeyKind.MAK, 5).site("tokyo").here();
      given.key("chance", KeyKind.CSVLK, 5).site("tokyo").covers("windows-10", "*").here();
      KeyVerdict verdict = given.decide(Given.ask("pc").key("k").site("tokyo").kms("kms"));
      assertThat(verdict.detail()).containsEntry("siteModel", "MAK");
    }

    @Test
    @DisplayName(
        "S1-10 an exhausted MAK tells its figures, the pools that would serve, and no retry")
    void exhausted() {
      given.mak("k", 2).here();
      given.mak("spare", 3).here();
      given.mak("empty", 0).here();
      given.mak("other-edition", 3).covers(Given.SERVER, Given.DATACENTER).here();
      given.mak("other-site", 3).site("osaka").here();
      given.settle(given.decide(Given.ask("one").key("k")), Verdict.CONFIRMED);
      given.decide(Given.ask("two").key("k"));

      KeyVerdict verdict = given.decide(Given.ask("three").key("k"));

      refused(verdict, "MAK_EXHAUSTED", "0xC004C020");
      assertThat(verdict.detail())
          .containsExactly(
              entry("purchased", 2L),
              entry("reserved", 1L),
              entry("consumed", 1L),
              entry("otherPools", List.of("spare")),
              entry("retry", false));
      KeyVerdict again = given.decide(Given.ask("one").key("k"));
      accepted(again, "k");
      assertThat(again.seatReused()).isTrue();
    }

    @Test
    @DisplayName("a blocked key is refused even to the device that holds a seat")
    void blocked() {
      RegisteredKey key = given.mak("k", 2).here();
      given.decide(Given.ask("pc").key("k"));
      given.ledger.replace(key.withBlocked(true), Given.NOON);
      refused(given.decide(Given.ask("pc").key("k")), "KEY_BLOCKED", "0xC004C003");
    }

    @Test
    @DisplayName("a refusal leaves no trace in the ledger")
    void noTrace() {
      given.mak("k", 0).here();
      given.decide(Given.ask("pc").key("k"));
      assertThat(given.ledger.entries()).isEmpty();
      assertThat(given.ledger.changedKeys()).isEmpty();
      assertThat(given.ledger.changedSeats()).isEmpty();
    }

    @Test
    @DisplayName("S4-14 an OEM key does not go with a volume image; a volume key does")
    void imageMismatch() {
      given.key("oem", KeyKind.OEM, 1).here();
      given.mak("volume", 1).here();
      KeyVerdict verdict = given.decide(Given.ask("pc").key("oem").image(ImageKind.VOLUME));
      refused(verdict, "KEY_IMAGE_MISMATCH", "0xC004F050");
      assertThat(verdict.detail())
          .containsOnly(entry("imageKind", "VOLUME"), entry("keyKind", "OEM"));
      accepted(given.decide(Given.ask("pc").key("volume").image(ImageKind.VOLUME)), "volume");
      accepted(given.decide(Given.ask("pc").key("oem").image(ImageKind.OEM)), "oem");
    }
  }

  @Nested
  class Warnings {
    @Test
    @DisplayName("S1-24 media of unknown source is accepted with a warning, official media without")
    void provenance() {
      given.mak("k", 9).here();
      KeyVerdict verdict = given.decide(Given.ask("pc").key("k").media("a friend's USB stick"));
      accepted(verdict, "k");
      assertThat(verdict.warnings())
          .containsExactly(
              new Warning("PROVENANCE_UNKNOWN", Map.of("mediaSource", "a friend's USB stick")));
      assertThat(given.decide(Given.ask("pc").key("k").media("vlsc")).warnings()).isNull();
      assertThat(given.decide(Given.ask("pc").key("k")).warnings()).isNull();
    }

    @Test
    @DisplayName("S2-16 a host key put in by hand is accepted with a warning, by script without")
    void byHand() {
      given.key("host-key", KeyKind.CSVLK, 6).here();
      Given.Ask host = Given.ask("kms").asHost().key("host-key");
      assertThat(given.decide(host.installedBy(InstallMethod.GUI)).warnings())
          .containsExactly(new Warning("HOST_KEY_GUI_INSTALL", Map.of("installMethod", "GUI")));
      assertThat(given.decide(host.installedBy(InstallMethod.SCRIPT)).warnings()).isNull();
      given.mak("mak", 1).here();
      assertThat(given.decide(Given.ask("pc").key("mak").installedBy(InstallMethod.GUI)).warnings())
          .isNull();
    }

    @ParameterizedTest(name = "{0} digits")
    @CsvSource({"54,false", "63,false", "53,true", "55,true", "62,true", "64,true", "0,true"})
    @DisplayName("an installation id that is neither 54 nor 63 digits is accepted with a warning")
    void malformedInstallation(int digits, boolean warned) {
      given.mak("k", 1).here();
      KeyVerdict verdict = given.decide(Given.ask("pc").key("k").installation("7".repeat(digits)));
      accepted(verdict, "k");
      assertThat(verdict.warnings())
          .isEqualTo(
              warned ? List.of(new Warning("IID_MALFORMED", Map.of("length", digits))) : null);
    }

    @Test
    @DisplayName("warnings stand on refusals too, several at once")
    void onRefusals() {
      KeyVerdict verdict =
          given.decide(Given.ask("pc").key("none").media("unknown").installation("12x"));
      refused(verdict, "KEY_UNKNOWN", "0xC004F050");
      assertThat(verdict.warnings())
          .extracting(Warning::reason)
          .containsExactly("PROVENANCE_UNKNOWN", "IID_MALFORMED");
    }
  }

  @Test
  @DisplayName("a rearm needs no key and takes no seat")
  void rearm() {
    given.mak("k", 1).here();
    KeyVerdict verdict = given.decide(Given.ask("pc").key("k").action(ActivationAction.REARM));
    accepted(verdict, null);
    assertThat(given.ledger.entries()).isEmpty();
  }

  @Test
  @DisplayName("the verdict carries what activation-service needs to go on")
  void carried() {
    given.mak("k", 1).partialKey("BBBBB").here();
    Instant later = Given.NOON.plusSeconds(90);
    KeyVerdict verdict = given.decide(Given.ask("pc").key("k"), later);
    assertThat(verdict.partialKey()).isEqualTo("BBBBB");
    assertThat(verdict.leaseUntil()).isEqualTo(later.plus(Given.LEASE));
    assertThat(verdict.receivedAt()).isEqualTo(later);
    assertThat(verdict.decidedAt()).isEqualTo(later);
    assertThat(verdict.request()).isEqualTo(Given.ask("pc").key("k").request());
  }
}
