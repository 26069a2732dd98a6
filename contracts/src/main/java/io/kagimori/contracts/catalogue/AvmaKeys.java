package io.kagimori.contracts.catalogue;

import io.kagimori.contracts.ProductKey;
import io.kagimori.contracts.catalogue.DataFile.Row;
import java.util.List;
import java.util.Optional;

/** Published keys of automatic virtual machine activation (avma_keys.csv). */
public final class AvmaKeys {
  private final List<AvmaKey> keys;

  private AvmaKeys(List<AvmaKey> keys) {
    this.keys = keys;
  }

  static AvmaKeys load() {
    List<String> columns =
        List.of("guest_product", "guest_edition", "avma_key", "host_requirement", "source");
    return new AvmaKeys(DataFile.read("domain/avma_keys.csv", columns, AvmaKeys::row));
  }

  private static AvmaKey row(Row row) {
    Optional<ProductKey> key = ProductKey.parse(row.text("avma_key"));
    return new AvmaKey(
        row.text("guest_product"),
        row.text("guest_edition"),
        key.orElseThrow(() -> row.wrong("avma_key", "is not a product key")),
        row.text("host_requirement"),
        row.text("source"));
  }

  /** Every row, in file order. */
  public List<AvmaKey> all() {
    return keys;
  }

  /** The rows whose key ends in these five characters; several guests may share one key. */
  public List<AvmaKey> byPartial(String partialKey) {
    return keys.stream()
        .filter(k -> k.key().partialKey().equalsIgnoreCase(partialKey.strip()))
        .toList();
  }
}
