package io.kagimori.esu.domain;

import java.util.List;
import java.util.Locale;

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

  /** What stays true of the machine when its system is installed anew. */
  Facts ofMachine() {
    return new Facts(product, edition, null, null, null, null, site, collection);
  }

  /** The same system with the labels of other facts. */
  Facts labelledLike(Facts other) {
    return new Facts(
        product, edition, version, build, servicePack, updates, other.site, other.collection);
  }

  /**
   * These facts over older ones, with what the build number tells besides. A build that is said now
   * counts more than an older word on the system it belongs to: systems are upgraded.
   */
  Facts over(Facts older, EsuPlan plan) {
    Facts all = over(older);
    return plan.build(all.build, all.edition)
        .map(told -> build == null ? all.filled(told) : all.told(told, this, plan))
        .orElse(all);
  }

  private Facts filled(EsuPlan.Build told) {
    return new Facts(
        or(product, told.product()),
        edition,
        or(version, told.version()),
        build,
        servicePack == null ? told.servicePack() : servicePack,
        updates,
        site,
        collection);
  }

  private Facts told(EsuPlan.Build told, Facts said, EsuPlan plan) {
    boolean same = told.product().equals(product);
    boolean left =
        said.product == null && (product == null || plan.canBecome(product, told.product()));
    return same || left
        ? new Facts(
                told.product(),
                edition,
                said.version,
                build,
                said.servicePack,
                updates,
                site,
                collection)
            .filled(told)
        : this;
  }

  private static String or(String said, String otherwise) {
    return said == null || said.isBlank() ? otherwise : said;
  }

  /** {@code 4577051}, {@code kb4577051} and {@code KB4577051} are one update. */
  static String kb(String text) {
    String plain = text.strip().toUpperCase(Locale.ROOT);
    return plain.startsWith("KB") ? plain : "KB" + plain;
  }
}
