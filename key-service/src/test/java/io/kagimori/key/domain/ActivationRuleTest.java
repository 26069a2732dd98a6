package io.kagimori.key.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.SetupKey;
import io.kagimori.contracts.event.ActivationAction;
import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.InstallMethod;
import io.kagimori.contracts.event.KeyDecision;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationRuleTest {
  private final Given given = new Given();

  private static void refused(KeyVerdict verdict, String reason, String code) {
    assertThat(verdict.verdict()).isEqualTo(KeyDecision.REFUSED);
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.code()).isEqualTo(code);
    assertThat(verdict.keyId()).isNull();
  }

  private static void accepted(KeyVerdict verdict, String keyId) {
    assertThat(verdict.reason()).isNull();
    assertThat(verdict.verdict()).isEqualTo(KeyDecision.ACCEPTED);
    assertThat(verdict.keyId()).isEqualTo(keyId);
  }

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
  class Pools {
    @Test
    @DisplayName("without a name the site's own pool is taken first, then the one that ends first")
    void choice() {
      given.mak("large", 50).here();
      given.mak("ends", 1).expiresAt(Given.NOON.plusSeconds(5)).here();
      given.mak("tokyo", 1).site("tokyo").here();
      accepted(given.decide(Given.ask("1").site("tokyo")), "tokyo");
      accepted(given.decide(Given.ask("2").site("tokyo")), "ends");
      accepted(given.decide(Given.ask("3").site("tokyo")), "large");
      accepted(given.decide(Given.ask("4").site("osaka")), "large");
    }

    @Test
    @DisplayName("of equal pools the fuller one is taken, and at last the first by key id")
    void fuller() {
      given.mak("b", 2).here();
      given.mak("c", 2).here();
      given.mak("a", 1).here();
      accepted(given.decide(Given.ask("1")), "b");
      accepted(given.decide(Given.ask("2")), "c");
      accepted(given.decide(Given.ask("3")), "a");
    }

    @Test
    @DisplayName("a seat the device holds already wins over a better pool")
    void heldFirst() {
      given.mak("plain", 1).here();
      accepted(given.decide(Given.ask("pc").site("tokyo")), "plain");
      given.mak("tokyo", 9).site("tokyo").here();
      KeyVerdict again = given.decide(Given.ask("pc").site("tokyo"));
      accepted(again, "plain");
      assertThat(again.seatReused()).isTrue();
    }

    @Test
    @DisplayName("no pool fits: NO_KEY; pools fit and all are empty: the first one is exhausted")
    void none() {
      given.mak("osaka", 9).site("osaka").here();
      refused(given.decide(Given.ask("pc").site("tokyo")), "NO_KEY", "0xC004F014");
      refused(given.decide(Given.ask("pc")), "NO_KEY", "0xC004F014");
      given.mak("empty", 0).site("tokyo").here();
      KeyVerdict exhausted = given.decide(Given.ask("pc").site("tokyo"));
      refused(exhausted, "MAK_EXHAUSTED", "0xC004C020");
      assertThat(exhausted.detail()).containsEntry("otherPools", List.of());
    }

    @Test
    @DisplayName("retail, OEM and host keys are never chosen from the pools")
    void onlyMaks() {
      given.key("r", KeyKind.RETAIL, 5).here();
      given.key("o", KeyKind.OEM, 5).here();
      given.key("h", KeyKind.CSVLK, 5).here();
      refused(given.decide(Given.ask("pc")), "NO_KEY", "0xC004F014");
    }

    @Test
    @DisplayName("last five characters that two keys share lead to the one that serves")
    void sharedPartialKey() {
      given
          .mak("a-datacenter", 5)
          .partialKey("BBBBB")
          .covers(Given.SERVER, "ServerDatacenter")
          .here();
      given.mak("b-empty", 0).partialKey("BBBBB").here();
      given.mak("c-serves", 1).partialKey("BBBBB").here();
      accepted(given.decide(Given.ask("pc").partialKey("BBBBB")), "c-serves");
      refused(
          given.decide(Given.ask("other").partialKey("BBBBB")), "EDITION_MISMATCH", "0xC004F050");
    }

    @Test
    @DisplayName("S3-07 an ESU activation takes an ESU key only and never the Windows pool")
    void esu() {
      given.mak("windows", 5).covers("windows-7", "*").here();
      given.key("esu", KeyKind.ESU_MAK, 1).covers("windows-7", "*").here();
      Given.Ask first = Given.ask("1").product("windows-7", "Professional");
      accepted(given.decide(first), "windows");
      accepted(given.decide(first.addOn("sku")), "esu");
      Given.Ask second = Given.ask("2").product("windows-7", "Professional").addOn("sku");
      KeyVerdict exhausted = given.decide(second);
      refused(exhausted, "MAK_EXHAUSTED", "0xC004C020");
      assertThat(exhausted.detail()).containsEntry("otherPools", List.of());
      refused(given.decide(second.key("windows")), "KEY_MODEL_MISMATCH", "0xC004F050");
      refused(given.decide(first.addOn(null).key("esu")), "KEY_MODEL_MISMATCH", "0xC004F050");
      assertThat(given.figures("windows")).containsExactly(5L, 4L, 1L, 0L, 0L);
    }

    @Test
    @DisplayName("S3-07 each ESU year takes a key of its own year, and a seat of its own")
    void esuYears() {
      given.key("y1", KeyKind.ESU_MAK, 2).covers("windows-10", "*").addOn("year-1").here();
      given.key("y2", KeyKind.ESU_MAK, 2).covers("windows-10", "*").addOn("year-2").here();
      Given.Ask ask = Given.ask("1").product("windows-10", "Enterprise");
      accepted(given.decide(ask.addOn("YEAR-1")), "y1");
      accepted(given.decide(ask.addOn("year-2")), "y2");
      refused(given.decide(ask.addOn("year-3")), "NO_KEY", "0xC004F014");
      refused(given.decide(ask.addOn("year-2").key("y1")), "EDITION_MISMATCH", "0xC004F050");
    }
  }

  @Nested
  class SetupKeys {
    @Test
    @DisplayName("KMS without a name gets the edition's setup key and takes no seat")
    void chosen() {
      given.mak("mak", 5).here();
      KeyVerdict verdict = given.decide(Given.ask("pc").kms("kms"));
      accepted(verdict, setupKey(Given.SERVER, Given.STANDARD).keyId());
      assertThat(verdict.keyKind()).isEqualTo(KeyKind.SETUP);
      assertThat(verdict.leaseUntil()).isNull();
      assertThat(verdict.seatReused()).isFalse();
      assertThat(given.ledger.entries()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ServerStandardCor", "serverstandardCOR"})
    @DisplayName("a Server Core installation gets the setup key of its full edition, named or not")
    void core(String edition) {
      SetupKey key = setupKey(Given.SERVER, Given.STANDARD);
      accepted(given.decide(Given.ask("pc").kms("kms").edition(edition)), key.keyId());
      accepted(
          given.decide(Given.ask("pc").kms("kms").edition(edition).key(key.keyId())), key.keyId());
    }

    @Test
    @DisplayName("a setup key is known by id and by its last five characters in either case")
    void named() {
      SetupKey key = setupKey(Given.SERVER, Given.STANDARD);
      accepted(given.decide(Given.ask("pc").kms("kms").key(key.keyId())), key.keyId());
      for (String partial :
          List.of(key.partialKey(), " " + key.partialKey().toLowerCase(Locale.ROOT))) {
        accepted(given.decide(Given.ask("pc").kms("kms").partialKey(partial)), key.keyId());
      }
    }

    @Test
    @DisplayName("S1-08 a setup key is none for a MAK request, and a MAK none for KMS")
    void model() {
      given.mak("mak", 5).here();
      SetupKey key = setupKey(Given.SERVER, Given.STANDARD);
      KeyVerdict mak = given.decide(Given.ask("pc").key(key.keyId()));
      refused(mak, "KEY_MODEL_MISMATCH", "0xC004F050");
      assertThat(mak.detail()).containsOnly(entry("keyKind", "SETUP"), entry("channel", "MAK"));
      KeyVerdict kms = given.decide(Given.ask("pc").kms("kms").key("mak"));
      refused(kms, "KEY_MODEL_MISMATCH", "0xC004F050");
      assertThat(kms.detail()).containsOnly(entry("keyKind", "MAK"), entry("channel", "KMS"));
    }

    @Test
    @DisplayName("S1-07 a setup key of another edition is refused, and its coverage told")
    void otherEdition() {
      SetupKey key = setupKey(Given.SERVER, Given.DATACENTER);
      KeyVerdict verdict = given.decide(Given.ask("pc").kms("kms").key(key.keyId()));
      refused(verdict, "EDITION_MISMATCH", "0xC004F050");
      assertThat(verdict.detail())
          .containsEntry(
              "covered", List.of(Map.of("product", Given.SERVER, "edition", Given.DATACENTER)));
    }

    @Test
    @DisplayName("last five characters that a MAK shares with a setup key lead to the right one")
    void sharedPartialKey() {
      SetupKey key = setupKey(Given.SERVER, Given.STANDARD);
      given.mak("mak", 5).partialKey(key.partialKey()).here();
      accepted(given.decide(Given.ask("pc").kms("kms").partialKey(key.partialKey())), key.keyId());
      accepted(given.decide(Given.ask("pc").partialKey(key.partialKey())), "mak");
    }

    @Test
    @DisplayName("an edition without a setup key of today: NO_KEY")
    void none() {
      Given.Ask ask = Given.ask("pc").kms("kms").product("windows-server-2012", "Core");
      refused(given.decide(ask), "NO_KEY", "0xC004F014");
    }

    private static SetupKey setupKey(String product, String edition) {
      return Catalogue.get().products().setupKeyFor(product, edition).orElseThrow();
    }
  }

  @Nested
  class HostKeys {
    @Test
    @DisplayName("S2-17 a host key activates the host it is put in on, and nothing else")
    void ownHost() {
      given.key("host-key", KeyKind.CSVLK, 6).here();
      accepted(given.decide(Given.ask("kms-1").asHost().key("host-key")), "host-key");
      refused(
          given.decide(Given.ask("pc").kms("kms-1").key("host-key")),
          "KEY_MODEL_MISMATCH",
          "0xC004F050");
      refused(given.decide(Given.ask("pc").key("host-key")), "KEY_MODEL_MISMATCH", "0xC004F050");
    }

    @Test
    @DisplayName("S2-17 the seventh host is refused, whatever was bought")
    void seventhHost() {
      given.key("host-key", KeyKind.CSVLK, 100).here();
      for (int host = 1; host <= 6; host++) {
        accepted(given.decide(host(host)), "host-key");
      }
      KeyVerdict seventh = given.decide(host(7));
      refused(seventh, "HOST_KEY_LIMIT", "0xC004C008");
      assertThat(seventh.detail())
          .containsExactly(
              entry("hosts", List.of("kms-1", "kms-2", "kms-3", "kms-4", "kms-5", "kms-6")),
              entry("hostsMax", 6),
              entry("activationsMax", 10));
    }

    @Test
    @DisplayName("S2-17 a host that gives its seat back makes room for another")
    void roomAgain() {
      given.key("host-key", KeyKind.CSVLK, 6).here();
      KeyVerdict first = given.decide(host(1));
      for (int host = 2; host <= 6; host++) {
        given.decide(host(host));
      }
      given.settle(first, Verdict.FAILED);
      accepted(given.decide(host(7)), "host-key");
    }

    @Test
    @DisplayName("S2-17 a host may be activated ten times, the eleventh is refused")
    void eleventhActivation() {
      given.key("host-key", KeyKind.CSVLK, 6).here();
      for (int activation = 1; activation <= 10; activation++) {
        KeyVerdict verdict = given.decide(host(1));
        accepted(verdict, "host-key");
        given.settle(verdict, Verdict.CONFIRMED);
      }
      refused(given.decide(host(1)), "HOST_KEY_LIMIT", "0xC004C008");
      accepted(given.decide(host(2)), "host-key");
      assertThat(given.figures("host-key")).containsExactly(6L, 4L, 1L, 1L, 0L);
    }

    @Test
    @DisplayName("S2-17 a host put in anew is the same of the six, and its activations add up")
    void putInAnew() {
      given.key("host-key", KeyKind.CSVLK, 6).here();
      for (int host = 1; host <= 6; host++) {
        given.settle(given.decide(host(host).installation("old")), Verdict.CONFIRMED);
      }
      for (int activation = 2; activation <= 10; activation++) {
        KeyVerdict verdict = given.decide(host(1).installation("new-" + activation));
        accepted(verdict, "host-key");
        given.settle(verdict, Verdict.CONFIRMED);
      }
      refused(given.decide(host(1).installation("new-11")), "HOST_KEY_LIMIT", "0xC004C008");
      assertThat(given.figures("host-key")).containsExactly(6L, 0L, 0L, 6L, 0L);
    }

    private static Given.Ask host(int number) {
      return Given.ask("kms-" + number).asHost().key("host-key");
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
