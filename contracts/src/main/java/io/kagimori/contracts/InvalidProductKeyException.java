package io.kagimori.contracts;

import java.util.stream.Collectors;

/** A text that was to hold a product key does not; says what was found and nothing of the key. */
public final class InvalidProductKeyException extends IllegalArgumentException {
  private final transient ProductKeyCheck check;

  InvalidProductKeyException(ProductKeyCheck check) {
    super(
        "not a product key: "
            + check.findings().stream()
                .filter(f -> f.severity() == ProductKeyCheck.Severity.ERROR)
                .map(ProductKeyCheck.Finding::code)
                .distinct()
                .collect(Collectors.joining(", ")));
    this.check = check;
  }

  /** What was found. */
  public ProductKeyCheck check() {
    return check;
  }
}
