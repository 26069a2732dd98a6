package io.kagimori.agent.simulation;

import io.kagimori.agent.simulation.FleetPlan.Ask;
import io.kagimori.agent.simulation.FleetPlan.Host;
import io.kagimori.agent.simulation.FleetPlan.PoolKey;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.Product;
import io.kagimori.contracts.catalogue.SetupKey;
import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.Channel;
import io.kagimori.contracts.event.KeyKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The refusals of the design's table that hang on neither seats nor counts, in its order. */
final class Refusals {
  /** What Windows would print, by reason. Source: the design's table of refusals. */
  static final Map<String, String> CODES =
      Map.ofEntries(
          Map.entry("UNKNOWN_PRODUCT", "0xC004F069"),
          Map.entry("UNKNOWN_EDITION", "0xC004F069"),
          Map.entry("KEY_UNKNOWN", "0xC004F050"),
          Map.entry("KEY_EXPIRED", "0xC004F050"),
          Map.entry("KEY_BLOCKED", "0xC004C003"),
          Map.entry("KEY_MODEL_MISMATCH", "0xC004F050"),
          Map.entry("EDITION_MISMATCH", "0xC004F050"),
          Map.entry("KEY_IN_USE", "0xC004C008"),
          Map.entry("MAK_EXHAUSTED", "0xC004C020"),
          Map.entry("NO_KEY", "0xC004F014"),
          Map.entry("CLOCK_SKEW", "0xC004F06C"),
          Map.entry("HOST_NOT_ACTIVATED", "0xC004F041"),
          Map.entry("BELOW_THRESHOLD", "0xC004F038"));

  private static final Duration CLOCK_TOLERANCE = Duration.ofHours(4);

  private final List<PoolKey> keys;
  private final Map<String, Host> hosts;
  private final Map<String, String> singleUseHolder = new HashMap<>();

  Refusals(FleetPlan plan) {
    this.keys = plan.keys();
    this.hosts = plan.hosts().stream().collect(Collectors.toMap(Host::host, host -> host));
  }

  static Optional<Product> product(String slug) {
    return Catalogue.get().products().find(slug);
  }

  /** The reason why a request is refused whatever seats and counts say. */
  Optional<String> of(Ask ask) {
    ActivationRequested event = ask.event();
    Optional<Product> product = product(event.product());
    if (product.isEmpty()) {
      return Optional.of("UNKNOWN_PRODUCT");
    }
    if (product.get().edition(event.edition()).isEmpty()) {
      return Optional.of("UNKNOWN_EDITION");
    }
    boolean named = event.keyId() != null || event.partialKey() != null;
    Optional<String> key = named ? ofNamedKey(event) : ofMissingKey(event);
    return key.isPresent() || event.channel() == Channel.MAK ? key : ofHost(ask);
  }

  private Optional<String> ofNamedKey(ActivationRequested event) {
    Optional<PoolKey> named = keys.stream().filter(key -> isNamed(key, event)).findFirst();
    if (named.isEmpty()) {
      return ofSetupKey(event);
    }
    PoolKey key = named.get();
    if (key.expiresAt() != null) {
      return Optional.of("KEY_EXPIRED");
    }
    if (key.blocked()) {
      return Optional.of("KEY_BLOCKED");
    }
    if (event.channel() == Channel.KMS) {
      return Optional.of("KEY_MODEL_MISMATCH");
    }
    if (!covers(key, event)) {
      return Optional.of("EDITION_MISMATCH");
    }
    String holder = singleUseHolder.get(key.keyId());
    return holder != null && !holder.equals(event.deviceId())
        ? Optional.of("KEY_IN_USE")
        : Optional.empty();
  }

  private static Optional<String> ofSetupKey(ActivationRequested event) {
    Optional<SetupKey> setup =
        event.keyId() != null
            ? Catalogue.get().products().setupKeyById(event.keyId())
            : Catalogue.get().products().setupKeyByPartial(event.partialKey());
    if (setup.isEmpty()) {
      return Optional.of("KEY_UNKNOWN");
    }
    return event.channel() == Channel.MAK ? Optional.of("KEY_MODEL_MISMATCH") : Optional.empty();
  }

  private Optional<String> ofMissingKey(ActivationRequested event) {
    boolean found =
        event.channel() == Channel.MAK
            ? !pools(event).isEmpty()
            : Catalogue.get().products().setupKeyFor(event.product(), event.edition()).isPresent();
    return found ? Optional.empty() : Optional.of("NO_KEY");
  }

  private Optional<String> ofHost(Ask ask) {
    if (ask.clockOff().abs().compareTo(CLOCK_TOLERANCE) > 0) {
      return Optional.of("CLOCK_SKEW");
    }
    Host host = hosts.get(ask.event().kms().host());
    return host.activated() ? Optional.empty() : Optional.of("HOST_NOT_ACTIVATED");
  }

  /** The pools out of which a request may be served: the key it names, or those of its site. */
  Set<String> pools(ActivationRequested event) {
    if (event.keyId() != null || event.partialKey() != null) {
      return keys.stream()
          .filter(key -> isNamed(key, event))
          .map(PoolKey::keyId)
          .collect(Collectors.toSet());
    }
    return keys.stream()
        .filter(key -> key.kind() == KeyKind.MAK && !key.blocked() && key.expiresAt() == null)
        .filter(key -> covers(key, event))
        .filter(key -> key.site() == null || key.site().equals(event.site()))
        .map(PoolKey::keyId)
        .collect(Collectors.toSet());
  }

  /** Remembers who has a seat on a key that serves one device. */
  void hold(Set<String> pools, String device) {
    keys.stream()
        .filter(key -> key.kind() == KeyKind.RETAIL && pools.contains(key.keyId()))
        .forEach(key -> singleUseHolder.put(key.keyId(), device));
  }

  private static boolean isNamed(PoolKey key, ActivationRequested event) {
    return event.keyId() != null
        ? key.keyId().equals(event.keyId())
        : key.productKey().partialKey().equals(event.partialKey());
  }

  private static boolean covers(PoolKey key, ActivationRequested event) {
    return key.products().stream().anyMatch(p -> p.covers(event.product(), event.edition()));
  }
}
