package io.kagimori.esu.domain;

import java.util.List;

/**
 * What is known of the system a device runs. Absent means that nobody said so yet.
 *
 * @param product slug of the product family
 * @param edition EditionID
 * @param version feature version
 * @param build build and revision
 * @param servicePack number of the service pack
 * @param updates installed updates; null when nobody looked
 * @param site free label
 * @param collection free label of a Configuration Manager collection
 */
public record Facts(
    String product,
    String edition,
    String version,
    String build,
    Integer servicePack,
    List<String> updates,
    String site,
    String collection) {

  public static final Facts UNKNOWN = new Facts(null, null, null, null, null, null, null, null);

  public Facts {
    updates = updates == null ? null : updates.stream().map(Facts::kb).distinct().toList();
  }

  /** These facts over older ones: what is said counts, the rest stays. */
  Facts over(Facts older) {
    return new Facts(
        or(product, older.product),
        or(edition, older.edition),
        or(version, older.version),
        or(build, older.build),
        servicePack == null ? older.servicePack : servicePack,
        updates == null ? older.updates : updates,
        or(site, older.site),
        or(collection, older.collection));
  }

  /** The same with what the build number tells besides. */
  Facts completed(EsuPlan plan) {
    return plan.build(build, edition)
        .map(
            told ->
                new Facts(
                    or(product, told.product()),
                    edition,
                    or(version, told.version()),
                    build,
                    servicePack == null ? told.servicePack() : servicePack,
                    updates,
                    site,
                    collection))
        .orElse(this);
  }

  private static String or(String said, String otherwise) {
    return said == null || said.isBlank() ? otherwise : said;
  }

  /** {@code 4577051}, {@code kb4577051} and {@code KB4577051} are one update. */
  static String kb(String text) {
    String plain = text.strip().toUpperCase(java.util.Locale.ROOT);
    return plain.startsWith("KB") ? plain : "KB" + plain;
  }
}
