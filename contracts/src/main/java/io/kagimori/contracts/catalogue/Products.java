package io.kagimori.contracts.catalogue;

import io.kagimori.contracts.ProductKey;
import io.kagimori.contracts.catalogue.DataFile.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The products, their editions and their published setup keys (products.csv). */
public final class Products {
  /** Last five characters that belong to no published setup key. */
  public static final String UNKNOWN_PARTIAL = "UNKNOWN_PARTIAL";

  private static final String FILE = "domain/products.csv";

  /** Ending of the EditionID of a Server Core installation. */
  private static final String CORE = "Cor";

  private static final String EVALUATION = " evaluation";

  private final List<ProductRow> rows;
  private final Map<String, Product> products;
  private final Map<String, SetupKey> setupKeys;

  private Products(List<ProductRow> rows, EditionPaths paths) {
    this.rows = rows;
    this.products = products(rows, paths);
    this.setupKeys = setupKeys(rows);
  }

  static Products load(EditionPaths paths) {
    List<String> columns =
        List.of(
            "product_family",
            "edition_id",
            "edition_id_confidence",
            "display_name_en",
            "display_name_ja",
            "platform_kind",
            "servicing",
            "os_sku_number",
            "gvlk",
            "key_status",
            "activation_id",
            "mainstream_end",
            "extended_end",
            "notes",
            "source");
    return new Products(DataFile.read(FILE, columns, Products::row), paths);
  }

  private static ProductRow row(Row row) {
    Optional<ProductKey> setupKey = ProductKey.parse(row.text("gvlk"));
    return new ProductRow(
        row.text("product_family"),
        row.optional("edition_id"),
        row.optionalConstant("edition_id_confidence", Confidence.class),
        row.text("display_name_en"),
        row.optional("display_name_ja"),
        row.constant("platform_kind", PlatformKind.class),
        row.text("servicing"),
        row.number("os_sku_number"),
        setupKey.orElseThrow(() -> row.wrong("gvlk", "is not a product key")),
        row.constant("key_status", SetupKey.Status.class),
        row.optional("activation_id"),
        row.date("mainstream_end"),
        row.date("extended_end"),
        row.optional("notes"),
        row.text("source"));
  }

  /** Every row of the file. */
  public List<ProductRow> rows() {
    return rows;
  }

  /** Every product, in file order. */
  public Collection<Product> all() {
    return products.values();
  }

  /** The product with this slug. */
  public Optional<Product> find(String slug) {
    return Optional.ofNullable(products.get(slug));
  }

  /** Whether a setup key or an edition path names this edition of this product. */
  public boolean isKnownEdition(String slug, String edition) {
    return find(slug).flatMap(p -> p.edition(edition)).isPresent();
  }

  /**
   * The EditionID of a system by the name that people and {@code systeminfo} see: {@code Microsoft
   * Windows Server 2019 Standard}. Server Core is not part of that name, and neither is the year of
   * an LTSC release. Absent where the name belongs to no edition or to several.
   */
  public Optional<String> editionNamed(String osName) {
    String name = plainName(osName);
    boolean evaluation = name.endsWith(EVALUATION);
    String full = evaluation ? name.substring(0, name.length() - EVALUATION.length()) : name;
    List<String> editions =
        rows.stream()
            .filter(row -> row.editionConfidence().filter(Confidence.LOW::equals).isEmpty())
            .filter(row -> isNamed(row, full))
            .flatMap(row -> row.editionId().stream())
            .distinct()
            .toList();
    return editions.size() == 1
        ? Optional.of(editions.get(0) + (evaluation ? "Eval" : ""))
        : Optional.empty();
  }

  private static boolean isNamed(ProductRow row, String name) {
    String own = plainName(row.displayNameEn());
    return name.equals(own) || name.equals(own.replaceAll("(?<= lts[bc]) \\d{4}$", ""));
  }

  private static String plainName(String name) {
    return name.replaceAll("[®™]|\\((?:R|TM)\\)", " ")
        .replaceAll("\\s+", " ")
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^microsoft ", "");
  }

  /** Every published setup key, each once, in file order. */
  public Collection<SetupKey> setupKeys() {
    return setupKeys.values();
  }

  /** The setup key with this id. */
  public Optional<SetupKey> setupKeyById(String keyId) {
    return Optional.ofNullable(setupKeys.get(keyId));
  }

  /** The setup key with these last five characters; absent answers {@link #UNKNOWN_PARTIAL}. */
  public Optional<SetupKey> setupKeyByPartial(String partialKey) {
    return setupKeyById(keyId(partialKey.strip()));
  }

  /**
   * The setup key to give this edition today: withdrawn and prerelease keys are never chosen. A
   * Server Core installation uses the key of its full edition.
   */
  public Optional<SetupKey> setupKeyFor(String slug, String edition) {
    Optional<SetupKey> exact = currentKey(slug, edition);
    if (exact.isPresent() || !edition.regionMatches(true, edition.length() - 3, CORE, 0, 3)) {
      return exact;
    }
    return currentKey(slug, edition.substring(0, edition.length() - CORE.length()));
  }

  private Optional<SetupKey> currentKey(String slug, String edition) {
    return setupKeys.values().stream()
        .filter(k -> k.status() == SetupKey.Status.CURRENT && k.covers(slug, edition))
        .findFirst();
  }

  private static Map<String, Product> products(List<ProductRow> rows, EditionPaths paths) {
    Map<String, Map<String, Edition>> editions = new LinkedHashMap<>();
    Map<String, ProductRow> families = new LinkedHashMap<>();
    for (ProductRow row : rows) {
      String slug = Product.slugOf(row.family());
      ProductRow first = families.putIfAbsent(slug, row);
      if (first != null && first.platformKind() != row.platformKind()) {
        throw new CatalogueDataException(FILE, row.family() + " is client and server", null);
      }
      Map<String, Edition> known = editions.computeIfAbsent(slug, s -> new LinkedHashMap<>());
      row.editionId()
          .ifPresent(
              id ->
                  known.putIfAbsent(
                      id.toLowerCase(Locale.ROOT),
                      new Edition(id, Optional.of(row.displayNameEn()), row.displayNameJa())));
    }
    for (EditionPath path : paths.all()) {
      for (String slug : path.products()) {
        Map<String, Edition> known = editions.get(slug);
        for (String id : known == null ? List.<String>of() : path.editionIds()) {
          known.putIfAbsent(
              id.toLowerCase(Locale.ROOT), new Edition(id, Optional.empty(), Optional.empty()));
        }
      }
    }
    Map<String, Product> products = new LinkedHashMap<>();
    families.forEach(
        (slug, row) ->
            products.put(
                slug,
                new Product(
                    slug,
                    row.family(),
                    row.platformKind(),
                    List.copyOf(editions.get(slug).values()))));
    return products;
  }

  private static Map<String, SetupKey> setupKeys(List<ProductRow> rows) {
    Map<String, SetupKey> keys = new LinkedHashMap<>();
    for (ProductRow row : rows) {
      List<SetupKey.Coverage> covers = new ArrayList<>();
      SetupKey known = keys.get(keyId(row.setupKey().partialKey()));
      if (known != null) {
        if (!known.productKey().equals(row.setupKey()) || known.status() != row.keyStatus()) {
          throw new CatalogueDataException(FILE, known.keyId() + " means two keys", null);
        }
        covers.addAll(known.covers());
      }
      String slug = Product.slugOf(row.family());
      covers.add(new SetupKey.Coverage(slug, row.editionId(), row.displayNameEn()));
      String keyId = keyId(row.setupKey().partialKey());
      keys.put(keyId, new SetupKey(keyId, row.setupKey(), row.keyStatus(), covers));
    }
    return keys;
  }

  private static String keyId(String partialKey) {
    return SetupKey.ID_PREFIX + partialKey.toLowerCase(Locale.ROOT);
  }
}
