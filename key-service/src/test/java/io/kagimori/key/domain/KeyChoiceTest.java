package io.kagimori.key.domain;

import static io.kagimori.key.domain.Verdicts.accepted;
import static io.kagimori.key.domain.Verdicts.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.SetupKey;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which key serves: pools, setup keys and host keys. */
class KeyChoiceTest {
  private final Given given = new Given();

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
}
