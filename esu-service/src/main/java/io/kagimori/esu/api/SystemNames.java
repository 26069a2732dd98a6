package io.kagimori.esu.api;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.Product;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The product that Configuration Manager means by the name of an operating system. */
final class SystemNames {
  /** Versions as discovery prints them: {@code Microsoft Windows NT Workstation 6.1}. */
  private static final Map<String, String> VERSIONS =
      Map.of(
          "workstation 6.1", "windows-7",
          "workstation 6.2", "windows-8",
          "workstation 6.3", "windows-8-1",
          "workstation 10.0", "windows-10",
          "server 6.0", "windows-server-2008",
          "server 6.1", "windows-server-2008-r2",
          "server 6.2", "windows-server-2012",
          "server 6.3", "windows-server-2012-r2");

  private SystemNames() {}

  static Optional<String> product(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    Optional<String> byVersion =
        VERSIONS.entrySet().stream()
            .filter(version -> plain.contains(version.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
    // The longest name wins: "Windows Server 2008 R2" over "Windows Server 2008".
    return byVersion.or(
        () ->
            Catalogue.get().products().all().stream()
                .filter(product -> plain.contains(product.name().toLowerCase(Locale.ROOT)))
                .max(Comparator.comparing((Product product) -> product.name().length()))
                .map(Product::slug));
  }
}
