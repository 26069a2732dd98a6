package io.kagimori.key.domain;

import io.kagimori.contracts.catalogue.Products;
import io.kagimori.contracts.catalogue.SetupKey;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the key for a request: guard clauses in the order of the design's table, the first match
 * refuses. Pure.
 */
final class KeySelection {
  /** Hosts one KMS host key may activate. Source: kms_rules.csv, host-01. */
  static final int HOSTS_PER_HOST_KEY = 6;

  /** Activations each of those hosts may spend. Source: kms_rules.csv, host-01. */
  static final int ACTIVATIONS_PER_HOST = 10;

  private final Products products;
  private final KeyLedger ledger;
  private final ActivationRequested request;
  private final Instant now;

  KeySelection(Products products, KeyLedger ledger, ActivationRequested request, Instant now) {
    this.products = products;
    this.ledger = ledger;
    this.request = request;
    this.now = now;
  }

  /** The seat that this request asks for on a key. */
  static Seat.Id seat(ActivationRequested request, RegisteredKey key) {
    return key.seat(request.deviceId(), request.installationId());
  }

  KeyChoice choose() {
    if (products.find(request.product()).isEmpty()) {
      return unknown("UNKNOWN_PRODUCT", "product", request.product());
    }
    if (!products.isKnownEdition(request.product(), request.edition())) {
      return unknown("UNKNOWN_EDITION", "edition", request.edition());
    }
    if (request.keyId() == null && request.partialKey() == null) {
      return request.channel() == Channel.KMS ? setupKeyForEdition() : bestPool();
    }
    Optional<SetupKey> published = publishedKey();
    List<RegisteredKey> registered = registeredKeys();
    if (registered.isEmpty() && published.isEmpty()) {
      return KeyChoice.refused("KEY_UNKNOWN", Refusal.INVALID_PRODUCT_KEY);
    }
    return firstThatServes(
        Stream.concat(
            registered.stream().map(this::checked), published.stream().map(this::checked)));
  }

  private static KeyChoice unknown(String reason, String field, String value) {
    return new KeyChoice.Refused(
        new Refusal(reason, Refusal.MISMATCHED_PRODUCT, Map.of(field, value)));
  }

  private KeyChoice setupKeyForEdition() {
    return products
        .setupKeyFor(request.product(), request.edition())
        .<KeyChoice>map(KeyChoice.Setup::new)
        .orElseGet(() -> KeyChoice.refused("NO_KEY", Refusal.KEY_NOT_INSTALLED));
  }

  private KeyChoice bestPool() {
    KeyKind kind = request.activationId() == null ? KeyKind.MAK : KeyKind.ESU_MAK;
    List<RegisteredKey> pools = pools(kind);
    if (pools.isEmpty()) {
      return KeyChoice.refused("NO_KEY", Refusal.KEY_NOT_INSTALLED);
    }
    // A seat the device already holds costs nothing, wherever it is.
    return pools.stream()
        .filter(this::held)
        .findFirst()
        .or(() -> pools.stream().filter(this::hasSeat).findFirst())
        .<KeyChoice>map(KeyChoice.Registered::new)
        .orElseGet(() -> exhausted(pools.get(0)));
  }

  /** Pools that would serve; each year of an add-on has keys of its own. */
  private List<RegisteredKey> pools(KeyKind kind) {
    return ledger.pools(kind, request.product(), request.edition(), request.site(), now).stream()
        .filter(this::covers)
        .toList();
  }

  private boolean covers(RegisteredKey key) {
    return key.covers(request.product(), request.edition(), request.activationId());
  }

  private Optional<SetupKey> publishedKey() {
    return request.keyId() == null
        ? products.setupKeyByPartial(request.partialKey())
        : products.setupKeyById(request.keyId());
  }

  private List<RegisteredKey> registeredKeys() {
    return ledger
        .keys()
        .filter(
            key ->
                request.keyId() == null
                    ? key.partialKey().equalsIgnoreCase(request.partialKey().strip())
                    : key.keyId().equals(request.keyId()))
        .toList();
  }

  /**
   * Several keys, a published one among them, may share their last five characters; the first
   * refusal stands if none serves.
   */
  private static KeyChoice firstThatServes(Stream<KeyChoice> choices) {
    List<KeyChoice> all = choices.toList();
    return all.stream()
        .filter(choice -> !(choice instanceof KeyChoice.Refused))
        .findFirst()
        .orElse(all.get(0));
  }

  private KeyChoice checked(SetupKey key) {
    if (request.channel() != Channel.KMS) {
      return modelMismatch(KeyKind.SETUP);
    }
    boolean serves =
        key.covers(request.product(), request.edition())
            || products
                .setupKeyFor(request.product(), request.edition())
                .filter(k -> k.keyId().equals(key.keyId()))
                .isPresent();
    return serves
        ? new KeyChoice.Setup(key)
        : editionMismatch(
            key.covers().stream()
                .map(c -> Map.of("product", c.product(), "edition", c.edition().orElse("*")))
                .toList());
  }

  private KeyChoice checked(RegisteredKey key) {
    if (key.expiredAt(now)) {
      return new KeyChoice.Refused(
          new Refusal(
              "KEY_EXPIRED",
              Refusal.INVALID_PRODUCT_KEY,
              Map.of("expiresAt", key.expiresAt().toString())));
    }
    if (key.blocked()) {
      return KeyChoice.refused("KEY_BLOCKED", Refusal.KEY_BLOCKED);
    }
    if (!fitsModel(key.kind())) {
      return modelMismatch(key.kind());
    }
    if (key.kind() != KeyKind.CSVLK && !covers(key)) {
      return editionMismatch(key.products().stream().map(KeySelection::coverage).toList());
    }
    if (request.imageKind() == ImageKind.VOLUME && key.kind() == KeyKind.OEM) {
      return imageMismatch(key);
    }
    if (key.singleUse()) {
      Optional<String> holder = otherHolder(key);
      if (holder.isPresent()) {
        return new KeyChoice.Refused(
            new Refusal(
                "KEY_IN_USE", Refusal.MAXIMUM_UNLOCK_EXCEEDED, Map.of("deviceId", holder.get())));
      }
    }
    if (key.kind() == KeyKind.CSVLK) {
      return hostKey(key);
    }
    return held(key) || hasSeat(key) ? new KeyChoice.Registered(key) : exhausted(key);
  }

  /** A MAK is no KMS key, a setup key no MAK; a host key belongs on its own host only. */
  private boolean fitsModel(KeyKind kind) {
    return switch (kind) {
      case MAK -> request.channel() == Channel.MAK && request.activationId() == null;
      case ESU_MAK -> request.channel() == Channel.MAK && request.activationId() != null;
      case RETAIL, OEM -> request.channel() == Channel.MAK;
      case CSVLK -> request.kms() != null && activatesItself(request.kms().host());
      case SETUP -> request.channel() == Channel.KMS;
    };
  }

  private boolean activatesItself(String host) {
    int port = host.lastIndexOf(':');
    String name = port > 0 && host.indexOf(':') == port ? host.substring(0, port) : host;
    return name.equalsIgnoreCase(request.deviceId());
  }

  private KeyChoice hostKey(RegisteredKey key) {
    List<String> hosts = ledger.holders(key.keyId());
    Optional<Seat> mine = ledger.seat(seat(request, key)).filter(Seat::held);
    boolean hostsFull = mine.isEmpty() && hosts.size() >= HOSTS_PER_HOST_KEY;
    boolean spent = mine.filter(s -> s.activations() >= ACTIVATIONS_PER_HOST).isPresent();
    if (!hostsFull && !spent) {
      return mine.isPresent() || hasSeat(key) ? new KeyChoice.Registered(key) : exhausted(key);
    }
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("hosts", hosts);
    detail.put("hostsMax", HOSTS_PER_HOST_KEY);
    detail.put("activationsMax", ACTIVATIONS_PER_HOST);
    return new KeyChoice.Refused(
        new Refusal("HOST_KEY_LIMIT", Refusal.MAXIMUM_UNLOCK_EXCEEDED, detail));
  }

  private Optional<String> otherHolder(RegisteredKey key) {
    return ledger.holders(key.keyId()).stream()
        .filter(device -> !device.equals(request.deviceId()))
        .findFirst();
  }

  private boolean held(RegisteredKey key) {
    return ledger.seat(seat(request, key)).filter(Seat::held).isPresent();
  }

  private boolean hasSeat(RegisteredKey key) {
    return ledger.pool(key.keyId()).available() > 0;
  }

  private KeyChoice modelMismatch(KeyKind kind) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("keyKind", kind.name());
    detail.put("channel", request.channel().name());
    siteModel().ifPresent(model -> detail.put("siteModel", model));
    return new KeyChoice.Refused(
        new Refusal("KEY_MODEL_MISMATCH", Refusal.INVALID_PRODUCT_KEY, detail));
  }

  /**
   * What the site's own keys for the product say of the model it is run by. Keys of other products
   * are here or not, depending on the neighbours in the batch, and must not change the answer.
   */
  private Optional<String> siteModel() {
    if (request.site() == null) {
      return Optional.empty();
    }
    List<KeyKind> kinds =
        ledger
            .keys()
            .filter(key -> request.site().equals(key.site()))
            .filter(key -> key.isFor(request.product()))
            .map(RegisteredKey::kind)
            .distinct()
            .toList();
    if (kinds.contains(KeyKind.MAK)) {
      return Optional.of(kinds.contains(KeyKind.CSVLK) ? "MAK and KMS" : "MAK");
    }
    return kinds.contains(KeyKind.CSVLK) ? Optional.of("KMS") : Optional.empty();
  }

  private KeyChoice editionMismatch(List<Map<String, String>> covered) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("requested", Map.of("product", request.product(), "edition", request.edition()));
    detail.put("covered", covered);
    return new KeyChoice.Refused(
        new Refusal("EDITION_MISMATCH", Refusal.INVALID_PRODUCT_KEY, detail));
  }

  private KeyChoice imageMismatch(RegisteredKey key) {
    return new KeyChoice.Refused(
        new Refusal(
            "KEY_IMAGE_MISMATCH",
            Refusal.INVALID_PRODUCT_KEY,
            Map.of("imageKind", request.imageKind().name(), "keyKind", key.kind().name())));
  }

  private static Map<String, String> coverage(KeyProduct product) {
    Map<String, String> coverage = new LinkedHashMap<>();
    coverage.put("product", product.product());
    coverage.put("edition", String.join(", ", product.editions()));
    if (product.activationIds() != null) {
      coverage.put("activationId", String.join(", ", product.activationIds()));
    }
    return coverage;
  }

  private KeyChoice exhausted(RegisteredKey key) {
    Pool pool = ledger.pool(key.keyId());
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("purchased", pool.purchased());
    detail.put("reserved", pool.reserved());
    detail.put("consumed", pool.consumed());
    detail.put(
        "otherPools",
        pools(key.kind()).stream()
            .filter(other -> !other.keyId().equals(key.keyId()) && hasSeat(other))
            .map(RegisteredKey::keyId)
            .toList());
    detail.put("retry", false);
    return new KeyChoice.Refused(new Refusal("MAK_EXHAUSTED", Refusal.MAK_LIMIT_EXCEEDED, detail));
  }
}
