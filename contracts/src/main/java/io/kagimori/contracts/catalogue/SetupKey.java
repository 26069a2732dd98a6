package io.kagimori.contracts.catalogue;

import io.kagimori.contracts.ProductKey;
import java.util.List;
import java.util.Optional;

/**
 * A KMS client setup key that Microsoft publishes for everyone; the one kind of key that may be
 * shown in full.
 *
 * @param keyId {@code setup-key-} and the last five characters in lower case
 * @param productKey the key
 * @param status standing of the key
 * @param covers every product and edition it serves
 */
public record SetupKey(String keyId, ProductKey productKey, Status status, List<Coverage> covers) {
  /** Start of the id of every setup key. */
  public static final String ID_PREFIX = "setup-key-";

  /** Where the vendor lists setup keys. */
  public static final String OFFICIAL_LIST =
      "https://learn.microsoft.com/windows-server/get-started/kms-client-activation-keys";

  public SetupKey {
    covers = List.copyOf(covers);
  }

  /** Standing of a setup key. */
  public enum Status {
    /** In the vendor's present list. */
    CURRENT,
    /** In an older list only. */
    WITHDRAWN,
    /** Of a beta; refused by released builds. */
    PRERELEASE
  }

  /**
   * An edition served by a setup key.
   *
   * @param product slug
   * @param edition EditionID; absent where it is not known
   * @param displayName the name in the vendor's list
   */
  public record Coverage(String product, Optional<String> edition, String displayName) {}

  /** The last five characters. */
  public String partialKey() {
    return productKey.partialKey();
  }

  /** Whether the key serves this edition of this product, edition compared without case. */
  public boolean covers(String product, String edition) {
    return covers.stream()
        .filter(c -> c.product().equals(product))
        .anyMatch(c -> c.edition().filter(e -> e.equalsIgnoreCase(edition)).isPresent());
  }
}
