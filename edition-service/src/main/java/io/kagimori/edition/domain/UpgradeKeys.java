package io.kagimori.edition.domain;

import io.kagimori.contracts.catalogue.Products;
import io.kagimori.contracts.catalogue.SetupKey;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the key with which an edition is changed, and looks at the one for afterwards. Only keys
 * made for the one target edition are good for the change: setup keys, never a MAK.
 */
final class UpgradeKeys {
  private static final String NOT_FOR_THIS_EDITION = "1605";

  private final Products products;

  UpgradeKeys(Products products) {
    this.products = products;
  }

  /**
   * A key, or why there is none.
   *
   * @param keyId the key; null when refused
   */
  record Choice(String keyId, Optional<Refusal> refusal) {
    static Choice of(String keyId) {
      return new Choice(keyId, Optional.empty());
    }

    static Choice refused(Refusal refusal) {
      return new Choice(null, Optional.of(refusal));
    }
  }

  Choice choose(
      EditionUpgradeRequested asked, String to, UpgradeMethod method, KeyBook book, Instant now) {
    Choice choice = forChange(asked, to, method, book, now);
    return choice.refusal().isPresent()
        ? choice
        : forAfterwards(asked, to, book, now).map(Choice::refused).orElse(choice);
  }

  private Choice forChange(
      EditionUpgradeRequested asked, String to, UpgradeMethod method, KeyBook book, Instant now) {
    if (asked.keyId() == null && asked.partialKey() == null) {
      return products
          .setupKeyFor(asked.product(), to)
          .map(key -> Choice.of(key.keyId()))
          .orElseGet(() -> Choice.refused(noSetupKey(asked.product(), to)));
    }
    Optional<SetupKey> setup =
        asked.keyId() == null
            ? products.setupKeyByPartial(asked.partialKey())
            : products.setupKeyById(asked.keyId());
    Optional<KeyState> registered =
        asked.keyId() == null ? book.byPartial(asked.partialKey()) : book.byId(asked.keyId());
    if (setup.isPresent() && serves(setup.get(), asked.product(), to)) {
      return Choice.of(setup.get().keyId());
    }
    if (registered.isPresent()) {
      KeyState key = registered.get();
      if (!KeyBook.isEditionSpecific(key, asked.product(), to)) {
        return Choice.refused(blocked(asked, to, method, key));
      }
      return unusable(key, now)
          .map(reason -> Choice.refused(Refusal.of(reason, Details.of("keyId", key.keyId()))))
          .orElseGet(() -> Choice.of(key.keyId()));
    }
    return Choice.refused(
        setup
            .map(key -> mismatch(key, asked.product(), to))
            .orElseGet(
                () ->
                    Refusal.of(
                        Reasons.KEY_UNKNOWN,
                        new Details()
                            .with("keyId", asked.keyId())
                            .with("partialKey", asked.partialKey())
                            .map())));
  }

  private boolean serves(SetupKey key, String product, String to) {
    return key.status() == SetupKey.Status.CURRENT
        && (key.covers(product, to)
            || products
                .setupKeyFor(product, to)
                .filter(right -> right.keyId().equals(key.keyId()))
                .isPresent());
  }

  private static Refusal noSetupKey(String product, String to) {
    return new Refusal(
        Reasons.NO_SETUP_KEY,
        null,
        new Details()
            .with("product", product)
            .with("edition", to)
            .with("list", SetupKey.OFFICIAL_LIST)
            .map(),
        List.of());
  }

  private Refusal mismatch(SetupKey key, String product, String to) {
    List<Map<String, String>> covered =
        key.covers().stream()
            .map(c -> Map.of("product", c.product(), "edition", c.edition().orElse("*")))
            .toList();
    return Refusal.of(
        Reasons.SETUP_KEY_EDITION_MISMATCH,
        new Details()
            .with("requested", Map.of("product", product, "edition", to))
            .with("covered", covered)
            .with("status", key.status().name())
            .with("setupKeyId", products.setupKeyFor(product, to).map(SetupKey::keyId).orElse(null))
            .map());
  }

  /** Says beforehand what DISM would say, with the plan that works instead. */
  private Refusal blocked(
      EditionUpgradeRequested asked, String to, UpgradeMethod method, KeyState key) {
    Optional<SetupKey> right = products.setupKeyFor(asked.product(), to);
    Details plan =
        new Details()
            .with("toEdition", to)
            .with("keyId", right.map(SetupKey::keyId).orElse(null))
            .with("activationKeyId", key.kind() == KeyKind.MAK ? key.keyId() : null);
    return new Refusal(
        Reasons.BLOCKED_KEY_TYPE,
        NOT_FOR_THIS_EDITION,
        new Details()
            .with("keyId", key.keyId())
            .with("partialKey", key.partialKey())
            .with("keyKind", key.kind().name())
            .with("why", "edition-specific key needed")
            .with("plan", plan.map())
            .map(),
        right
            .map(k -> Runbook.upgrade(method, asked.product(), to, k.keyId(), true))
            .orElse(List.of()));
  }

  private static Optional<Refusal> forAfterwards(
      EditionUpgradeRequested asked, String to, KeyBook book, Instant now) {
    if (asked.activationKeyId() == null || asked.kms() != null) {
      return Optional.empty();
    }
    Map<String, Object> named = Details.of("activationKeyId", asked.activationKeyId());
    Optional<KeyState> found = book.byId(asked.activationKeyId());
    if (found.isEmpty()) {
      return Optional.of(Refusal.of(Reasons.KEY_UNKNOWN, named));
    }
    KeyState key = found.get();
    Optional<String> unusable = unusable(key, now);
    if (unusable.isPresent()) {
      return unusable.map(reason -> Refusal.of(reason, named));
    }
    if (key.kind() == KeyKind.CSVLK || key.kind() == KeyKind.ESU_MAK) {
      return Optional.of(
          Refusal.of(
              Reasons.KEY_MODEL_MISMATCH,
              new Details()
                  .with("activationKeyId", key.keyId())
                  .with("keyKind", key.kind().name())
                  .map()));
    }
    return KeyBook.covers(key, asked.product(), to)
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                Reasons.EDITION_MISMATCH,
                new Details()
                    .with("activationKeyId", key.keyId())
                    .with("requested", Map.of("product", asked.product(), "edition", to))
                    .map()));
  }

  private static Optional<String> unusable(KeyState key, Instant now) {
    if (KeyBook.expired(key, now)) {
      return Optional.of(Reasons.KEY_EXPIRED);
    }
    return key.blocked() ? Optional.of(Reasons.KEY_BLOCKED) : Optional.empty();
  }
}
