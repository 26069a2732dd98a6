package io.kagimori.key.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettlementRuleTest {
  private final Given given = new Given();

  /** Figures are purchased, available, reserved, consumed, overdrawn of a pool of two. */
  @ParameterizedTest(name = "{0} on a seat that is {1}")
  @CsvSource({
    "GRANTED,   RESERVED, '2,1,1,0,0'",
    "CONFIRMED, RESERVED, '2,1,0,1,0'",
    "REFUSED,   RESERVED, '2,2,0,0,0'",
    "FAILED,    RESERVED, '2,2,0,0,0'",
    "EXPIRED,   RESERVED, '2,2,0,0,0'",
    "GRANTED,   CONSUMED, '2,1,0,1,0'",
    "CONFIRMED, CONSUMED, '2,1,0,1,0'",
    "REFUSED,   CONSUMED, '2,1,0,1,0'",
    "FAILED,    CONSUMED, '2,1,0,1,0'",
    "EXPIRED,   CONSUMED, '2,1,0,1,0'",
    "GRANTED,   RELEASED, '2,2,0,0,0'",
    "CONFIRMED, RELEASED, '2,1,0,1,0'",
    "REFUSED,   RELEASED, '2,2,0,0,0'",
    "FAILED,    RELEASED, '2,2,0,0,0'",
    "EXPIRED,   RELEASED, '2,2,0,0,0'",
  })
  @DisplayName("each verdict on each state of a seat")
  void everyVerdictOnEveryState(Verdict verdict, Seat.State state, String figures) {
    given.mak("k", 2).here();
    KeyVerdict granted = given.decide(Given.ask("pc").key("k"));
    switch (state) {
      case RESERVED -> {}
      case CONSUMED -> given.settle(granted, Verdict.CONFIRMED);
      case RELEASED -> given.settle(granted, Verdict.EXPIRED);
    }
    assertThat(given.ledger.changedSeats()).extracting(Seat::state).containsExactly(state);

    boolean touched = given.settle(granted, verdict);

    assertThat(touched).isEqualTo(verdict != Verdict.GRANTED);
    assertThat(String.join(",", given.figures("k").stream().map(String::valueOf).toList()))
        .isEqualTo(figures);
  }

  @Test
  @DisplayName("a late success takes a free seat; where none is left it is overdrawn")
  void overdrawn() {
    given.mak("k", 1).here();
    KeyVerdict late = given.decide(Given.ask("late").key("k"));
    given.settle(late, Verdict.EXPIRED);
    KeyVerdict rival = given.decide(Given.ask("rival").key("k"));
    given.settle(late, Verdict.CONFIRMED);
    assertThat(given.figures("k")).containsExactly(1L, 0L, 1L, 1L, 1L);
    given.settle(rival, Verdict.CONFIRMED);
    assertThat(given.figures("k")).containsExactly(1L, 0L, 0L, 2L, 1L);
  }

  @Test
  @DisplayName("a seat that comes back pays the overdraft and is not granted a second time")
  void paysBack() {
    given.mak("k", 1).here();
    KeyVerdict late = given.decide(Given.ask("late").key("k"));
    given.settle(late, Verdict.EXPIRED);
    KeyVerdict rival = given.decide(Given.ask("rival").key("k"));
    given.settle(late, Verdict.CONFIRMED);

    given.settle(rival, Verdict.FAILED);

    assertThat(given.figures("k")).containsExactly(1L, 0L, 0L, 1L, 0L);
    assertThat(given.decide(Given.ask("third").key("k")).reason()).isEqualTo("MAK_EXHAUSTED");
  }

  @Test
  @DisplayName("of two requests on one seat only the last that ends gives it back")
  void lastOneReleases() {
    given.mak("k", 2).here();
    KeyVerdict first = given.decide(Given.ask("pc").key("k"));
    KeyVerdict second = given.decide(Given.ask("pc").key("k"));
    given.settle(first, Verdict.FAILED);
    assertThat(given.figures("k")).containsExactly(2L, 1L, 1L, 0L, 0L);
    given.settle(second, Verdict.EXPIRED);
    assertThat(given.figures("k")).containsExactly(2L, 2L, 0L, 0L, 0L);
  }

  @Test
  @DisplayName("of two requests on one seat the failure of one leaves the other's success alone")
  void successStays() {
    given.mak("k", 2).here();
    KeyVerdict first = given.decide(Given.ask("pc").key("k"));
    KeyVerdict second = given.decide(Given.ask("pc").key("k"));
    given.settle(first, Verdict.CONFIRMED);
    given.settle(second, Verdict.FAILED);
    assertThat(given.figures("k")).containsExactly(2L, 1L, 0L, 1L, 0L);
  }

  @Test
  @DisplayName("S2-06 a MAK replaced by a KMS setup key does not give its seat back")
  void replacedBySetupKey() {
    given.mak("k", 2).here();
    given.settle(given.decide(Given.ask("pc").key("k")), Verdict.CONFIRMED);
    KeyVerdict setup = given.decide(Given.ask("pc").kms("kms"));
    assertThat(setup.keyKind()).isEqualTo(KeyKind.SETUP);
    List<LedgerEntry> before = given.ledger.entries();

    for (Verdict verdict : Verdict.values()) {
      assertThat(given.settle(setup, verdict)).isFalse();
    }

    assertThat(given.figures("k")).containsExactly(2L, 1L, 0L, 1L, 0L);
    assertThat(given.ledger.entries()).isEqualTo(before);
    assertThat(Catalogue.get().products().setupKeyById(setup.keyId())).isPresent();
  }

  @Test
  @DisplayName("a success without a reservation, as reports find them, costs a seat too")
  void neverReserved() {
    given.mak("k", 1).here();
    given.mak("other", 1).here();
    KeyVerdict stranger = given.decide(Given.ask("pc").key("k"));
    given.settle(stranger, Verdict.REFUSED);
    KeyVerdict unknown = new Given().mak("k", 1).asGranted("nobody");
    given.settle(unknown, Verdict.CONFIRMED);
    assertThat(given.figures("k")).containsExactly(1L, 0L, 0L, 1L, 0L);
    assertThat(given.figures("other")).containsExactly(1L, 1L, 0L, 0L, 0L);
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {"REFUSED", "FAILED", "EXPIRED"})
  @DisplayName("an end without success of a seat nobody ever took changes nothing")
  void nothingToGiveBack(Verdict verdict) {
    given.mak("k", 1).here();
    given.settle(new Given().mak("k", 1).asGranted("nobody"), verdict);
    assertThat(given.figures("k")).containsExactly(1L, 1L, 0L, 0L, 0L);
    assertThat(given.ledger.changedSeats()).isEmpty();
  }
}
