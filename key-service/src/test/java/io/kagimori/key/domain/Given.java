package io.kagimori.key.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.event.ActivationAction;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.ActivationRequestedBuilder;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.contracts.event.ActivationResultBuilder;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.InstallMethod;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyVerdict;
import io.kagimori.contracts.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the rules' tests start from: one ledger, keys and requests with sensible rest. */
public final class Given {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final Duration LEASE = Duration.ofHours(24);
  static final String SERVER = "windows-server-2019";
  static final String STANDARD = "ServerStandard";
  static final String DATACENTER = "ServerDatacenter";

  final KeyLedger ledger = new KeyLedger();
  private final ActivationRule rule = new ActivationRule(Catalogue.get().products(), LEASE);
  private final SettlementRule settlement = new SettlementRule();

  /** A MAK with that many seats. */
  Key mak(String keyId, long seats) {
    return key(keyId, KeyKind.MAK, seats);
  }

  /** A key with that many seats; it is in the ledger once {@link Key#here} was called. */
  Key key(String keyId, KeyKind kind, long seats) {
    return new Key(keyId, kind, seats);
  }

  /** Decides a request at noon. */
  KeyVerdict decide(Ask ask) {
    return decide(ask, NOON);
  }

  KeyVerdict decide(Ask ask, Instant now) {
    return rule.decide(ledger, UUID.randomUUID(), ask.request(), null, now);
  }

  /** Settles what was granted. */
  boolean settle(KeyVerdict granted, Verdict verdict) {
    return settlement.settle(ledger, UUID.randomUUID(), result(granted, verdict), NOON);
  }

  /** What activation-service says in the end of what was granted, at noon. */
  public static ActivationResult result(KeyVerdict granted, Verdict verdict) {
    return ActivationResultBuilder.builder()
        .requestId(granted.requestId())
        .deviceId(granted.deviceId())
        .product(granted.request().product())
        .edition(granted.request().edition())
        .channel(granted.request().channel())
        .verdict(verdict)
        .keyId(granted.keyId())
        .partialKey(granted.partialKey())
        .installationId(granted.request().installationId())
        .activationId(granted.request().activationId())
        .decidedAt(NOON)
        .build();
  }

  /** purchased, available, reserved, consumed, overdrawn. */
  List<Long> figures(String keyId) {
    Pool pool = ledger.pool(keyId);
    return List.of(
        pool.purchased(), pool.available(), pool.reserved(), pool.consumed(), pool.overdrawn());
  }

  /** A key under construction. */
  final class Key {
    private final String keyId;
    private final KeyKind kind;
    private final long seats;
    private String partialKey;
    private List<KeyProduct> products = List.of(new KeyProduct(SERVER, List.of(STANDARD)));
    private String site;
    private Instant expiresAt;
    private boolean blocked;

    private Key(String keyId, KeyKind kind, long seats) {
      this.keyId = keyId;
      this.kind = kind;
      this.seats = seats;
      this.partialKey = "QQQQQ";
    }

    Key partialKey(String text) {
      partialKey = text;
      return this;
    }

    Key covers(String product, String... editions) {
      products = List.of(new KeyProduct(product, List.of(editions)));
      return this;
    }

    /** For one add-on license only; {@link #covers} comes before. */
    Key addOn(String skuId) {
      products =
          products.stream()
              .map(p -> new KeyProduct(p.product(), p.editions(), List.of(skuId)))
              .toList();
      return this;
    }

    Key site(String label) {
      site = label;
      return this;
    }

    Key expiresAt(Instant end) {
      expiresAt = end;
      return this;
    }

    Key blocked() {
      blocked = true;
      return this;
    }

    /** What this ledger grants a device on the key. */
    KeyVerdict asGranted(String device) {
      here();
      return decide(ask(device).key(keyId));
    }

    /** Puts the key into the ledger, as registered before. */
    RegisteredKey here() {
      RegisteredKey key =
          new RegisteredKey(
              keyId,
              kind,
              "fingerprint of " + keyId,
              partialKey,
              products,
              null,
              site,
              expiresAt,
              blocked,
              new LowPool(null, null));
      ledger.loaded(key, new Pool(seats, seats, 0, 0, 0), 0);
      return key;
    }
  }

  /** A MAK request of a device for Windows Server 2019 Standard, unless told otherwise. */
  static Ask ask(String device) {
    return new Ask(device);
  }

  /** A request under construction. */
  static final class Ask {
    private final String device;
    private String product = SERVER;
    private String edition = STANDARD;
    private Channel channel = Channel.MAK;
    private String keyId;
    private String partialKey;
    private String site;
    private String installationId;
    private ActivationRequested.Kms kms;
    private String activationId;
    private ActivationAction action;
    private InstallMethod installMethod;
    private String mediaSource;
    private ImageKind imageKind;

    private Ask(String device) {
      this.device = device;
    }

    Ask product(String slug, String editionId) {
      product = slug;
      edition = editionId;
      return this;
    }

    Ask edition(String editionId) {
      edition = editionId;
      return this;
    }

    Ask key(String id) {
      keyId = id;
      return this;
    }

    Ask partialKey(String text) {
      partialKey = text;
      return this;
    }

    Ask site(String label) {
      site = label;
      return this;
    }

    Ask installation(String id) {
      installationId = id;
      return this;
    }

    /** Asks by KMS at that host. */
    Ask kms(String host) {
      channel = Channel.KMS;
      kms = new ActivationRequested.Kms(host, null, "cmid-" + device);
      return this;
    }

    /** A KMS host that activates itself. */
    Ask asHost() {
      return kms(device + ":1688");
    }

    Ask addOn(String skuId) {
      activationId = skuId;
      return this;
    }

    Ask action(ActivationAction wanted) {
      action = wanted;
      return this;
    }

    Ask installedBy(InstallMethod method) {
      installMethod = method;
      return this;
    }

    Ask media(String source) {
      mediaSource = source;
      return this;
    }

    Ask image(ImageKind kind) {
      imageKind = kind;
      return this;
    }

    ActivationRequested request() {
      return ActivationRequestedBuilder.builder()
          .deviceId(device)
          .product(product)
          .edition(edition)
          .channel(channel)
          .keyId(keyId)
          .partialKey(partialKey)
          .site(site)
          .installationId(installationId)
          .kms(kms)
          .activationId(activationId)
          .action(action)
          .installMethod(installMethod)
          .mediaSource(mediaSource)
          .imageKind(imageKind)
          .build();
    }
  }
}
