package io.kagimori.esu.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.PlatformKind;
import io.kagimori.contracts.catalogue.Product;
import java.util.Optional;

/** Whether a product is a client or a server system, where that is known. */
final class SystemKinds {
  private SystemKinds() {}

  static Optional<PlatformKind> of(String product, EsuPlan plan) {
    return plan.of(product).stream()
        .findFirst()
        .map(EsuYear::system)
        .or(() -> Catalogue.get().products().find(product).map(Product::platformKind));
  }
}
