package io.kagimori.key.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.KeyDecision;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The refusals of a named key, each alone and every two that can hold at once. */
class RefusalOrderTest {

  /** What can be wrong with a request, in the order in which it is to be answered. */
  enum Flaw {
    UNKNOWN_PRODUCT("0xC004F069"),
    UNKNOWN_EDITION("0xC004F069"),
    KEY_UNKNOWN("0xC004F050"),
    KEY_EXPIRED("0xC004F050"),
    KEY_BLOCKED("0xC004C003"),
    KEY_MODEL_MISMATCH("0xC004F050"),
    EDITION_MISMATCH("0xC004F050"),
    KEY_IMAGE_MISMATCH("0xC004F050"),
    KEY_IN_USE("0xC004C008"),
    HOST_KEY_LIMIT("0xC004C008"),
    MAK_EXHAUSTED("0xC004C020");

    final String code;

    Flaw(String code) {
      this.code = code;
    }
  }

  /** Kinds of keys and what can be wrong with a request that names one. */
  private static final Map<KeyKind, Set<Flaw>> POSSIBLE =
      Map.of(
          KeyKind.MAK, without(Flaw.KEY_IMAGE_MISMATCH, Flaw.KEY_IN_USE, Flaw.HOST_KEY_LIMIT),
          KeyKind.ESU_MAK, without(Flaw.KEY_IMAGE_MISMATCH, Flaw.KEY_IN_USE, Flaw.HOST_KEY_LIMIT),
          KeyKind.RETAIL, without(Flaw.KEY_IMAGE_MISMATCH, Flaw.HOST_KEY_LIMIT),
          KeyKind.OEM, without(Flaw.HOST_KEY_LIMIT),
          KeyKind.CSVLK, without(Flaw.EDITION_MISMATCH, Flaw.KEY_IMAGE_MISMATCH, Flaw.KEY_IN_USE));

  private static Set<Flaw> without(Flaw... flaws) {
    return EnumSet.complementOf(EnumSet.copyOf(Arrays.asList(flaws)));
  }

  static List<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    POSSIBLE.forEach(
        (kind, flaws) -> {
          for (Flaw first : flaws) {
            for (Flaw second : flaws) {
              // A key that is not there cannot be expired, blocked or used up as well.
              boolean together =
                  first.compareTo(second) <= 0
                      && (first != Flaw.KEY_UNKNOWN || second == Flaw.KEY_UNKNOWN);
              if (together) {
                pairs.add(Arguments.of(kind, first, second));
              }
            }
          }
        });
    return pairs;
  }

  @ParameterizedTest(name = "{0}: {1} before {2}")
  @MethodSource("pairs")
  @DisplayName("S1-07 S1-08 S1-09 S1-10 of two reasons to refuse the earlier one is told")
  void earlierWins(KeyKind kind, Flaw first, Flaw second) {
    KeyVerdict verdict = decide(kind, EnumSet.of(first, second));
    assertThat(verdict.verdict()).isEqualTo(KeyDecision.REFUSED);
    assertThat(verdict.reason()).isEqualTo(first.name());
    assertThat(verdict.code()).isEqualTo(first.code);
    assertThat(verdict.keyId()).isNull();
    assertThat(verdict.leaseUntil()).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(value = KeyKind.class, mode = EnumSource.Mode.EXCLUDE, names = "SETUP")
  @DisplayName("without a flaw the same request is accepted")
  void flawless(KeyKind kind) {
    KeyVerdict verdict = decide(kind, EnumSet.noneOf(Flaw.class));
    assertThat(verdict.verdict()).isEqualTo(KeyDecision.ACCEPTED);
    assertThat(verdict.keyId()).isEqualTo("k");
    assertThat(verdict.leaseUntil()).isEqualTo(Given.NOON.plus(Given.LEASE));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(value = KeyKind.class, mode = EnumSource.Mode.EXCLUDE, names = "SETUP")
  @DisplayName("with every flaw at once each one repaired brings up the next")
  void oneAfterTheOther(KeyKind kind) {
    EnumSet<Flaw> flaws = EnumSet.copyOf(POSSIBLE.get(kind));
    while (!flaws.isEmpty()) {
      Flaw next = flaws.iterator().next();
      assertThat(decide(kind, flaws).reason()).isEqualTo(next.name());
      flaws.remove(next);
    }
    assertThat(decide(kind, flaws).verdict()).isEqualTo(KeyDecision.ACCEPTED);
  }

  private static KeyVerdict decide(KeyKind kind, Set<Flaw> flaws) {
    Given given = new Given();
    int holders = holders(flaws);
    Given.Key key =
        given.key("k", kind, flaws.contains(Flaw.MAK_EXHAUSTED) ? holders : holders + 1L);
    Given.Ask ask = Given.ask("pc").key("k");
    if (kind == KeyKind.ESU_MAK) {
      ask.addOn("sku");
    }
    if (kind == KeyKind.CSVLK) {
      ask.asHost();
    }
    if (flaws.contains(Flaw.KEY_EXPIRED)) {
      key.expiresAt(Instant.EPOCH);
    }
    if (flaws.contains(Flaw.KEY_BLOCKED)) {
      key.blocked();
    }
    if (flaws.contains(Flaw.EDITION_MISMATCH)) {
      key.covers(Given.SERVER, Given.DATACENTER);
    }
    if (flaws.contains(Flaw.KEY_MODEL_MISMATCH)) {
      ask.kms("kms.example:1688");
    }
    if (flaws.contains(Flaw.KEY_IMAGE_MISMATCH)) {
      ask.image(ImageKind.VOLUME);
    }
    if (flaws.contains(Flaw.UNKNOWN_EDITION)) {
      ask.edition("ServerNowhere");
    }
    if (flaws.contains(Flaw.UNKNOWN_PRODUCT)) {
      ask.product("windows-nowhere", Given.STANDARD);
    }
    key.here();
    for (int i = 0; i < holders; i++) {
      RegisteredKey here = given.ledger.key("k").orElseThrow();
      given.ledger.reserve(
          here.seat("other-" + i, null), Given.NOON, UUID.randomUUID(), Given.NOON);
    }
    return flaws.contains(Flaw.KEY_UNKNOWN) ? new Given().decide(ask) : given.decide(ask);
  }

  private static int holders(Set<Flaw> flaws) {
    return flaws.contains(Flaw.HOST_KEY_LIMIT) ? 6 : flaws.contains(Flaw.KEY_IN_USE) ? 1 : 0;
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Flaw.class)
  @DisplayName("every refusal has a code that the catalogue explains")
  void explained(Flaw flaw) {
    assertThat(Catalogue.get().errorCodes().resolve(flaw.code).known()).isTrue();
  }
}
