package io.kagimori.contracts.catalogue;

import io.kagimori.contracts.catalogue.DataFile.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Ways between editions (edition_paths.csv). */
public final class EditionPaths {
  private static final String RULE_PRODUCT = "all releases";
  private static final String VERSION_UPGRADE = "version upgrade";

  private final List<EditionPath> rows;

  private EditionPaths(List<EditionPath> rows) {
    this.rows = rows;
  }

  static EditionPaths load() {
    List<String> columns =
        List.of(
            "product",
            "from_edition",
            "to_edition",
            "method",
            "reboot",
            "supported",
            "notes",
            "confidence",
            "source");
    return new EditionPaths(DataFile.read("domain/edition_paths.csv", columns, EditionPaths::row));
  }

  private static EditionPath row(Row row) {
    String product = row.text("product");
    List<String> products =
        product.equals(RULE_PRODUCT) || product.equals(VERSION_UPGRADE)
            ? List.of()
            : Stream.of(product.split(" / ")).map(Product::slugOf).toList();
    return new EditionPath(
        product,
        products,
        row.text("from_edition"),
        row.optional("to_edition"),
        row.text("method"),
        row.optional("reboot").map("yes"::equals),
        row.optionalConstant("supported", EditionPath.Support.class),
        row.optional("notes"),
        row.constant("confidence", Confidence.class),
        row.text("source"));
  }

  /** Every row, in file order. */
  public List<EditionPath> all() {
    return rows;
  }

  /** The rules that hold for all products. */
  public List<EditionPath> rules() {
    return rows.stream().filter(EditionPath::isRule).toList();
  }

  /** In-place upgrades from one version to the next, which are no edition changes. */
  public List<EditionPath> versionUpgrades() {
    return rows.stream().filter(p -> p.product().equals(VERSION_UPGRADE)).toList();
  }

  /** Every way of a product, open or closed. */
  public List<EditionPath> of(String slug) {
    return rows.stream().filter(p -> p.products().contains(slug)).toList();
  }

  /** The ways that start at an edition of a product, open or closed. */
  public List<EditionPath> from(String slug, String edition) {
    return of(slug).stream()
        .filter(p -> p.fromEdition().filter(edition::equalsIgnoreCase).isPresent())
        .toList();
  }

  /** The way between two editions of a product, open or closed; absent where no row names both. */
  public Optional<EditionPath> find(String slug, String from, String to) {
    return of(slug).stream().filter(p -> p.leads(from, to)).findFirst();
  }
}
