package io.kagimori.contracts.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A Windows release as one family of editions.
 *
 * @param slug the name events use, such as {@code windows-server-2008-r2}
 * @param name the family name, such as {@code Windows Server 2008 R2}
 * @param platformKind client or server system
 * @param editions every edition that a setup key or an edition path names, in file order
 */
public record Product(String slug, String name, PlatformKind platformKind, List<Edition> editions) {
  public Product {
    editions = List.copyOf(editions);
  }

  /** The edition with this EditionID, compared without case. */
  public Optional<Edition> edition(String editionId) {
    return editions.stream().filter(e -> e.id().equalsIgnoreCase(editionId)).findFirst();
  }

  /**
   * The slug of a family name: lower case, every run of other characters one hyphen, none at the
   * ends.
   */
  public static String slugOf(String name) {
    StringBuilder slug = new StringBuilder(name.length());
    for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        slug.append(c);
      } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-') {
        slug.append('-');
      }
    }
    int length = slug.length();
    return slug.substring(0, length > 0 && slug.charAt(length - 1) == '-' ? length - 1 : length);
  }
}
