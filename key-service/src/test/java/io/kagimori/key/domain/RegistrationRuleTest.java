package io.kagimori.key.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.event.AgreementProgram;
import io.kagimori.contracts.event.AgreementRegistrationRequested;
import io.kagimori.contracts.event.KeyBlockRequested;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyRegistrationRequested;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RegistrationRuleTest {
  private final Given given = new Given();
  private final RegistrationBatch batch = new RegistrationBatch(given.ledger);
  private final RegistrationRule rule = new RegistrationRule(Catalogue.get().products());

  /** A key to register: a MAK of ten for Windows Server 2019 Standard, unless told otherwise. */
  private record NewKey(
      String keyId,
      KeyKind kind,
      String fingerprint,
      KeyProduct product,
      String agreementId,
      long purchased) {
    static NewKey of(String keyId) {
      return new NewKey(
          keyId,
          KeyKind.MAK,
          "fingerprint of " + keyId,
          new KeyProduct(Given.SERVER, List.of(Given.STANDARD)),
          null,
          10);
    }

    NewKey purchased(long seats) {
      return new NewKey(keyId, kind, fingerprint, product, agreementId, seats);
    }

    NewKey product(String slug, String... editions) {
      KeyProduct other = new KeyProduct(slug, List.of(editions));
      return new NewKey(keyId, kind, fingerprint, other, agreementId, purchased);
    }

    NewKey kind(KeyKind other) {
      return new NewKey(keyId, other, fingerprint, product, agreementId, purchased);
    }

    NewKey fingerprint(String other) {
      return new NewKey(keyId, kind, other, product, agreementId, purchased);
    }

    NewKey agreement(String id) {
      return new NewKey(keyId, kind, fingerprint, product, id, purchased);
    }

    KeyRegistrationRequested request() {
      return new KeyRegistrationRequested(
          keyId,
          kind,
          fingerprint,
          "BBBBB",
          List.of(product),
          agreementId,
          purchased,
          null,
          null,
          10,
          null);
    }
  }

  private Optional<Refusal> register(NewKey key) {
    return rule.register(batch, UUID.randomUUID(), key.request(), Given.NOON);
  }

  private void refused(NewKey key, String reason, String field, Object value) {
    List<LedgerEntry> before = given.ledger.entries();
    Optional<Refusal> refusal = register(key);
    assertThat(refusal).map(Refusal::reason).contains(reason);
    assertThat(refusal.orElseThrow().detail())
        .containsOnly(entry("field", field), entry("value", value));
    assertThat(given.ledger.entries())
        .as("a refusal leaves everything as it was")
        .isEqualTo(before);
  }

  private void agreement(String id, List<String> portalKeys) {
    rule.register(
        batch,
        new AgreementRegistrationRequested(id, AgreementProgram.EA, null, null, null, portalKeys),
        Given.NOON);
  }

  @Test
  @DisplayName("a registered key has its seats and an entry that names the event")
  void registered() {
    UUID cause = UUID.randomUUID();
    assertThat(rule.register(batch, cause, NewKey.of("k").request(), Given.NOON)).isEmpty();
    assertThat(given.figures("k")).containsExactly(10L, 10L, 0L, 0L, 0L);
    assertThat(given.ledger.entries())
        .containsExactly(
            new LedgerEntry("k", cause, Account.PURCHASED, Account.AVAILABLE, 10, Given.NOON));
    assertThat(given.ledger.key("k")).map(RegisteredKey::lowPool).contains(new LowPool(10, null));
  }

  @Test
  @DisplayName("products and editions must be in the catalogue; all editions is a star")
  void catalogue() {
    refused(
        NewKey.of("k").product("windows-99", "*"),
        "UNKNOWN_PRODUCT",
        "products.product",
        "windows-99");
    refused(
        NewKey.of("k").product(Given.SERVER, Given.STANDARD, "Fancy"),
        "UNKNOWN_EDITION",
        "products.editions",
        "Fancy");
    assertThat(given.ledger.key("k")).isEmpty();
    assertThat(register(NewKey.of("k").product(Given.SERVER, "*"))).isEmpty();
  }

  @Test
  @DisplayName("a published setup key needs no registration")
  void setupKey() {
    refused(NewKey.of("k").kind(KeyKind.SETUP), "SETUP_KEY_PUBLISHED", "kind", "BBBBB");
  }

  @Test
  @DisplayName("an id names one key forever, and a key has one id")
  void oneIdOneKey() {
    register(NewKey.of("k"));
    refused(NewKey.of("k").fingerprint("another"), "KEY_ID_TAKEN", "keyId", "k");
    refused(
        NewKey.of("k2").fingerprint("fingerprint of k"),
        "KEY_ALREADY_REGISTERED",
        "productKey",
        "k");
    assertThat(given.ledger.key("k2")).isEmpty();
  }

  @Test
  @DisplayName("a key stays of its kind")
  void kindStays() {
    register(NewKey.of("k"));
    refused(NewKey.of("k").kind(KeyKind.RETAIL), "KEY_KIND_FIXED", "kind", "MAK");
    assertThat(given.ledger.key("k")).map(RegisteredKey::kind).contains(KeyKind.MAK);
  }

  @Test
  @DisplayName("an agreement nobody registered is unknown")
  void agreementUnknown() {
    refused(NewKey.of("k").agreement("a"), "AGREEMENT_UNKNOWN", "agreementId", "a");
    agreement("a", null);
    assertThat(register(NewKey.of("k").agreement("a"))).isEmpty();
  }

  @Test
  @DisplayName("S1-37 a key that the agreement's portal list does not have is refused")
  void portalList() {
    agreement("a", List.of("CCCCC"));
    refused(NewKey.of("k").agreement("a"), "KEY_NOT_IN_AGREEMENT", "agreementId", "BBBBB");
    agreement("empty", List.of());
    refused(NewKey.of("k").agreement("empty"), "KEY_NOT_IN_AGREEMENT", "agreementId", "BBBBB");
    agreement("a", List.of("CCCCC", "bbbbb"));
    assertThat(register(NewKey.of("k").agreement("a"))).isEmpty();
  }

  @Test
  @DisplayName("seats bought later pay back what was overdrawn before they are available")
  void topUp() {
    overdraw();
    assertThat(given.figures("k")).containsExactly(1L, 0L, 1L, 1L, 1L);
    register(NewKey.of("k").purchased(2));
    assertThat(given.figures("k")).containsExactly(2L, 0L, 1L, 1L, 0L);
    register(NewKey.of("k").purchased(5));
    assertThat(given.figures("k")).containsExactly(5L, 3L, 1L, 1L, 0L);
  }

  @Test
  @DisplayName("a purchase larger than the overdraft leaves the rest available")
  void largeTopUp() {
    overdraw();
    register(NewKey.of("k").purchased(100));
    assertThat(given.figures("k")).containsExactly(100L, 98L, 1L, 1L, 0L);
  }

  private void overdraw() {
    register(NewKey.of("k").purchased(1));
    KeyVerdict late = given.decide(Given.ask("late").key("k"));
    given.settle(late, Verdict.EXPIRED);
    given.decide(Given.ask("rival").key("k"));
    given.settle(late, Verdict.CONFIRMED);
  }

  @Test
  @DisplayName("seats may be returned down to those in use, and not below")
  void decrease() {
    register(NewKey.of("k"));
    given.settle(given.decide(Given.ask("one").key("k")), Verdict.CONFIRMED);
    given.decide(Given.ask("two").key("k"));
    refused(NewKey.of("k").purchased(1), "PURCHASED_BELOW_USE", "purchased", 2L);
    assertThat(register(NewKey.of("k").purchased(2))).isEmpty();
    assertThat(given.figures("k")).containsExactly(2L, 0L, 1L, 1L, 0L);
  }

  @Test
  @DisplayName("registering again changes what is known and leaves the pool and a block alone")
  void again() {
    register(NewKey.of("k"));
    given.decide(Given.ask("one").key("k"));
    block(true);
    register(NewKey.of("k").product(Given.SERVER, Given.DATACENTER));
    assertThat(given.figures("k")).containsExactly(10L, 9L, 1L, 0L, 0L);
    RegisteredKey key = given.ledger.key("k").orElseThrow();
    assertThat(key.blocked()).isTrue();
    assertThat(key.covers(Given.SERVER, Given.DATACENTER)).isTrue();
    assertThat(key.covers(Given.SERVER, Given.STANDARD)).isFalse();
  }

  @Test
  @DisplayName("a key is blocked and unblocked; one that nobody registered is unknown")
  void blocking() {
    assertThat(block(true)).map(Refusal::detail).contains(Map.of("field", "keyId", "value", "k"));
    assertThat(block(true)).map(Refusal::reason).contains("KEY_UNKNOWN");
    register(NewKey.of("k"));
    assertThat(block(true)).isEmpty();
    assertThat(given.decide(Given.ask("pc").key("k")).reason()).isEqualTo("KEY_BLOCKED");
    assertThat(block(false)).isEmpty();
    assertThat(given.decide(Given.ask("pc").key("k")).reason()).isNull();
  }

  private Optional<Refusal> block(boolean blocked) {
    return rule.block(batch, new KeyBlockRequested("k", blocked, null), Given.NOON);
  }
}
